"""Draw one layer on the canvas: one short function per kind.

`bot.rendering.compose` calls `paint` from the bottom layer up.
"""

from collections.abc import Hashable
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageStat

from bot.domain.geometry import Rect
from bot.domain.layers import (
    GradientLayer,
    ImageLayer,
    LineLayer,
    LogoLayer,
    PhotoLayer,
    ShapeLayer,
)
from bot.domain.set_layers import (
    AnyLayer,
    BadgeLayer,
    LinesLayer,
    PriceLayer,
    StackLayer,
    TextLayer,
)
from bot.rendering.bounded import BoundedCache
from bot.rendering.design import Color, Note
from bot.rendering.gradient import paint_gradient
from bot.rendering.pictures import contain, cover
from bot.rendering.planned import Planned, Space
from bot.rendering.scene import Scene
from bot.rendering.set_stack import plan_item, plan_stack
from bot.rendering.shapes import fade, outline_mask, shape_mask
from bot.rendering.stamp import stamp

MIDDLE_GREY = 128
DARK, LIGHT, DASH = (40, 30, 25), (255, 255, 255), 14
SetKind = TextLayer | PriceLayer | LinesLayer | BadgeLayer | StackLayer
DOWN = {"top": 0.0, "middle": 0.5, "bottom": 1.0}


@dataclass(frozen=True)
class _Plan:
    """Fitted type, or the knowledge that there is nothing to set."""

    found: Planned | None


_PLANS: BoundedCache[_Plan] = BoundedCache(limit=2000, weigh=lambda _: 1)


def paint(canvas: Image.Image, layer: AnyLayer, scene: Scene, *, key: Hashable) -> tuple[Note, ...]:
    """Draw a layer and return what has to be said about it; type with the same key is fitted only once."""
    rect = scene.rect(layer)
    match layer:
        case ShapeLayer():
            _paint_shape(canvas, layer, scene, rect)
        case LineLayer():
            _paint_line(canvas, layer, scene.color(layer.color), rect)
        case GradientLayer():
            paint_gradient(canvas, layer, scene=scene, rect=rect)
        case ImageLayer():
            _paint_image(canvas, layer, scene, rect)
        case PhotoLayer():
            _paint_photo(canvas, layer, scene, rect)
        case LogoLayer():
            _paint_logo(canvas, layer, scene, rect)
        case _:
            planned = _PLANS.get_or_make(key, lambda: _Plan(_plan(layer, scene, rect)))
            return _draw_planned(canvas, planned.found, rect, layer)
    return ()


def _plan(layer: SetKind, scene: Scene, rect: Rect) -> Planned | None:
    if isinstance(layer, StackLayer):
        return plan_stack(layer, scene=scene, rect=rect)
    return plan_item(layer, scene=scene, space=Space(rect.width, rect.height))


def _draw_planned(canvas: Image.Image, planned: Planned | None, rect: Rect, layer: SetKind) -> tuple[Note, ...]:
    if planned is None:
        return ()
    across, down = layer.anchor if isinstance(layer, BadgeLayer) else (0.0, DOWN[layer.valign])
    x = rect.x + across * (rect.width - planned.width_px)
    y = rect.y + down * (rect.height - planned.height_px)
    planned.draw(canvas, x=x, y=y)
    return planned.notes


def _paint_shape(canvas: Image.Image, layer: ShapeLayer, scene: Scene, rect: Rect) -> None:
    size = (rect.width, rect.height)
    if layer.color is not None:
        if layer.shape == "rect" and layer.opacity >= 1:
            canvas.paste(scene.color(layer.color), (rect.x, rect.y, rect.right, rect.bottom))
        else:
            mask = fade(shape_mask(layer.shape, size=size, radius=layer.radius), layer.opacity)
            stamp(canvas, scene.color(layer.color), mask, at=(rect.x, rect.y))
    if layer.stroke is not None:
        outline = outline_mask(layer.shape, size=size, radius=layer.radius, width=layer.stroke.width)
        stamp(canvas, scene.color(layer.stroke.color), fade(outline, layer.opacity), at=(rect.x, rect.y))


def _paint_line(canvas: Image.Image, layer: LineLayer, color: Color, rect: Rect) -> None:
    is_level = rect.width >= rect.height
    length = rect.width if is_level else rect.height
    on, off = layer.dash or (length, 1)
    half = layer.width / 2
    at = 0.0
    while at < length:
        first, last = at, min(length, at + on)
        if is_level:
            middle = rect.y + rect.height / 2
            box = (rect.x + first, middle - half, rect.x + last, middle + half)
        else:
            middle = rect.x + rect.width / 2
            box = (middle - half, rect.y + first, middle + half, rect.y + last)
        _paint_bar(canvas, color, layer.opacity, box)
        at += on + off


def _paint_bar(canvas: Image.Image, color: Color, opacity: float, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = (round(each) for each in box)
    size = (max(1, right - left), max(1, bottom - top))
    stamp(canvas, color, fade(Image.new("L", size, 255), opacity), at=(left, top))


def _paint_image(canvas: Image.Image, layer: ImageLayer, scene: Scene, rect: Rect) -> None:
    source = scene.design.files[layer.file]
    size = (rect.width, rect.height)
    is_cover = layer.fit == "cover"
    picture = cover(source, size=size, anchor=layer.anchor) if is_cover else contain(source, size=size)
    _paste(canvas, picture, rect, anchor=layer.anchor, opacity=layer.opacity)


def _paint_logo(canvas: Image.Image, layer: LogoLayer, scene: Scene, rect: Rect) -> None:
    version = layer.version
    if version == "auto":
        ground = canvas.crop((rect.x, rect.y, rect.right, rect.bottom)).convert("L")
        version = "light" if ImageStat.Stat(ground).mean[0] < MIDDLE_GREY else "dark"
    picture = contain(scene.logo(version), size=(rect.width, rect.height))
    _paste(canvas, picture, rect, anchor=layer.anchor, opacity=1)


def _paste(
    canvas: Image.Image, picture: Image.Image, rect: Rect, *, anchor: tuple[float, float], opacity: float
) -> None:
    x = rect.x + round(anchor[0] * (rect.width - picture.width))
    y = rect.y + round(anchor[1] * (rect.height - picture.height))
    if picture.mode == "RGBA":
        canvas.paste(picture, (x, y), fade(picture.getchannel("A"), opacity))
    elif opacity >= 1:
        canvas.paste(picture, (x, y))
    else:
        canvas.paste(picture, (x, y), fade(Image.new("L", picture.size, 255), opacity))


def _paint_photo(canvas: Image.Image, layer: PhotoLayer, scene: Scene, rect: Rect) -> None:
    size = (rect.width, rect.height)
    own = scene.filling.photos.get(layer.slot)
    mask = shape_mask(layer.frame, size=size, radius=layer.radius)
    if own is not None:
        canvas.paste(cover(own, size=size, anchor=None), (rect.x, rect.y), mask)
    elif layer.fallback is not None:
        drawing = cover(scene.design.files[layer.fallback], size=size, anchor=layer.focus)
        ground = canvas.crop((rect.x, rect.y, rect.right, rect.bottom))
        ground.paste(drawing, (0, 0), drawing.getchannel("A") if drawing.mode == "RGBA" else None)
        canvas.paste(ground, (rect.x, rect.y), mask)
    if layer.stroke is not None:
        outline = outline_mask(layer.frame, size=size, radius=layer.radius, width=layer.stroke.width)
        stamp(canvas, scene.color(layer.stroke.color), outline, at=(rect.x, rect.y))
    if layer.slot in scene.filling.unconfirmed and own is not None:
        _mark_frame(canvas, layer, rect)


def _mark_frame(canvas: Image.Image, layer: PhotoLayer, rect: Rect) -> None:
    """Draw a dashed line along the frame of a photo that is not confirmed: light on dark, to be seen on any."""
    inset = 12
    size = (max(1, rect.width - 2 * inset), max(1, rect.height - 2 * inset))
    at = (rect.x + inset, rect.y + inset)
    radius = max(0, layer.radius - inset)
    ground = outline_mask(layer.frame, size=size, radius=radius, width=9)
    line = outline_mask(layer.frame, size=size, radius=radius, width=5)
    stamp(canvas, DARK, fade(ground, 0.6), at=at)
    stamp(canvas, LIGHT, ImageChops.multiply(line, _stripes(size)), at=at)


def _stripes(size: tuple[int, int]) -> Image.Image:
    """Return diagonal stripes; seen through an outline they are its dashes."""
    width, height = size
    stripes = Image.new("L", size, 0)
    draw = ImageDraw.Draw(stripes)
    for start in range(-height, width, 3 * DASH):
        draw.polygon(
            ((start, height), (start + 2 * DASH, height), (start + 2 * DASH + height, 0), (start + height, 0)),
            fill=255,
        )
    return stripes
