"""A template filled with its own sample values: menu thumbnails, `python -m bot check`, the gallery."""

from typing import cast

from pydantic import JsonValue

from bot.domain.draft import Draft
from bot.domain.location import Location, Places
from bot.domain.reading import Reading
from bot.domain.template import Template, TemplateCopy
from bot.domain.value import Source, Value
from bot.errors import Ambiguous, AskAgain
from bot.slots import read


def sample_draft(template: Template, location: Location, places: Places, reading: Reading) -> Draft:
    """Fill a template from sample.yaml; profile slots come from the location.

    sample.yaml speaks the template's first language; a shop of another one sees its copy's examples. What this
    location's locale cannot read is left out, as an owner's own blank would be.
    """
    values: dict[str, Value] = {}
    copy = template.copy_for(location.language)
    for slot in template.slots:
        written = location.profile.get(slot.profile, "") if slot.profile else _sample_of(slot.name, template, copy)
        written = written or copy.slots[slot.name].default
        if slot.type == "photo":
            digest = template.files.get(template.sample.get(slot.name, ""))
            if digest:
                values[slot.name] = Value(
                    data={"digest": digest, "crop": "auto"}, source=Source.TEMPLATE, is_confirmed=True
                )
            continue
        try:
            data = read(written, slot, reading, copy.slots[slot.name]) if written else None
        except Ambiguous as doubt:
            data = cast("dict[str, JsonValue]", doubt.candidates[0])
        except AskAgain:
            continue
        if data:
            values[slot.name] = Value(data=data, source=Source.TEMPLATE, is_confirmed=True)
    return Draft(
        template=template, location=location, territories=places.nearest_first(location), values=values, reading=reading
    )


def _sample_of(slot: str, template: Template, copy: TemplateCopy) -> str:
    sample = template.sample.get(slot, "")
    is_first = copy is next(iter(template.copy_by_language.values()))
    return sample if is_first else sample and (copy.slots[slot].example or sample)
