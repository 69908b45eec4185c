"""A slot's own limits, read from Slot.limits with the type they must have; brandbook checks them at load."""

from collections.abc import Mapping
from decimal import Decimal

from bot.domain.reading import Reading
from bot.domain.template import Slot
from bot.errors import Misconfigured, Unreadable
from bot.slots.numerals import show_decimal

_TEXT = ("max_graphemes", "min_graphemes", "max_lines", "takes_rest")
_DAYS = ("days_ahead", "max_days")
LIMITS: Mapping[str, tuple[str, ...]] = {
    "text": _TEXT,
    "long_text": _TEXT,
    "profile": _TEXT,
    "number": ("min", "max", "decimals"),
    "percent": ("min", "max"),
    "price": ("min", "max"),
    "date": _DAYS,
    "date_range": _DAYS,
}
"""Slot type -> the limits it reads; another word in template.yaml is a mistake."""


def whole_limit(slot: Slot, name: str, default: int) -> int:
    """Give a limit that counts something."""
    value = slot.limits.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Misconfigured(f"slot {slot.name}: limit {name} must be a whole number, not {value!r}")
    return value


def decimal_limit(slot: Slot, name: str) -> Decimal | None:
    """Give a limit of a number, percent (`20`) or price (major units), or None."""
    value = slot.limits.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Misconfigured(f"slot {slot.name}: limit {name} must be a number, not {value!r}")
    return Decimal(str(value))


def check_between(number: Decimal, slot: Slot, reading: Reading) -> None:
    """Refuse a number outside the slot's own `min` and `max`."""
    least, most = decimal_limit(slot, "min"), decimal_limit(slot, "max")
    if least is not None and number < least:
        raise Unreadable("below_min", limit=show_decimal(least, reading))
    if most is not None and number > most:
        raise Unreadable("above_max", limit=show_decimal(most, reading))
