"""A renderer that draws nothing: a few bytes that differ whenever the picture would.

The core surface uses it, so that whole chats take milliseconds; platform surfaces and golden tests render for real.
Photos are still judged by their first bytes and size, with the reasons of the real one.
"""

import hashlib

from bot.domain.brand import Brand
from bot.domain.ids import Digest
from bot.domain.rendition import Kind, Photo, Rendition
from bot.errors import PhotoRefused
from bot.ports import Chart, RenderJob
from bot.renditions import rendition_key
from bot.testing.files import labelled_png

PNG = b"\x89PNG\r\n\x1a\n"
PICTURES = (b"\xff\xd8\xff", PNG, b"RIFF")
MOST_PIXELS = 50_000_000
ENDINGS = (b"\xff\xd9", b"IEND\xaeB`\x82")


class SketchRenderer:
    """The port Renderer without pixels."""

    async def render(self, job: RenderJob) -> tuple[Rendition, bytes]:
        """Give bytes that name the job."""
        size = job.draft.template.layout.formats[job.format].size
        return _named(f"{job.kind} {rendition_key(job)}".encode(), kind=job.kind, format_name=job.format, size=size)

    async def ingest(self, data: bytes) -> tuple[Photo, bytes]:
        """Accept whole JPEG, PNG and WebP files by their outer marks; raises PhotoRefused as the real one does."""
        if not data:
            raise PhotoRefused("empty")
        if data.startswith(b"%PDF-"):
            raise PhotoRefused("pdf")
        if not data.startswith(PICTURES):
            raise PhotoRefused("not_a_picture")
        if not data.startswith(b"RIFF") and not data.rstrip(b"\0").endswith(ENDINGS):
            raise PhotoRefused("truncated")
        pixels = int.from_bytes(data[16:20]) * int.from_bytes(data[20:24]) if data.startswith(PNG) else 0
        if pixels > MOST_PIXELS:
            limit = MOST_PIXELS // 1_000_000
            raise PhotoRefused("too_many_pixels", megapixels=round(pixels / 1_000_000), limit_megapixels=limit)
        digest = Digest(hashlib.sha256(data).hexdigest())
        return Photo(digest=digest, width_px=1600, height_px=1200, size_bytes=len(data)), data

    async def chart(self, brand: Brand, chart: Chart) -> tuple[Rendition, bytes]:
        """Give bytes that name the chart."""
        content = f"chart {brand.version} {chart.model_dump_json()}".encode()
        return _named(content, kind=Kind.ORIGINAL, format_name="chart", size=(1200, 675))


def _named(label: bytes, *, kind: Kind, format_name: str, size: tuple[int, int]) -> tuple[Rendition, bytes]:
    data = labelled_png(*size, label)
    rendition = Rendition(
        kind=kind,
        format=format_name,
        digest=Digest(hashlib.sha256(data).hexdigest()),
        media_type="image/jpeg" if kind is Kind.PREVIEW else "image/png",
        width_px=size[0],
        height_px=size[1],
        size_bytes=len(data),
    )
    return rendition, data
