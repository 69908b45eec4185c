"""A slot's words for one person: labels in the person's language, example and default in the location's.

The person reads the label and the help; what goes on the picture is written in the location's language.
"""

from bot.domain.draft import Draft
from bot.domain.template import Slot, SlotCopy, Template


def slot_words(template: Template, slot: Slot, *, spoken: str, written: str) -> SlotCopy:
    """Join a slot's words; `spoken` is the person's language, `written` the location's."""
    said = template.copy_for(spoken).slots.get(slot.name)
    put = template.copy_for(written).slots.get(slot.name)
    if said is None or put is None:
        return said or put or SlotCopy(label=slot.name)
    return said.model_copy(update={"example": put.example, "default": put.default, "examples": put.examples})


def words_for(draft: Draft, slot: Slot, language: str) -> SlotCopy:
    """Give the words of a draft's slot for a person who speaks `language`."""
    return slot_words(draft.template, slot, spoken=language, written=draft.location.language)
