"""Let the slot types read what headquarters wrote for them: samples and defaults, in every locale.

`python -m bot check` and a reload call this after `load_book`; it needs to know the day.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.brandbook.book import BrandBook
from bot.brandbook.mistakes import Mistake
from bot.brandbook.yaml_file import read_yaml
from bot.domain.location import Location
from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy, Template
from bot.errors import Ambiguous, AskAgain
from bot.slots import read

UNTYPED = frozenset({"photo", "profile"})
"""Types whose samples are files, or come from the location."""


def check_texts(book: BrandBook, folder: Path, *, today: date) -> tuple[Mistake, ...]:
    """Find samples and defaults that their own slot type cannot read on this day."""
    return tuple(
        mistake
        for template in book.templates.values()
        for mistake in (*_check_sample(book, template, folder, today), *_check_defaults(book, template, folder, today))
    )


def _check_sample(book: BrandBook, template: Template, folder: Path, today: date) -> Iterator[Mistake]:
    language = next(iter(template.copy_by_language))
    file = read_yaml(folder / _place(template) / "sample.yaml", name=f"{_place(template)}/sample.yaml")
    for location in _one_per_locale(book):
        for slot in template.slots if location.language == language else ():
            written = template.sample.get(slot.name, "")
            said = _try(written, slot, _reading(book, location, today), template.copy_for(language).slots[slot.name])
            if said:
                yield file.mistake((slot.name,), said)


def _check_defaults(book: BrandBook, template: Template, folder: Path, today: date) -> Iterator[Mistake]:
    for location in _one_per_locale(book):
        name = f"{_place(template)}/copy/{location.language}.yaml"
        file = read_yaml(folder / name, name=name)
        for slot in template.slots:
            copy = template.copy_for(location.language).slots[slot.name]
            said = _try(copy.default, slot, _reading(book, location, today), copy)
            if said:
                yield file.mistake(("slots", slot.name, "default"), said)


def _try(written: str, slot: Slot, reading: Reading, copy: SlotCopy) -> str:
    if not written or slot.type in UNTYPED:
        return ""
    try:
        read(written, slot, reading, copy)
    except Ambiguous:
        return ""  # `this weekend` is doubtful on a Sunday only: no mistake in the file
    except AskAgain as question:
        return f"slot “{slot.name}” ({slot.type}) cannot read “{written}” in {reading.locale}: {question.reason}"
    return ""


def _one_per_locale(book: BrandBook) -> tuple[Location, ...]:
    return tuple({location.locale: location for location in reversed(book.seed.locations)}.values())


def _reading(book: BrandBook, location: Location, today: date) -> Reading:
    return Reading.at(location, today, book.brand.link_hosts)


def _place(template: Template) -> str:
    return f"templates/{template.name}"
