"""One slot edited to JPEG preview, against encoding the same picture as JPEG and nothing else."""

import io
import statistics
import time
from contextlib import AsyncExitStack
from pathlib import Path

from PIL import Image

from bot.app import SystemClock, open_renderer
from bot.brandbook import BrandBook, load_book
from bot.content import brand_dirs, prompts_dir
from bot.dialog.sample import sample_draft
from bot.dialog.words import Words
from bot.domain.draft import Draft
from bot.domain.reading import Reading
from bot.domain.value import Value
from bot.house import Ground
from bot.ports import Renderer, RenderJob
from bot.settings import Settings
from bot.shelf import Shelf, keep_files
from bot.store import Media, Store

TIMES = 40
JPEG_QUALITY = 85


async def measure_previews(folder: Path) -> dict[str, dict[str, float]]:
    """Edit one text slot again and again."""
    brand_dir = brand_dirs()[0]
    book = load_book(brand_dir)
    media = Media(folder / "media")
    await keep_files(book, media)
    settings = Settings(_env_file=None, data_dir=folder)
    ground = Ground(
        settings=settings, clock=SystemClock(), store=Store.open(settings.database_url, brand=book.brand.folder),
        media=media, shelf=Shelf(brand_dir), words=Words(prompts_dir(), book.brand.languages),
    )  # fmt: skip
    figures: dict[str, dict[str, float]] = {}
    async with AsyncExitStack() as stack:
        stack.push_async_callback(ground.store.close)
        renderer = await open_renderer(ground, stack)
        for name in ("square", "story"):
            edit_ms, picture = await _time_edits(renderer, book, name)
            floor_ms = _time_encoding(picture)
            figures[f"preview {name}"] = {"ratio": edit_ms / floor_ms, "edit_ms": edit_ms, "encode_ms": floor_ms}
    return figures


async def _time_edits(renderer: Renderer, book: BrandBook, name: str) -> tuple[float, bytes]:
    draft = _sample(book)
    timed: list[float] = []
    data = b""
    for number in range(TIMES):
        start = time.perf_counter()
        _, data = await renderer.render(RenderJob(brand=book.brand, draft=_edited(draft, number), format=name))
        timed.append((time.perf_counter() - start) * 1000)
    return statistics.median(timed[5:]), data


def _sample(book: BrandBook) -> Draft:
    location = book.seed.locations[0]
    reading = Reading.now_at(location, SystemClock().now(), book.brand.link_hosts)
    return sample_draft(book.templates["weekend-offer"], location, book.seed.places, reading)


def _edited(draft: Draft, number: int) -> Draft:
    value = draft.values["headline"]
    text = f"Warm buns, slow day {number}"
    return draft.with_values({"headline": Value(data={"text": text}, source=value.source, is_confirmed=True)})


def _time_encoding(data: bytes) -> float:
    with Image.open(io.BytesIO(data)) as picture:
        pixels = picture.convert("RGB")
    timed: list[float] = []
    for _ in range(TIMES):
        start = time.perf_counter()
        pixels.save(io.BytesIO(), "JPEG", quality=JPEG_QUALITY)
        timed.append((time.perf_counter() - start) * 1000)
    return statistics.median(timed[5:])
