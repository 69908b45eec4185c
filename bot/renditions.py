"""Renditions on demand: drawn once, kept in media, found again by what they were drawn from.

Used by the redraw of cards (previews), the delivery job (originals) and the menu (samples).
"""

import hashlib
import json

from bot.chat import Picture
from bot.domain.brand import Brand
from bot.domain.draft import Draft
from bot.domain.ids import Digest
from bot.domain.rendition import Kind, Rendition
from bot.ports import Renderer, RenderJob
from bot.store import Media, Store


class Renditions:
    """Look up or draw; the same draft in the same format is drawn once."""

    def __init__(self, *, store: Store, media: Media, renderer: Renderer) -> None:
        self._store = store
        self._media = media
        self._renderer = renderer

    async def get(self, job: RenderJob) -> Rendition:
        """Give the rendition of a job; its bytes are in media."""
        key = rendition_key(job)
        async with self._store.reading() as uow:
            known = await uow.renditions.get(key)
        if known and self._media.has(known.digest):
            return known
        rendition, data = await self._renderer.render(job)
        await self._media.put(data)
        async with self._store.writing() as uow:
            await uow.renditions.put(key, rendition)
            await uow.commit()
        return rendition

    async def preview(self, brand: Brand, draft: Draft, format_name: str, *, marks: bool) -> Rendition:
        """Give the preview of one format as a card shows it."""
        return await self.get(
            RenderJob(brand=brand, draft=draft, format=format_name, kind=Kind.PREVIEW, marks_unconfirmed=marks)
        )


def rendition_key(job: RenderJob) -> Digest:
    """Name everything that the pixels depend on; who confirmed a value counts only where it is drawn."""
    draft = job.draft
    content = {
        "brand": job.brand.version,
        "template": draft.template.version,
        "values": {name: value.data for name, value in draft.values.items()},
        "location": draft.location.model_dump(mode="json"),
        "reading": draft.reading.model_dump(mode="json", exclude={"today"}),
        "format": job.format,
        "kind": job.kind,
        "marked": sorted(draft.unconfirmed) if job.marks_unconfirmed else [],
    }
    return Digest(hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest())


def as_picture(rendition: Rendition, *, alt: str, title: str = "") -> Picture:
    """Show a rendition on a card or in a list; `title` is what is written over or under it."""
    return Picture(
        digest=rendition.digest,
        alt=alt,
        width_px=rendition.width_px,
        height_px=rendition.height_px,
        media_type=rendition.media_type,
        title=title,
    )
