"""The picture in words, for who cannot see it: the template's own alt sentence, or its title and values."""

from collections.abc import Mapping

from jinja2 import StrictUndefined, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.domain.draft import Draft
from bot.slots import typeset_value

ALT_CHARACTERS = 400
SENTENCES = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


def typeset_values(draft: Draft) -> Mapping[str, str]:
    """Give every filled slot as the picture says it; photos have no words."""
    copy = draft.template.copy_for(draft.location.language)
    return {
        slot.name: typeset_value(draft.values[slot.name], slot, draft.reading, copy.slots[slot.name])
        for slot in draft.template.slots
        if slot.name in draft.values and slot.type != "photo"
    }


def alt_text(draft: Draft) -> str:
    """Say in one plain sentence what the picture offers."""
    copy = draft.template.copy_for(draft.location.language)
    said = typeset_values(draft)
    try:
        sentence = SENTENCES.from_string(copy.alt).render({**copy.words, **said}) if copy.alt else ""
    except UndefinedError:  # a slot it names is still empty
        sentence = ""
    words = sentence or ". ".join([f"{copy.title}, {draft.location.name}", *said.values()])
    return " ".join(words.split())[:ALT_CHARACTERS]
