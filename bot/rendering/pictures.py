"""Picture files fitted to their place: decoded once, cropped and resized once per place.

Drawings, logos and checked photos; what people send goes through `bot.rendering.photos` first.
"""

from PIL import Image

from bot.rendering.bounded import BoundedCache
from bot.rendering.design import Source
from bot.rendering.focus import find_focus

BYTES_PER_PIXEL = 4
Anchor = tuple[float, float]

_MASTERS: BoundedCache[Image.Image] = BoundedCache(
    limit=64_000_000, weigh=lambda picture: picture.width * picture.height * BYTES_PER_PIXEL
)
_FITTED: BoundedCache[Image.Image] = BoundedCache(
    limit=64_000_000, weigh=lambda picture: picture.width * picture.height * BYTES_PER_PIXEL
)


def cover(source: Source, *, size: tuple[int, int], anchor: Anchor | None) -> Image.Image:
    """Return a picture that fills `size`; without an anchor the crop follows what catches the eye."""
    key = ("cover", source.digest, size, anchor)
    return _FITTED.get_or_make(key, lambda: _cover(_master(source), size, anchor))


def contain(source: Source, *, size: tuple[int, int]) -> Image.Image:
    """Return a picture as large as it can be inside `size`."""
    key = ("contain", source.digest, size)
    return _FITTED.get_or_make(key, lambda: _contain(_master(source), size))


def _master(source: Source) -> Image.Image:
    return _MASTERS.get_or_make(source.digest, lambda: _decode(source))


def _decode(source: Source) -> Image.Image:
    with Image.open(source.path, formats=("PNG", "JPEG", "WEBP")) as opened:
        has_alpha = "A" in opened.getbands() or "transparency" in opened.info
        return opened.convert("RGBA" if has_alpha else "RGB")


def _cover(master: Image.Image, size: tuple[int, int], anchor: Anchor | None) -> Image.Image:
    scale = max(size[0] / master.width, size[1] / master.height)
    window = (min(master.width, size[0] / scale), min(master.height, size[1] / scale))
    at = find_focus(master, window=window) if anchor is None else anchor
    left, top = (master.width - window[0]) * at[0], (master.height - window[1]) * at[1]
    return master.resize(
        size,
        Image.Resampling.LANCZOS,
        box=(left, top, min(master.width, left + window[0]), min(master.height, top + window[1])),
        reducing_gap=2.0,
    )


def _contain(master: Image.Image, size: tuple[int, int]) -> Image.Image:
    scale = min(size[0] / master.width, size[1] / master.height)
    fitted = (max(1, round(master.width * scale)), max(1, round(master.height * scale)))
    return master if fitted == master.size else master.resize(fitted, Image.Resampling.LANCZOS)
