"""Hold a template's files together: layout, copy, slots and sample must speak of the same things.

Called by `load_book` for each template that could be read; every finding stands at its word.
"""

import re
from collections.abc import Iterator, Mapping

from jinja2 import TemplateSyntaxError

from bot.brandbook.mistakes import Mistake, describe_unknown
from bot.brandbook.template_files import TemplateFiles
from bot.brandbook.walk import keys_at, repeated, texts_at, unknown_keys, unknown_texts, walk
from bot.brandbook.yaml_file import Loc, YamlFile
from bot.domain.brand import Brand
from bot.domain.template import Template
from bot.domain.wording import check_words, find_references
from bot.slots import SLOT_TYPES
from bot.slots.limits import LIMITS

NAME = re.compile(r"[a-z][a-z0-9_]*")
DRAWN_WORDS = ("text", "over", "under", "left", "right")
SLOT_KEYS = ("slot", "when", "unless")


def check_template(files: TemplateFiles, template: Template, brand: Brand) -> Iterator[Mistake]:
    """Find every word in a template's files that leads nowhere."""
    yield from _slots(files, template)
    yield from _layout_words(files, template)
    yield from _layout_style(files.layout, brand)
    yield from _languages(files, brand)
    for file in files.copies.values():
        yield from _copy(file, files, template)
    yield from _sample(files, template)


def _slots(files: TemplateFiles, template: Template) -> Iterator[Mistake]:
    yield from repeated(files.template, ("slots",), key="name")
    yield from unknown_texts(files.template, ("type",), kind="slot type", known=SLOT_TYPES)
    for position, slot in enumerate(template.slots):
        limits = LIMITS.get(slot.type, ())
        yield from unknown_keys(files.template, ("slots", position, "limits"), kind="limit", known=limits)
        if slot.name == "copy" or not NAME.fullmatch(slot.name):
            detail = f"a slot cannot be called “{slot.name}”: use small letters, digits and _"
            yield files.template.mistake(("slots", position, "name"), detail)


def _layout_words(files: TemplateFiles, template: Template) -> Iterator[Mistake]:
    names = [slot.name for slot in template.slots]
    yield from unknown_texts(files.layout, SLOT_KEYS, kind="slot", known=names)
    known = _references(files, template)
    for loc, words in texts_at(files.layout, DRAWN_WORDS):
        yield from _unknown_references(files.layout, loc, words, known)


def _references(files: TemplateFiles, template: Template) -> frozenset[str]:
    """Name what words may refer to: slots, and the locked words that every language has."""
    words = [frozenset(keys_at(file, ("words",))) for file in files.copies.values()]
    shared = frozenset.intersection(*words) if words else frozenset()
    return frozenset({slot.name for slot in template.slots} | {f"copy.{key}" for key in shared})


def _unknown_references(file: YamlFile, loc: Loc, words: str, known: frozenset[str]) -> Iterator[Mistake]:
    try:
        references = find_references(check_words(words))
    except (ValueError, TemplateSyntaxError) as error:
        yield file.mistake(loc, str(error))
        return
    for name in sorted(references - known):
        kind = "word of copy/" if name.startswith("copy.") else "slot"
        yield file.mistake(loc, describe_unknown(kind, name, known))


def _layout_style(layout: YamlFile, brand: Brand) -> Iterator[Mistake]:
    yield from unknown_texts(layout, ("color", "rule"), kind="colour", known=brand.palette)
    yield from unknown_texts(layout, ("role",), kind="typeface", known=brand.typefaces)
    for loc, value in walk(layout.data):
        if isinstance(value, Mapping) and isinstance(value.get("weight"), str):
            face = brand.typefaces.get(str(value.get("role")))
            known = {weight for each in ([face] if face else brand.typefaces.values()) for weight in each.weights}
            if value["weight"] not in known:
                yield layout.mistake((*loc, "weight"), describe_unknown("weight", value["weight"], known))


def _languages(files: TemplateFiles, brand: Brand) -> Iterator[Mistake]:
    for language in brand.languages:
        if language not in files.copies:
            yield files.template.mistake((), f"copy/{language}.yaml is missing: the brand speaks {language}")
    for language, file in files.copies.items():
        if language not in brand.languages:
            yield file.mistake((), describe_unknown("language", language, brand.languages))


def _copy(file: YamlFile, files: TemplateFiles, template: Template) -> Iterator[Mistake]:
    names = [slot.name for slot in template.slots]
    yield from unknown_keys(file, ("slots",), kind="slot", known=names)
    for name in names:
        if name not in keys_at(file, ("slots",)):
            yield file.mistake(("slots",), f"the words of slot “{name}” are missing")
    everywhere = {key for each in files.copies.values() for key in keys_at(each, ("words",))}
    for key in sorted(everywhere.difference(keys_at(file, ("words",)))):
        yield file.mistake(("words",), f"“{key}” is missing here and stands in another language")
    for loc, words in texts_at(file, ("alt",)):
        yield from _unknown_references(file, loc, words, _references(files, template))
    yield from _options(file, files)


def _options(file: YamlFile, files: TemplateFiles) -> Iterator[Mistake]:
    """Find choices whose options differ between the languages."""
    for name in keys_at(file, ("slots",)):
        way = ("slots", name, "options")
        everywhere = {key for each in files.copies.values() for key in keys_at(each, way)}
        for key in sorted(everywhere.difference(keys_at(file, way))):
            yield file.mistake(way, f"option “{key}” is missing here and stands in another language")


def _sample(files: TemplateFiles, template: Template) -> Iterator[Mistake]:
    yield from unknown_keys(files.sample, (), kind="slot", known=[slot.name for slot in template.slots])
    for slot in template.slots:
        if slot.is_required and not slot.profile and slot.name not in template.sample:
            yield files.sample.mistake((), f"a sample for the required slot “{slot.name}” is missing")
