"""Slot type `percent`: `20`, `20 %`, `20 percent off`, `half off`."""

from collections.abc import Mapping
from decimal import Decimal

import regex
from babel.numbers import format_percent
from pydantic import JsonValue

from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy
from bot.errors import Unreadable
from bot.slots.clean import clean_text
from bot.slots.fold import fold
from bot.slots.limits import check_between
from bot.slots.number import plain_decimal
from bot.slots.numerals import NUMBER, count_decimals, read_decimal
from bot.slots.settle import settle
from bot.slots.slot_type import Widget
from bot.slots.vocabulary import VOCABULARIES

HALF = Decimal(50)
HUNDRED = Decimal(100)
MOST_DECIMALS = 2

_NUMBERS = regex.compile(NUMBER)
_HALF = frozenset(phrase for words in VOCABULARIES.values() for phrase in words.half)
_SIGNS = ("%", *(phrase for words in VOCABULARIES.values() for phrase in words.percent))
_TAILS = tuple(
    sorted((phrase for words in VOCABULARIES.values() for phrase in words.percent_tails), key=len, reverse=True)
)


class PercentType:
    """A percentage of the price, above nought and at most a hundred; `20` stands for 20 %."""

    name = "percent"
    widget: Widget = "text"

    def parse(self, text: str, slot: Slot, reading: Reading, copy: SlotCopy) -> Decimal:
        typed = fold(clean_text(text)).rstrip(" .!")
        if not typed:
            raise Unreadable("empty")
        bare = _without_words(typed)
        readings = (HALF,) if typed in _HALF else read_decimal(bare, reading)
        if not readings:
            raise Unreadable("two_numbers" if len(_NUMBERS.findall(typed)) > 1 else "not_a_percentage")
        if len(readings) == 1 and 0 < readings[0] < 1 and bare == typed:
            readings = (readings[0], readings[0] * HUNDRED)
        if len(readings) == 1 and readings[0] < 0:
            readings = (readings[0], -readings[0])
        return settle(readings, lambda number: _check(number, slot, reading), self.dump)

    def show(self, value: Decimal, reading: Reading, copy: SlotCopy) -> str:
        pattern = "#,##0.##\u00a0%" if _has_gap(reading) else "#,##0.##%"
        return str(format_percent(value / HUNDRED, pattern, locale=reading.babel_locale))

    def typeset(self, value: Decimal, reading: Reading, copy: SlotCopy) -> str:
        return self.show(value, reading, copy).replace("\u00a0", "\u202f")

    def dump(self, value: Decimal) -> dict[str, JsonValue]:
        return {"percent": plain_decimal(value)}

    def load(self, data: Mapping[str, JsonValue]) -> Decimal:
        return Decimal(str(data["percent"]))

    def facts(self, value: Decimal) -> Mapping[str, JsonValue]:
        return {"number": plain_decimal(value)}


def _check(number: Decimal, slot: Slot, reading: Reading) -> None:
    if not 0 < number <= HUNDRED:
        raise Unreadable("percent_out_of_range")
    if count_decimals(number) > MOST_DECIMALS:
        raise Unreadable("too_many_decimals", decimals=MOST_DECIMALS)
    check_between(number, slot, reading)


def _without_words(typed: str) -> str:
    for tail in _TAILS:
        if typed.endswith(f" {tail}"):
            typed = typed.removesuffix(tail).rstrip()
            break
    for sign in _SIGNS:
        if typed.endswith(sign):
            return typed.removesuffix(sign).rstrip()
    return typed


def _has_gap(reading: Reading) -> bool:
    return " " in str(format_percent(0, locale=reading.babel_locale)).replace("\u00a0", " ").replace("\u202f", " ")
