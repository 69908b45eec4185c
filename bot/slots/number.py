"""Slot type `number`: one plain number, such as how many or how long."""

from collections.abc import Mapping
from decimal import Decimal

import regex
from pydantic import JsonValue

from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy
from bot.errors import Ambiguous, Unreadable
from bot.slots.clean import clean_text
from bot.slots.limits import check_between
from bot.slots.numerals import NUMBER, read_decimal, show_decimal
from bot.slots.slot_type import Widget

MOST_DECIMALS = 6

_NUMBERS = regex.compile(NUMBER)


class NumberType:
    """A decimal number."""

    name = "number"
    widget: Widget = "text"

    def parse(self, text: str, slot: Slot, reading: Reading, copy: SlotCopy) -> Decimal:
        typed = clean_text(text)
        if not typed:
            raise Unreadable("empty")
        readings = read_decimal(typed, reading)
        if not readings:
            raise Unreadable("two_numbers" if len(_NUMBERS.findall(typed)) > 1 else "not_a_number")
        if len(readings) > 1:
            raise Ambiguous(tuple(dict[str, object](self.dump(number)) for number in readings))
        self._check(readings[0], slot, reading)
        return readings[0]

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

    def _check(self, number: Decimal, slot: Slot, reading: Reading) -> None:
        if abs(number) >= 10**12 or -int(number.normalize().as_tuple().exponent) > MOST_DECIMALS:
            raise Unreadable("number_too_long")
        if slot.limits.get("whole") and number != number.to_integral_value():
            raise Unreadable("not_whole")
        check_between(number, slot, reading)


def plain_decimal(number: Decimal) -> str:
    """Write a number for JSON: no exponent, no trailing noughts."""
    return f"{number.normalize():f}"
