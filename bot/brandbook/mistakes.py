"""What is wrong in a brand file, where, and the nearest right word.

Every reader in this room collects mistakes instead of stopping at the first, because headquarters
mends a file once. `python -m bot check` prints them; `/glocal reload` refuses with them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import fuzz, process

from bot.errors import Misconfigured

Result = TypeVar("Result")

LIKENESS_PERCENT = 60
"""From here on two words are near enough to ask "did you mean …?"."""

LISTED = 12
"""So many known words are listed where none is near."""


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing to mend; line and column count from 1, and 0 means the file as a whole."""

    file: str
    line: int
    column: int
    detail: str

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{place}: {self.detail}"


class BrandErrors(Misconfigured):
    """The brand's files cannot be used; `mistakes` says all that is wrong with them."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        first = self.mistakes[0]
        super().__init__(first.detail, file=first.file, line=first.line, column=first.column)
        self.args = ("\n".join(map(str, self.mistakes)),)


def find_nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like this one, or None when none is near."""
    found = process.extractOne(
        word, list(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=LIKENESS_PERCENT
    )
    return found[0] if found else None


def describe_unknown(kind: str, word: str, known: Iterable[str]) -> str:
    """Say that a word is not known here, and which one was probably meant."""
    words = sorted(set(known))
    nearest = find_nearest(word, words)
    if nearest is not None:
        return f"unknown {kind} “{word}”; did you mean “{nearest}”?"
    listed = ", ".join(words[:LISTED]) + (" …" if len(words) > LISTED else "")
    hint = f"known: {listed}" if words else "none is known here"
    return f"unknown {kind} “{word}”; {hint}"


class Desk:
    """Where the mistakes of one reading are gathered, so that one does not hide the others."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def attempt(self, read: Callable[[], Result]) -> Result | None:
        """Return what was read, or None after noting why it could not be."""
        try:
            return read()
        except BrandErrors as error:
            self.mistakes.extend(error.mistakes)
            return None

    def note(self, mistakes: Iterable[Mistake]) -> None:
        """Add mistakes that were found in something readable."""
        self.mistakes.extend(mistakes)

    def finish(self, read: Callable[[], Result]) -> Result:
        """Read the last part, and raise if that or anything before it was wrong."""
        result = self.attempt(read)
        if result is None or self.mistakes:
            raise BrandErrors(self.mistakes)
        return result

    def close(self) -> None:
        """Raise all that was noted together, if anything was."""
        if self.mistakes:
            raise BrandErrors(self.mistakes)
