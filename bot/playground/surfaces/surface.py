"""The driver's Surface over both doubles: a person acts on their own platform, then the bot settles."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.playground.surfaces.hands import Hands
from bot.testing.people import Person, Seen


@dataclass
class PlatformSurface:
    """The port Surface on Slack, on Telegram, or on both at once."""

    hands: Mapping[str, Hands]
    """Platform name -> what acts there."""
    settles: Callable[[], Awaitable[None]]
    name: str = "platforms"

    async def says(self, who: Person, text: str, *, where: str = "direct") -> None:
        """Type words."""
        await self.hands[who.platform].says(who, text, where=where)
        await self.settles()

    async def presses(self, who: Person, label: str, *, drawing: int = -1) -> None:
        """Press a button."""
        await self.hands[who.platform].presses(who, label, drawing=drawing)
        await self.settles()

    async def reacts(self, who: Person, emoji: str) -> None:
        """React to the newest shared card."""
        await self.hands[who.platform].reacts(who, emoji)
        await self.settles()

    async def uploads(self, who: Person, name: str, data: bytes, caption: str = "") -> None:
        """Send a file."""
        await self.hands[who.platform].uploads(who, name, data, caption)
        await self.settles()

    async def fills(self, who: Person, values: dict[str, str]) -> None:
        """Fill and submit the open form."""
        await self.hands[who.platform].fills(who, values)
        await self.settles()

    async def edits(self, who: Person, text: str) -> None:
        """Change the words of the last own post."""
        await self.hands[who.platform].edits(who, text)
        await self.settles()

    async def sends(self, who: Person, what: str) -> None:
        """Send something the bot cannot read."""
        await self.hands[who.platform].sends(who, what)
        await self.settles()

    def seen_by(self, who: Person) -> Sequence[Seen]:
        """List what the person sees, oldest first."""
        return self.hands[who.platform].seen_by(who)
