"""The driver: what a person does and sees, whatever the surface underneath.

A Surface acts (core: Incoming and Reply; platform surfaces: a person at the doubles); a Person is a name on it.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.domain.ids import MemberId


@dataclass(frozen=True)
class Seen:
    """One post as a person sees it: words without markup, buttons by label."""

    key: str
    """Names the post; the same for all its drawings."""
    words: str
    buttons: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    """SHA-256 of each picture's bytes."""
    documents: tuple[str, ...] = ()
    """File names."""
    is_card: bool = False
    is_private: bool = False
    is_mine: bool = False
    """Said by the person, not by the bot."""


class Surface(Protocol):
    """Where people act; every call returns when the bot has done all it will do."""

    name: str

    async def says(self, who: "Person", text: str, *, where: str = "direct") -> None:
        """Type words: `direct`, `thread` (under the newest card in the shared conversation) or `channel`."""
        ...

    async def presses(self, who: "Person", label: str, *, drawing: int = -1) -> None:
        """Press the newest visible button of this label; `drawing` 0 is the card's first drawing."""
        ...

    async def reacts(self, who: "Person", emoji: str) -> None:
        """Put an emoji on the newest card in the shared conversation."""
        ...

    async def uploads(self, who: "Person", name: str, data: bytes, caption: str = "") -> None:
        """Send a picture or file to the bot."""
        ...

    async def fills(self, who: "Person", values: dict[str, str]) -> None:
        """Fill and submit the open form."""
        ...

    async def edits(self, who: "Person", text: str) -> None:
        """Change the words of the person's last own post."""
        ...

    async def sends(self, who: "Person", what: str) -> None:
        """Send something the bot cannot read: `sticker`, `voice`."""
        ...

    def seen_by(self, who: "Person") -> Sequence[Seen]:
        """List what the person sees, oldest first, across their direct chat and shared conversations."""
        ...


@dataclass
class Person:
    """Somebody with an account on a surface; `await maria.says("…")` reads as a chat."""

    name: str
    member_id: MemberId
    platform: str
    user_id: str
    surface: Surface = field(repr=False)
    territory_id: str = ""
    """Of approvers and admins: whose conversation they share."""

    async def says(self, text: str, *, where: str = "direct") -> None:
        """Type words."""
        await self.surface.says(self, text, where=where)

    async def presses(self, label: str, *, drawing: int = -1) -> None:
        """Press a button by its label."""
        await self.surface.presses(self, label, drawing=drawing)

    async def reacts(self, emoji: str) -> None:
        """React on the newest card."""
        await self.surface.reacts(self, emoji)

    async def uploads(self, name: str, data: bytes, caption: str = "") -> None:
        """Send a file."""
        await self.surface.uploads(self, name, data, caption)

    async def fills(self, **values: str) -> None:
        """Fill the open form."""
        await self.surface.fills(self, values)

    def sees(self) -> Sequence[Seen]:
        """List everything visible, oldest first."""
        return self.surface.seen_by(self)

    def card(self) -> Seen:
        """Give the newest card the person sees, as it stands.

        Raises:
            LookupError: no card is visible.
        """
        cards = [seen for seen in self.sees() if seen.is_card]
        if not cards:
            message = f"{self.name} sees no card"
            raise LookupError(message)
        return cards[-1]


async def together(*actions: "asyncio.Future[None]") -> None:
    """Let several people act in the same instant."""
    await asyncio.gather(*actions)
