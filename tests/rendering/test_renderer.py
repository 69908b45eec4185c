"""The renderer with its real children: few tests, because each child takes a second to start."""

import os
import signal
import subprocess
import sys
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from bot.brandbook import BrandBook, load_book
from bot.content import brand_assets_dir
from bot.dialog.sample import sample_draft
from bot.domain.draft import Draft
from bot.domain.reading import Reading
from bot.domain.rendition import Kind
from bot.errors import PhotoRefused, TryLater
from bot.ports import Bar, Chart, RenderJob
from bot.rendering import Limits, PillowRenderer


@pytest.fixture(scope="module")
def book() -> BrandBook:
    """Read the sample brand."""
    return load_book(brand_assets_dir() / "ovenlark")


@pytest.fixture(scope="module")
def draft(book: BrandBook) -> Draft:
    """Fill a template with its sample values."""
    shop = book.seed.locations[0]
    reading = Reading.at(shop, date(2026, 11, 23))
    return sample_draft(book.templates["weekend-offer"], shop, book.seed.places, reading)


def photo(size: tuple[int, int] = (900, 600)) -> bytes:
    """Make a photo."""
    buffer = BytesIO()
    Image.new("RGB", size, (200, 120, 40)).save(buffer, "JPEG")
    return buffer.getvalue()


def test_the_parent_never_loads_pillow() -> None:
    """Importing the room is light: pictures are the children's business."""
    code = "import sys, bot.rendering; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def test_pictures_photos_and_charts(book: BrandBook, draft: Draft) -> None:
    """One child draws previews, originals and charts and checks photos; a dead one is replaced unnoticed."""
    renderer = PillowRenderer(locate=book.files.__getitem__, children=1)
    try:
        preview, data = await renderer.render(RenderJob(brand=book.brand, draft=draft, format="square"))
        assert (preview.media_type, preview.size_bytes) == ("image/jpeg", len(data))
        again, _ = await renderer.render(RenderJob(brand=book.brand, draft=draft, format="square"))
        assert again == preview

        os.kill(renderer.child_pids[0], signal.SIGKILL)
        job = RenderJob(brand=book.brand, draft=draft, format="landscape", kind=Kind.ORIGINAL)
        original, _ = await renderer.render(job)
        assert (original.media_type, original.width_px, original.height_px) == ("image/png", 1200, 628)

        checked, photo_data = await renderer.ingest(photo())
        assert (checked.width_px, checked.size_bytes) == (900, len(photo_data))
        with pytest.raises(PhotoRefused) as refused:
            await renderer.ingest(b"%PDF-1.7")
        assert refused.value.sentence == "photo.pdf"

        chart = Chart(title="Campaigns", bars=(Bar(label="Springfield", parts=(("draft", 3),)),))
        drawn, _ = await renderer.chart(book.brand, chart)
        assert (drawn.media_type, drawn.width_px) == ("image/png", 1080)
    finally:
        await renderer.close()


async def test_a_child_that_hangs_is_ended_and_the_job_refused(book: BrandBook, draft: Draft) -> None:
    """After one more try the person gets a sentence, and the pool goes on."""
    renderer = PillowRenderer(locate=book.files.__getitem__, children=1, limits=Limits(task_timeout_s=0.001))
    try:
        with pytest.raises(TryLater):
            await renderer.render(RenderJob(brand=book.brand, draft=draft, format="story"))
        assert renderer.child_pids == (0,)
    finally:
        await renderer.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory limit")
async def test_a_photo_that_eats_the_memory_is_refused(book: BrandBook) -> None:
    """The child's memory is limited: a huge photo is refused, not swapped to death."""
    limits = Limits(memory_bytes=300_000_000)
    renderer = PillowRenderer(locate=book.files.__getitem__, children=1, limits=limits)
    buffer = BytesIO()
    Image.new("L", (7000, 7000)).convert("P").save(buffer, "PNG")
    try:
        with pytest.raises(PhotoRefused) as refused:
            await renderer.ingest(buffer.getvalue())
        assert refused.value.reason == "undecodable"
        checked, _ = await renderer.ingest(photo())
        assert checked.width_px == 900
    finally:
        await renderer.close()
