"""What one platform lets a person do; `PlatformSurface` adds waiting until the bot has settled."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from bot.chat.button import CARD_PREFIX
from bot.testing.people import Person, Seen

Key = TypeVar("Key")
Found = TypeVar("Found")


class Hands(Protocol):
    """Acts as a person on one platform, and looks with their eyes."""

    async def says(self, who: Person, text: str, *, where: str) -> None:
        """Type words: `direct`, `thread` or `channel`."""
        ...

    async def presses(self, who: Person, label: str, *, drawing: int) -> None:
        """Press the newest visible button of this label."""
        ...

    async def reacts(self, who: Person, emoji: str) -> None:
        """Put an emoji on the newest shared card."""
        ...

    async def uploads(self, who: Person, name: str, data: bytes, caption: str) -> None:
        """Send a file."""
        ...

    async def fills(self, who: Person, values: dict[str, str]) -> None:
        """Fill and submit the open form."""
        ...

    async def edits(self, who: Person, text: str) -> None:
        """Change the words of the last own post."""
        ...

    async def sends(self, who: Person, what: str) -> None:
        """Send something the bot cannot read."""
        ...

    def seen_by(self, who: Person) -> Sequence[Seen]:
        """List what the person sees, oldest first."""
        ...


@dataclass(frozen=True)
class Drawing(Generic[Key]):
    """The buttons of one drawing of a post: label, value, and what pressing needs."""

    labels: tuple[str, ...]
    values: tuple[str, ...]
    keys: tuple[Key, ...]

    @property
    def is_card(self) -> bool:
        """Tell whether its buttons are those of a card."""
        return any(value.startswith(CARD_PREFIX) for value in self.values)

    def find(self, label: str) -> Key | None:
        """Find a button by its words, whole or by their beginning."""
        exact = [key for words, key in zip(self.labels, self.keys, strict=True) if words == label]
        begins = [key for words, key in zip(self.labels, self.keys, strict=True) if words.startswith(label)]
        return next(iter(exact or begins), None)


def newest(found: Iterable[Found], fits: Callable[[Found], bool], missing: str) -> Found:
    """Give the newest thing that fits; raise LookupError with `missing` when there is none."""
    for one in reversed(list(found)):
        if fits(one):
            return one
    raise LookupError(missing)
