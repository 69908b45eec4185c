"""Shapes as soft-edged masks, drawn once four times as large and shrunk.

Frames of photos, grounds of badges and plain shapes all come from here.
"""

from math import cos, pi, sin

from PIL import Image, ImageChops, ImageDraw

from bot.rendering.bounded import BoundedCache

FINE = 4
WAVES = 18
WAVE_DEPTH = 0.045

_MASKS: BoundedCache[Image.Image] = BoundedCache(limit=16_000_000, weigh=lambda mask: mask.width * mask.height + 200)


def shape_mask(shape: str, *, size: tuple[int, int], radius: float = 0) -> Image.Image:
    """Return the mask of a shape that fills `size` (width, height)."""
    key = (shape, size, radius)
    return _MASKS.get_or_make(key, lambda: _draw(shape, size, radius))


def outline_mask(shape: str, *, size: tuple[int, int], radius: float, width: float) -> Image.Image:
    """Return the mask of a shape's outline, `width` pixels wide, inside the shape."""
    key = ("outline", shape, size, radius, width)
    return _MASKS.get_or_make(key, lambda: _draw_outline(shape, size, radius, width))


def fade(mask: Image.Image, opacity: float) -> Image.Image:
    """Weaken a mask."""
    return mask if opacity >= 1 else mask.point([round(level * opacity) for level in range(256)])


def _draw(shape: str, size: tuple[int, int], radius: float) -> Image.Image:
    if shape == "rect" or (shape == "rounded" and radius <= 0):
        return Image.new("L", size, 255)
    large = (size[0] * FINE, size[1] * FINE)
    mask = Image.new("L", large, 0)
    draw = ImageDraw.Draw(mask)
    right, bottom = large[0] - 1, large[1] - 1
    match shape:
        case "circle":
            draw.ellipse((0, 0, right, bottom), fill=255)
        case "arch":
            crown = min(large[0], 2 * large[1])
            draw.ellipse((0, 0, right, crown - 1), fill=255)
            draw.rectangle((0, crown // 2, right, bottom), fill=255)
        case "burst":
            draw.polygon(_wave_points(large), fill=255)
        case "pill":
            draw.rounded_rectangle((0, 0, right, bottom), radius=min(large) / 2, fill=255)
        case _:
            draw.rounded_rectangle((0, 0, right, bottom), radius=radius * FINE, fill=255)
    return mask.reduce(FINE)


def _wave_points(size: tuple[int, int]) -> list[tuple[float, float]]:
    across, down = size[0] / 2, size[1] / 2
    points = []
    for step in range(720):
        angle = 2 * pi * step / 720
        reach = 1 - WAVE_DEPTH + WAVE_DEPTH * cos(WAVES * angle)
        points.append((across + across * reach * cos(angle), down + down * reach * sin(angle)))
    return points


def _draw_outline(shape: str, size: tuple[int, int], radius: float, width: float) -> Image.Image:
    outer = shape_mask(shape, size=size, radius=radius)
    inset = round(width)
    inner_size = (max(1, size[0] - 2 * inset), max(1, size[1] - 2 * inset))
    inner = Image.new("L", size, 0)
    inner.paste(shape_mask(shape, size=inner_size, radius=max(0, radius - width)), (inset, inset))
    return ImageChops.subtract(outer, inner)
