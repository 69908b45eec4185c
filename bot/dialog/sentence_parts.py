"""Where in a sentence a slot's value may stand: one scanner per slot type, each better silent than wrong.

`bot/dialog/sentence.py` lets the slot's own parser read what a scanner points at.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import regex
from phonenumbers import Leniency, PhoneNumberMatcher

from bot.dialog.sentence_words import (
    AFTER_PERCENT,
    COUNTS_AFTER_PRICE,
    DISCOUNT_AFTER_PRICE,
    DISCOUNT_BEFORE_PRICE,
    HEDGES,
    NEGATIONS,
)
from bot.domain.reading import Reading
from bot.slots.dates.find import find_periods
from bot.slots.dates.period import PeriodReading
from bot.slots.fold import fold
from bot.slots.numerals import NUMBER
from bot.slots.vocabulary import VOCABULARIES

Span = tuple[int, int]
Scanner = Callable[[str, Reading], Iterator[Span]]
WHOLE: Final = "100"
REACH: Final = 3
"""How many words back a negation counts."""

_NUMBER: Final = NUMBER.removeprefix(r"[+\-−]?")
_PERCENT = regex.compile(
    rf"(?<![\d.,$€£])(?P<number>{_NUMBER})\s?(?:%|percent\b|per\ cent\b|por\ ciento\b|pour\ cent\b)"
)
_HALF = regex.compile(
    "|".join(
        regex.escape(each) for words in VOCABULARIES.values() for each in sorted(words.half, key=len, reverse=True)
    )
)
_MONEY = regex.compile(
    rf"(?:US|CA|C)?[$€£]\s?{_NUMBER}(?:\s?(?:USD|CAD|US|CA)\b)?"
    rf"|(?<![\d.,])\b{_NUMBER}\s?(?:[$€£¢](?:\s?(?:US|CA)\b)?|(?:USD|CAD|dollars?|d[oó]lar(?:es)?|cents?|centavos?)\b)",
    regex.IGNORECASE,
)
_LINK = regex.compile(r"(?:https?://)[^\s<>\"”»]+|(?<![@\w.])(?:[a-z0-9\-]+\.)+[a-z]{2,}(?:/[^\s<>\"”»]*)?", regex.I)
_QUOTED = regex.compile(r"[“\"«]\s?([^“”\"«»\n]{2,200}?)\s?[”\"»]")
_WORD = regex.compile(r"[\p{L}\p{M}'’]+")
_COUNTED = regex.compile(r"\d\s*(?:-|–|/|x|for|por|pour|to|a|à)?\s*$", regex.IGNORECASE)


def find_percents(text: str, _reading: Reading) -> Iterator[Span]:
    """Point at discounts: a percentage that goes with `off` or the like."""
    folded = _fold_in_place(text)
    found = [each.span() for each in _PERCENT.finditer(folded) if each["number"] != WHOLE]
    yield from (span for span in found if _is_offer(text, span))
    yield from (each.span() for each in _HALF.finditer(folded))


def find_prices(text: str, _reading: Reading) -> Iterator[Span]:
    """Point at prices: an amount with its currency that is not a saving and not for several."""
    for found in _MONEY.finditer(text):
        before, after = _word_before(text, found.start()), _word_after(text, found.end())
        is_saving = after in DISCOUNT_AFTER_PRICE or before in DISCOUNT_BEFORE_PRICE or before in HEDGES
        is_for_several = after in COUNTS_AFTER_PRICE or _COUNTED.search(text[: found.start()]) is not None
        if is_saving or is_for_several:
            yield (0, 0)
        else:
            yield found.span()


def find_days(text: str, reading: Reading) -> Iterator[Span]:
    """Point at days and periods that have one meaning."""
    for found in find_periods(text, reading):
        is_clear = isinstance(found.reading, PeriodReading) and found.reading.is_sure
        yield (found.start, found.end) if is_clear and not _is_negated(text, found.start) else (0, 0)


def find_phones(text: str, reading: Reading) -> Iterator[Span]:
    """Point at phone numbers."""
    for found in PhoneNumberMatcher(text, reading.country, leniency=Leniency.VALID):
        yield found.start, found.end


def find_links(text: str, _reading: Reading) -> Iterator[Span]:
    """Point at web addresses; a sentence's full stop is not part of one."""
    for found in _LINK.finditer(text):
        yield found.start(), found.start() + len(found.group().rstrip(".,;:!?)"))


def find_quoted(text: str, _reading: Reading) -> Iterator[Span]:
    """Point at words in quotation marks."""
    yield from (found.span(1) for found in _QUOTED.finditer(text))


SCANNERS: Final[Mapping[str, Scanner]] = {
    "percent": find_percents,
    "price": find_prices,
    "date": find_days,
    "date_range": find_days,
    "phone": find_phones,
    "link": find_links,
}


def _is_offer(text: str, span: Span) -> bool:
    start, end = span
    if _COUNTED.search(text[:start]) or _word_before(text, start) in HEDGES or _is_negated(text, start):
        return False
    rest = text[end:].lstrip()
    return not rest or not rest[0].isalpha() or _word_after(text, end) in AFTER_PERCENT


def _is_negated(text: str, start: int) -> bool:
    words = [fold(found.group()) for found in _WORD.finditer(text[:start])]
    return any(word in NEGATIONS for word in words[-REACH:])


def _word_before(text: str, start: int) -> str:
    found = regex.search(r"([\p{L}\p{M}'’]+)\s*$", text[:start])
    return fold(found.group(1)) if found else ""


def _word_after(text: str, end: int) -> str:
    found = regex.match(r"\s*([\p{L}\p{M}'’]+)", text[end:])
    return fold(found.group(1)) if found else ""


def _fold_in_place(text: str) -> str:
    """Fold letter by letter, so that places stay the same."""
    return "".join(folded if len(folded := fold(character)) == 1 else character for character in text)
