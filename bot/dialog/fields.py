"""A draft as a form and back: every unlocked blank is a field; what comes back is read slot by slot.

`handlers/edit.py` opens the form, `handlers/form.py` reads it.
"""

from collections.abc import Mapping
from typing import Final, Literal

from pydantic import JsonValue

from bot.chat import Input
from bot.dialog.slot_words import words_for
from bot.domain.draft import Draft
from bot.domain.frozen import Frozen
from bot.domain.template import Slot
from bot.domain.value import Source, Value
from bot.errors import Ambiguous, Unreadable
from bot.slots import SLOT_TYPES, read, show_value

WIDGETS: Final[Mapping[str, Literal["text", "long_text", "choice", "date"]]] = {
    "long_text": "long_text",
    "choice": "choice",
    "date": "date",
}


class Trouble(Frozen):
    """A field that could not be read: the sentence's key and its facts."""

    sentence: str
    facts: Mapping[str, object]


class Filled(Frozen):
    """What a form came back with: values that changed, slots that were emptied, fields that could not be read."""

    values: Mapping[str, Value]
    emptied: tuple[str, ...]
    troubles: Mapping[str, Trouble]


def form_slots(draft: Draft) -> tuple[Slot, ...]:
    """List the slots that a form can ask: neither locked nor photos."""
    return tuple(slot for slot in draft.template.slots if not slot.is_locked and slot.type != "photo")


def form_fields(
    draft: Draft, language: str, *, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> tuple[Input, ...]:
    """Make the fields, with what is known; `typed` and `errors` when the form comes back marked."""
    return tuple(_field(draft, slot, language, typed or {}, errors or {}) for slot in form_slots(draft))


def shown_in_form(draft: Draft, slot: Slot, language: str) -> str:
    """Give the text that the form's field starts with."""
    value = draft.values.get(slot.name)
    if value is None:
        return ""
    widget = SLOT_TYPES[slot.type].widget
    if widget == "choice":
        return str(value.data["key"])
    if widget == "date":
        return str(value.data["day"])
    return show_value(value, slot, draft.reading, words_for(draft, slot, language))


def read_form(draft: Draft, typed: Mapping[str, str], language: str, *, opened_on: Draft) -> Filled:
    """Read the fields that differ from what the form showed when it was opened."""
    values: dict[str, Value] = {}
    emptied: list[str] = []
    troubles: dict[str, Trouble] = {}
    for slot in form_slots(draft):
        text = typed.get(slot.name, "").strip()
        if slot.name not in typed or _same(text, shown_in_form(opened_on, slot, language)):
            continue
        if not text:
            emptied += [slot.name] if slot.name in draft.values else []
            continue
        try:
            data = _read(text, slot, draft, language)
        except (Unreadable, Ambiguous) as trouble:
            troubles[slot.name] = Trouble(sentence=trouble.sentence, facts=trouble.facts)
        else:
            values[slot.name] = Value(data=data, source=Source.FORM, is_confirmed=True)
    return Filled(values=values, emptied=tuple(emptied), troubles=troubles)


def _field(draft: Draft, slot: Slot, language: str, typed: Mapping[str, str], errors: Mapping[str, str]) -> Input:
    copy = words_for(draft, slot, language)
    widget = SLOT_TYPES[slot.type].widget
    return Input(
        name=slot.name,
        label=copy.label,
        kind=WIDGETS.get(widget, "text"),
        value=typed.get(slot.name, shown_in_form(draft, slot, language)),
        hint=copy.help or copy.example,
        options=tuple(copy.options.items()) if widget == "choice" else (),
        is_required=False,
        error=errors.get(slot.name, ""),
    )


def _read(text: str, slot: Slot, draft: Draft, language: str) -> dict[str, JsonValue]:
    copy = words_for(draft, slot, language)
    if SLOT_TYPES[slot.type].widget == "choice" and text in copy.options:
        return {"key": text}
    return dict(read(text, slot, draft.reading, copy))


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())
