"""Slot types: one file each reads what people type, shows it in full, and sets it for the picture.

SLOT_TYPES is the registry; guardrails, dialog, renderer and brandbook look types up here. The three functions
below are what most callers need: right, or asked; never guessed.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue

from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy
from bot.domain.value import Value
from bot.errors import Ambiguous, AskAgain
from bot.slots.choice import ChoiceType
from bot.slots.date import DateType
from bot.slots.date_range import DateRangeType
from bot.slots.link import LinkType
from bot.slots.number import NumberType
from bot.slots.percent import PercentType
from bot.slots.phone import PhoneType
from bot.slots.photo import PhotoType, PhotoValue
from bot.slots.price import PriceParts, PriceType, price_parts
from bot.slots.profile import ProfileType
from bot.slots.slot_type import SlotType, Widget
from bot.slots.text import LongTextType, TextType

_TYPES: tuple[SlotType[Any], ...] = (
    TextType(),
    LongTextType(),
    ChoiceType(),
    NumberType(),
    PercentType(),
    PriceType(),
    DateType(),
    DateRangeType(),
    PhoneType(),
    LinkType(),
    PhotoType(),
    ProfileType(),
)
SLOT_TYPES: Mapping[str, SlotType[Any]] = {kind.name: kind for kind in _TYPES}
"""Name -> type; the value's own Python type stays inside the type's module."""


def read(text: str, slot: Slot, reading: Reading, copy: SlotCopy) -> dict[str, JsonValue]:
    """Read what a person typed into a slot, as the JSON of Value.data.

    Raises:
        Unreadable: nothing fits; its facts are complete for the sentence (`label`, `example`, …).
        Ambiguous: several readings; its candidates are JSON, too.
    """
    kind = SLOT_TYPES[slot.type]
    try:
        return kind.dump(kind.parse(text, slot, reading, copy))
    except AskAgain as question:
        count = len(question.candidates) if isinstance(question, Ambiguous) else 0
        question.facts = {"label": copy.label, "example": copy.example, "count": count, **question.facts}
        raise


def show_value(value: Value, slot: Slot, reading: Reading, copy: SlotCopy) -> str:
    """Echo a value in full, as understood."""
    kind = SLOT_TYPES[slot.type]
    return kind.show(kind.load(value.data), reading, copy)


def typeset_value(value: Value, slot: Slot, reading: Reading, copy: SlotCopy) -> str:
    """Give a value's short form for a picture."""
    kind = SLOT_TYPES[slot.type]
    return kind.typeset(kind.load(value.data), reading, copy)


def facts_of(value: Value, slot: Slot) -> Mapping[str, JsonValue]:
    """Give what rules and layouts may read of a value."""
    kind = SLOT_TYPES[slot.type]
    return kind.facts(kind.load(value.data))


__all__ = [
    "SLOT_TYPES",
    "PhotoValue",
    "PriceParts",
    "SlotType",
    "Widget",
    "facts_of",
    "price_parts",
    "read",
    "show_value",
    "typeset_value",
]
