"""What a render child does: draws pictures and charts, checks photos. Keeps its caches between tasks.

`bot.rendering.entry` calls it inside the child; tests call it in their own process.
"""

import pickle
from functools import lru_cache
from typing import assert_never

from PIL import Image

from bot.domain.rendition import Kind
from bot.errors import Misconfigured, PhotoRefused
from bot.rendering.chart import draw_chart
from bot.rendering.compose import compose
from bot.rendering.design import Design, Filling, Picture
from bot.rendering.encode import encode_jpeg, encode_png
from bot.rendering.photos import ingest_photo
from bot.rendering.tasks import Answer, DrawChart, DrawPicture, IngestPhoto, Refusal, Task

PREVIEW_SIDE_PX = 1920
KEPT_BLOCKS = 8
"""Freed blocks (16 MB) that Pillow keeps for the next canvas: fresh ones cost a page fault per 4 kB."""


def warm_up() -> None:
    """Prepare this process for many pictures in a row."""
    Image.core.set_blocks_max(KEPT_BLOCKS)  # type: ignore[attr-defined]  # as PILLOW_BLOCKS_MAX does


def do_task(task: Task) -> Answer:
    """Carry out one task."""
    match task:
        case DrawPicture(pickled_design=pickled, format_name=format_name, kind=kind, filling=filling):
            return draw_picture(_unpickle(pickled), format_name=format_name, kind=kind, filling=filling)
        case IngestPhoto(data=data):
            try:
                return ingest_photo(data)
            except PhotoRefused as refused:
                return Refusal(refused.reason, refused.facts)
        case DrawChart():
            return draw_chart(task)
        case _:
            assert_never(task)


def draw_picture(design: Design, *, format_name: str, kind: Kind, filling: Filling) -> Picture:
    """Draw one format as a file: JPEG to look at, PNG to deliver.

    Raises:
        Misconfigured: a file that the design needs is missing or cannot be read.
    """
    try:
        drawn = compose(design, format_name=format_name, filling=filling)
    except OSError as error:
        raise Misconfigured(f"a file of the picture cannot be read: {error}", file=str(error.filename or "")) from error
    is_preview = kind is Kind.PREVIEW
    canvas = _fit_screen(drawn.canvas) if is_preview else drawn.canvas
    return Picture(
        data=encode_jpeg(canvas) if is_preview else encode_png(canvas),
        media_type="image/jpeg" if is_preview else "image/png",
        kind=kind,
        width_px=canvas.width,
        height_px=canvas.height,
        notes=drawn.notes,
    )


def _fit_screen(canvas: Image.Image) -> Image.Image:
    """Shrink what is larger than any phone shows; social formats stay as they are."""
    scale = PREVIEW_SIDE_PX / max(canvas.size)
    if scale >= 1:
        return canvas
    return canvas.resize((round(canvas.width * scale), round(canvas.height * scale)), Image.Resampling.LANCZOS)


@lru_cache(maxsize=32)
def _unpickle(pickled: bytes) -> Design:
    design = pickle.loads(pickled)  # noqa: S301  # comes from our own parent, never from outside
    if not isinstance(design, Design):
        raise TypeError(f"expected a pickled Design, not {type(design).__name__}")
    return design
