"""Where a line may break, and which breaks make even lines.

A small rule set in the spirit of UAX #14 for alphabetic scripts: after spaces and hyphens, never at
no-break spaces, between any two ideographs. `bot.rendering.fitting` supplies the measuring.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import regex

Measure = Callable[[str], float]

_MARKS = "\ue000\ue001"
_IDEOGRAPH = r"[\p{Han}\p{Hiragana}\p{Katakana}]"
_WORD = regex.compile(
    rf"""
    (?: {_IDEOGRAPH} [、。！？」）]*
      | (?:(?!{_IDEOGRAPH})[^ ])+? (?: (?<=\p{{L}})[-‐–—/](?=[{_MARKS}]?\p{{L}}) | (?={_IDEOGRAPH}) | (?=[ ]) | $ ) )
    (?: [ ] [–—!?:;»%€$·]+ [{_MARKS}]* (?=[ ]|$) )*   # dashes and marks never begin a line
    ([ ]*)
    """,
    regex.VERBOSE,
)


@dataclass(frozen=True)
class Word:
    """An unbreakable piece of text; `has_space` tells whether a space follows it."""

    text: str
    has_space: bool


def split_words(paragraph: str) -> tuple[Word, ...]:
    """Cut one paragraph at every place where a line may break."""
    words: list[Word] = []
    at = 0
    text = paragraph.strip(" ")
    while at < len(text):
        found = _WORD.match(text, at)
        end = found.end() if found and found.end() > at else len(text)
        piece = text[at:end]
        words.append(Word(piece.rstrip(" "), piece.endswith(" ")))
        at = end
    return tuple(words)


def join_words(words: Sequence[Word]) -> str:
    """Return the words as one line."""
    return "".join(word.text + (" " if word.has_space else "") for word in words).rstrip(" ")


class Breaker:
    """Breaks one paragraph at different widths, measuring each word once."""

    def __init__(self, paragraph: str, *, measure: Measure) -> None:
        self.words = split_words(paragraph)
        self._advances = tuple(measure(word.text) for word in self.words)
        self._space = measure("n n") - measure("nn")
        self.widest_word = max(self._advances, default=0.0)

    def break_at(self, width: float) -> list[tuple[Word, ...]]:
        """Fill lines greedily; a word wider than the width stands alone."""
        lines: list[tuple[Word, ...]] = []
        start, used = 0, 0.0
        for index, advance in enumerate(self._advances):
            gap = self._space if index > start and self.words[index - 1].has_space else 0.0
            if index > start and used + gap + advance > width:
                lines.append(self.words[start:index])
                start, used, gap = index, 0.0, 0.0
            used += gap + advance
        lines.append(self.words[start:])
        return lines

    def balance(self, width: float) -> list[tuple[Word, ...]]:
        """Break into as few lines as `width` allows, but of even length, with no word left alone."""
        lines = self.break_at(width)
        low, high = max(self.widest_word, width / 3), width
        while len(lines) > 1 and high - low > 0.02 * width:
            middle = (low + high) / 2
            if len(self.break_at(middle)) <= len(lines):
                high = middle
            else:
                low = middle
        return self.rescue_last(self.break_at(high), width=width)

    def rescue_last(self, lines: list[tuple[Word, ...]], *, width: float) -> list[tuple[Word, ...]]:
        """Give a word that stands alone on the last line a companion from the line above."""
        if len(lines) < 2 or len(lines[-1]) > 1 or len(lines[-2]) < 2:
            return lines
        moved = (lines[-2][-1], *lines[-1])
        first = len(self.words) - 2
        wide = self._advances[first] + self._space + self._advances[first + 1]
        if wide > width:
            return lines
        return [*lines[:-2], lines[-2][:-1], moved]
