"""From a draft to what a render child needs: the design with its files, and what fills the blanks.

Runs in the parent and reads no file: `locate` says where a digest's bytes lie.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.domain.brand import Brand
from bot.domain.draft import Draft
from bot.domain.ids import Digest
from bot.domain.rendition import Kind
from bot.domain.template import Slot, Template, TemplateCopy
from bot.domain.template import SlotCopy as CopyOfSlot
from bot.domain.value import Source as Origin
from bot.domain.value import Value
from bot.errors import AskAgain
from bot.ports import RenderJob
from bot.rendering.design import Design, Filling, Source, read_color
from bot.slots import read, typeset_value

Locate = Callable[[Digest], Path]
PHOTO = "photo"


def design_key(brand: Brand, template: Template) -> str:
    """Name one version of a template drawn by one version of a brand."""
    return f"{brand.version}:{template.version}"


def build_design(brand: Brand, template: Template, *, locate: Locate) -> Design:
    """Collect everything that the template's layout may draw from."""
    files = {**brand.files, **template.files}
    return Design(
        key=design_key(brand, template),
        palette={name: read_color(written) for name, written in brand.palette.items()},
        fonts=find_fonts(brand, locate=locate),
        logos={version: _find(file, brand.files, locate) for version, file in brand.logos.items()},
        files={file: _find(file, files, locate) for file in template.layout.files()},
        layout=template.layout,
    )


def find_fonts(brand: Brand, *, locate: Locate) -> dict[tuple[str, str], Source]:
    """Find the font file of every role and weight."""
    return {
        (role, weight): _find(file, brand.files, locate)
        for role, typeface in brand.typefaces.items()
        for weight, file in typeface.weights.items()
    }


def _find(file: str, digests: Mapping[str, Digest], locate: Locate) -> Source:
    digest = digests[file]
    return Source(locate(digest), digest)


def build_filling(job: RenderJob, *, locate: Locate) -> Filling:
    """Set every slot's value as text; a preview borrows examples for what is still missing."""
    draft = job.draft
    copy = draft.template.copy_for(draft.location.language)
    is_preview = job.kind is Kind.PREVIEW
    texts: dict[str, str] = {}
    borrowed: set[str] = set()
    for slot in draft.template.slots:
        value = draft.values.get(slot.name)
        if slot.type == PHOTO:
            texts[slot.name] = ""
        elif value is not None:
            texts[slot.name] = typeset_value(value, slot, draft.reading, _copy_of(slot, copy))
        elif is_preview and slot.is_required:
            texts[slot.name] = _typeset_example(slot, draft, copy)
            borrowed.add(slot.name)
        else:
            texts[slot.name] = ""
    marked = {*draft.unconfirmed, *borrowed} if is_preview and job.marks_unconfirmed else set()
    return Filling(
        values=texts,
        copy=copy.words,
        photos=_find_photos(draft, locate),
        unconfirmed=frozenset(marked),
    )


def _copy_of(slot: Slot, copy: TemplateCopy) -> CopyOfSlot:
    return copy.slots.get(slot.name) or CopyOfSlot(label=slot.name)


def _typeset_example(slot: Slot, draft: Draft, copy: TemplateCopy) -> str:
    words = _copy_of(slot, copy)
    if not words.example:
        return ""
    try:
        data = read(words.example, slot, draft.reading, words)
    except AskAgain:
        return words.example
    return typeset_value(Value(data=data, source=Origin.TEMPLATE), slot, draft.reading, words)


def _find_photos(draft: Draft, locate: Locate) -> dict[str, Source]:
    photos = {}
    for slot in draft.template.slots:
        value = draft.values.get(slot.name)
        if slot.type == PHOTO and value is not None:
            digest = Digest(str(value.data["digest"]))
            photos[slot.name] = Source(locate(digest), digest)
    return photos
