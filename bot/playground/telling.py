"""Turns a played chat into lines that a person can read, as it happens: who did what, what everybody then saw."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.testing.people import Person, Seen, Surface


@dataclass(frozen=True)
class Line:
    """One line of the telling."""

    kind: Literal["chapter", "act", "said", "card"]
    words: str
    name: str = ""
    platform: str = ""
    """Of the person who acts or sees."""
    buttons: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    """SHA-256 of each picture's bytes."""
    documents: tuple[str, ...] = ()
    is_private: bool = False


@dataclass
class ToldSurface:
    """A Surface that tells each act, and then what is new to anybody."""

    inner: Surface
    tell: Callable[[Line], None]
    people: list[Person] = field(default_factory=list)
    name: str = "told"
    known: dict[tuple[str, str], Seen] = field(default_factory=dict)

    def chapter(self, words: str) -> None:
        """Tell what comes next."""
        self.tell(Line("chapter", words))

    async def says(self, who: Person, text: str, *, where: str = "direct") -> None:
        """Type words."""
        self._act(who, text)
        await self.inner.says(who, text, where=where)
        self._tell_news()

    async def presses(self, who: Person, label: str, *, drawing: int = -1) -> None:
        """Press a button, told by its whole label."""
        labels = [one for seen in reversed(self.seen_by(who)) for one in seen.buttons if one.startswith(label)]
        self._act(who, f"[{next(iter(labels), label)}]")
        await self.inner.presses(who, label, drawing=drawing)
        self._tell_news()

    async def reacts(self, who: Person, emoji: str) -> None:
        """React to the newest shared card."""
        self._act(who, f":{emoji}:")
        await self.inner.reacts(who, emoji)
        self._tell_news()

    async def uploads(self, who: Person, name: str, data: bytes, caption: str = "") -> None:
        """Send a file."""
        self._act(who, f"({name}) {caption}")
        await self.inner.uploads(who, name, data, caption)
        self._tell_news()

    async def fills(self, who: Person, values: dict[str, str]) -> None:
        """Fill and submit the open form."""
        self._act(who, "; ".join(f"{name}: {words}" for name, words in values.items()))
        await self.inner.fills(who, values)
        self._tell_news()

    async def edits(self, who: Person, text: str) -> None:
        """Change the words of the last own post."""
        self._act(who, f"(edits) {text}")
        await self.inner.edits(who, text)
        self._tell_news()

    async def sends(self, who: Person, what: str) -> None:
        """Send something the bot cannot read."""
        self._act(who, f"({what})")
        await self.inner.sends(who, what)
        self._tell_news()

    def seen_by(self, who: Person) -> Sequence[Seen]:
        """List what the person sees, oldest first."""
        return self.inner.seen_by(who)

    def _act(self, who: Person, words: str) -> None:
        self.tell(Line("act", words.strip(), name=who.name, platform=who.platform))

    def _tell_news(self) -> None:
        for person in self.people:
            for seen in person.sees():
                before = self.known.get((person.name, seen.key))
                self.known[person.name, seen.key] = seen
                if not seen.is_mine and seen != before and (news := _news(seen, before)):
                    self.tell(_line(person, news))


def _news(seen: Seen, before: Seen | None) -> Seen | None:
    """Give what is new about a post: all of it, or the lines, buttons and pictures that changed."""
    if before is None:
        return seen
    known = set(before.words.splitlines())
    words = "\n".join(line for line in seen.words.splitlines() if line not in known)
    buttons = seen.buttons if seen.buttons != before.buttons else ()
    pictures = tuple(digest for digest in seen.pictures if digest not in before.pictures)
    if not words and not pictures:
        return None
    return Seen(key=seen.key, words=words, buttons=buttons, pictures=pictures, is_card=seen.is_card)


def _line(person: Person, seen: Seen) -> Line:
    return Line(
        "card" if seen.is_card else "said",
        seen.words,
        name=person.name,
        platform=person.platform,
        buttons=seen.buttons,
        pictures=seen.pictures,
        documents=seen.documents,
        is_private=seen.is_private,
    )
