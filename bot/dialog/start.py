"""With which values a campaign starts: of template, profile, last campaign and sentence, the later one wins.

`handlers/start.py` and `handlers/duplicate.py` call it.
"""

from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from bot.dialog.slot_words import slot_words
from bot.domain.campaign import Campaign
from bot.domain.location import Location
from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy, Template
from bot.domain.value import Source, Value
from bot.errors import AskAgain
from bot.slots import SLOT_TYPES, read

REMEMBERED_TYPES: Final = frozenset({"text", "long_text", "choice", "link"})
"""Types whose last value is likely to be wanted again; dates and prices are asked anew."""
Given = Mapping[str, dict[str, JsonValue]]


def starting_values(
    template: Template,
    location: Location,
    reading: Reading,
    *,
    given: Given | None = None,
    last: Campaign | None = None,
) -> dict[str, Value]:
    """Fill what can be filled without a question; `given` was read from the person's sentence."""
    values: dict[str, Value] = {}
    for slot in template.slots:
        value = _given(slot, given or {}) or _remembered(slot, last) or _ready(slot, template, location, reading)
        if value:
            values[slot.name] = value
    return values


def repeated_values(template: Template, location: Location, reading: Reading, *, last: Campaign) -> dict[str, Value]:
    """Take over everything of the last campaign that is still in the future; the rest starts fresh."""
    values = starting_values(template, location, reading)
    for slot in template.slots:
        old = last.values.get(slot.name)
        if old and not slot.is_locked and not slot.profile and fits(slot, old) and not _is_past(slot, old, reading):
            values[slot.name] = Value(data=old.data, source=Source.LAST_CAMPAIGN)
    return values


def carried_values(
    template: Template, location: Location, reading: Reading, *, old: Mapping[str, Value]
) -> dict[str, Value]:
    """Keep a draft's values on a newer version of its template; slots that changed their type start fresh."""
    fresh = starting_values(template, location, reading)
    kept = {slot.name: old[slot.name] for slot in template.slots if slot.name in old and fits(slot, old[slot.name])}
    locked = {slot.name: fresh[slot.name] for slot in template.slots if slot.is_locked and slot.name in fresh}
    return {**fresh, **kept, **locked}


def fits(slot: Slot, value: Value) -> bool:
    """Tell whether a stored value can still be loaded by the slot's type."""
    try:
        SLOT_TYPES[slot.type].load(value.data)
    except (KeyError, ValueError, TypeError, AskAgain):
        return False
    return True


def _given(slot: Slot, given: Given) -> Value | None:
    if slot.name not in given or slot.is_locked:
        return None
    source = Source.CHOSEN if slot.type == "photo" else Source.SENTENCE
    return Value(data=given[slot.name], source=source, is_confirmed=slot.type == "photo")


def _remembered(slot: Slot, last: Campaign | None) -> Value | None:
    old = last.values.get(slot.name) if last else None
    if old is None or slot.is_locked or slot.profile or slot.type not in REMEMBERED_TYPES or not fits(slot, old):
        return None
    return Value(data=old.data, source=Source.LAST_CAMPAIGN)


def _ready(slot: Slot, template: Template, location: Location, reading: Reading) -> Value | None:
    copy = slot_words(template, slot, spoken=location.language, written=location.language)
    known = location.profile.get(slot.profile, "") if slot.profile else ""
    data = _read(known, slot, reading, copy) or _read(copy.default, slot, reading, copy)
    if data is None:
        return None
    source = Source.PROFILE if known else Source.TEMPLATE
    return Value(data=data, source=source, is_confirmed=not slot.is_change_required)


def _read(text: str, slot: Slot, reading: Reading, copy: SlotCopy) -> dict[str, JsonValue] | None:
    if not text or slot.type == "photo":
        return None
    try:
        return dict(read(text, slot, reading, copy))
    except AskAgain:
        return None


def _is_past(slot: Slot, value: Value, reading: Reading) -> bool:
    last_day = value.data.get("last") or value.data.get("day")
    return slot.type in {"date", "date_range"} and str(last_day) < reading.today.isoformat()
