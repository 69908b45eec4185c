"""Draw every template with its sample, in every locale and format, and listen to rules and renderer.

Called by `check`, after the brand's files were found right.
"""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from bot.brandbook import BrandBook
from bot.dialog.sample import sample_draft
from bot.domain.draft import Draft
from bot.domain.finding import Severity
from bot.domain.reading import Reading
from bot.errors import GlocalError
from bot.guardrails import check
from bot.ports import RenderJob
from bot.rendering import PillowRenderer


@dataclass(frozen=True)
class Drawn:
    """What came of it: how many pictures in how long, and what is wrong."""

    pictures: int
    took_s: float
    wrong: tuple[str, ...]


async def draw_samples(book: BrandBook, *, today: date, children: int) -> Drawn:
    """Draw all samples; nothing is kept."""
    began_s = time.monotonic()
    drafts = tuple(_drafts(book, today))
    wrong = [line for draft in drafts for line in _findings(book, draft)]
    pictures = 0
    async with _renderer(book, children) as renderer:
        for draft in drafts:
            for name in draft.template.formats:
                wrong += await _draw(renderer, RenderJob(brand=book.brand, draft=draft, format=name))
                pictures += 1
    return Drawn(pictures, time.monotonic() - began_s, tuple(wrong))


def _drafts(book: BrandBook, today: date) -> Iterator[Draft]:
    """Fill each template for one location of each locale that may use it."""
    places = book.seed.places
    for template in book.templates.values():
        locations = {place.locale: place for place in reversed(places.locations)}
        for location in locations.values():
            reading = Reading.at(location, today, book.brand.link_hosts)
            yield sample_draft(template, location, places, reading)


def _findings(book: BrandBook, draft: Draft) -> Iterator[str]:
    for finding in check(draft, book.policies, draft.location.language):
        if finding.severity is Severity.BLOCK:
            yield f"{_name(draft)}: the sample breaks rule {finding.rule_id}: {finding.sentence}"


async def _draw(renderer: PillowRenderer, job: RenderJob) -> list[str]:
    try:
        rendition, _ = await renderer.render(job)
    except GlocalError as error:
        return [f"{_name(job.draft)}, {job.format}: cannot be drawn: {error}"]
    name = f"{_name(job.draft)}, {job.format}"
    return [
        *(f"{name}: “{slot}” does not fit" for slot in rendition.overflows),
        *(f"{name}: “{slot}” has characters that no typeface of the brand can print" for slot in rendition.unprintable),
    ]


@asynccontextmanager
async def _renderer(book: BrandBook, children: int) -> AsyncIterator[PillowRenderer]:
    renderer = PillowRenderer(locate=lambda digest: book.files[digest], children=children)
    await renderer.start()
    try:
        yield renderer
    finally:
        await renderer.close()


def _name(draft: Draft) -> str:
    return f"templates/{draft.template.name} in {draft.location.locale}"
