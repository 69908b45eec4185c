"""Typed words cut into tokens that remember where they stood, so that a sentence's spans can be told."""

from dataclasses import dataclass

import regex

from bot.slots.fold import fold

_TOKEN = regex.compile(r"\d+\p{L}*|\p{L}[\p{L}\p{M}]*(?:['’]\p{L}[\p{L}\p{M}]*)*|\S")
_NUMBER = regex.compile(r"([0-9]{1,4})(\p{L}*)")


@dataclass(frozen=True)
class Token:
    """One folded word, number or mark; `number` is None where it is none."""

    text: str
    start: int
    end: int
    number: int | None = None
    tail: str = ""
    """Letters right behind the digits, such as `th`."""

    @property
    def digits(self) -> int:
        """Count the digits as written (`04` has two)."""
        return len(self.text) - len(self.tail)


def cut(text: str) -> tuple[Token, ...]:
    """Cut a text into tokens; blanks fall away."""
    return tuple(_token(found) for found in _TOKEN.finditer(text))


def _token(found: regex.Match[str]) -> Token:
    text = fold(found.group())
    number = _NUMBER.fullmatch(text)
    if number is None:
        return Token(text, found.start(), found.end())
    return Token(text, found.start(), found.end(), number=int(number.group(1)), tail=number.group(2))
