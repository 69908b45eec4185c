"""Slot type `number`: one plain number, such as how many or how long."""

from collections.abc import Mapping
from decimal import Decimal

import regex
from pydantic import JsonValue

from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy
from bot.errors import Unreadable
from bot.slots.clean import clean_text
from bot.slots.limits import check_between, whole_limit
from bot.slots.numerals import NUMBER, count_decimals, read_decimal, show_decimal
from bot.slots.settle import settle
from bot.slots.slot_type import Widget

LARGEST = 10**12
PLAIN_DECIMALS = 2
"""`6.0` is six; `6.000` may be six thousand."""

_NUMBERS = regex.compile(NUMBER)


class NumberType:
    """A number; whole unless the slot's `decimals` allows more."""

    name = "number"
    widget: Widget = "text"

    def parse(self, text: str, slot: Slot, reading: Reading, copy: SlotCopy) -> Decimal:
        typed = clean_text(text)
        if not typed:
            raise Unreadable("empty")
        readings = read_decimal(typed, reading)
        if not readings:
            raise Unreadable("two_numbers" if len(_NUMBERS.findall(typed)) > 1 else "not_a_number")
        return settle(readings, lambda number: _check(number, slot, reading), self.dump)

    def show(self, value: Decimal, reading: Reading, copy: SlotCopy) -> str:
        return show_decimal(value, reading)

    def typeset(self, value: Decimal, reading: Reading, copy: SlotCopy) -> str:
        return show_decimal(value, reading).replace("\u00a0", "\u202f")

    def dump(self, value: Decimal) -> dict[str, JsonValue]:
        return {"number": plain_decimal(value)}

    def load(self, data: Mapping[str, JsonValue]) -> Decimal:
        return Decimal(str(data["number"]))

    def facts(self, value: Decimal) -> Mapping[str, JsonValue]:
        return {"number": plain_decimal(value)}


def _check(number: Decimal, slot: Slot, reading: Reading) -> None:
    if abs(number) >= LARGEST:
        raise Unreadable("number_too_long")
    decimals = whole_limit(slot, "decimals", 0)
    if number != round(number, decimals) or count_decimals(number) > max(decimals, PLAIN_DECIMALS):
        raise Unreadable("too_many_decimals" if decimals else "not_whole", decimals=decimals)
    check_between(number, slot, reading)


def plain_decimal(number: Decimal) -> str:
    """Write a number for JSON: no exponent, no trailing noughts."""
    return f"{number.normalize():f}"
