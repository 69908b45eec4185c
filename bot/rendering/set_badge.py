"""Set a badge: a text or a price in a shape, with small lines over and under it, perhaps tilted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import hypot

from PIL import Image

from bot.domain.set_layers import BadgeLayer
from bot.rendering.bounded import BoundedCache
from bot.rendering.design import Color, Note
from bot.rendering.planned import Planned, Space
from bot.rendering.scene import Scene
from bot.rendering.set_price import Lockup, PlannedPrice, plan_price
from bot.rendering.set_text import PlannedText, plan_words
from bot.rendering.shapes import outline_mask, shape_mask
from bot.rendering.stamp import stamp

ROUND = ("circle", "burst")
ROUND_SHARE = 0.74
"""Part of a circle's diameter that type may take."""
LINE_GAP_EM = 0.62

Tile = tuple[Image.Image, Image.Image, int]
_TILTED: BoundedCache[Tile] = BoundedCache(limit=12_000_000, weigh=lambda tile: 5 * tile[1].width * tile[1].height)


@dataclass(frozen=True)
class PlannedBadge:
    """A badge that found its size."""

    layer: BadgeLayer
    lines: tuple[PlannedText | PlannedPrice, ...]
    gaps_px: tuple[float, ...]
    fill: Color | None
    outline: Color | None
    size: tuple[int, int]
    notes: tuple[Note, ...]

    @property
    def width_px(self) -> float:
        """Width of the shape."""
        return self.size[0]

    @property
    def height_px(self) -> float:
        """Height of the shape."""
        return self.size[1]

    def draw(self, canvas: Image.Image, *, x: float, y: float) -> None:
        """Draw the shape and, on it, the lines; a tilted badge is drawn apart and turned."""
        if not self.layer.rotate:
            self._draw_straight(canvas, round(x), round(y))
            return
        tile, mask, margin = _TILTED.get_or_make(self, self._draw_tilted)
        canvas.paste(tile, (round(x) - margin, round(y) - margin), mask)

    def _draw_tilted(self) -> Tile:
        margin = round(hypot(*self.size) / 2 - min(self.size) / 2) + 4
        whole = (self.size[0] + 2 * margin, self.size[1] + 2 * margin)
        tile = Image.new("RGB", whole, self.fill or (0, 0, 0))
        self._draw_straight(tile, margin, margin)
        mask = Image.new("L", whole, 0)
        mask.paste(self._mask(), (margin, margin))
        turn = self.layer.rotate
        return (
            tile.rotate(turn, Image.Resampling.BICUBIC, fillcolor=self.fill),
            mask.rotate(turn, Image.Resampling.BICUBIC),
            margin,
        )

    def _mask(self) -> Image.Image:
        return shape_mask(self.layer.shape, size=self.size, radius=self.layer.radius)

    def _draw_straight(self, canvas: Image.Image, x: int, y: int) -> None:
        if self.fill is not None:
            stamp(canvas, self.fill, self._mask(), at=(x, y))
        if self.layer.stroke is not None and self.outline is not None:
            outline = outline_mask(
                self.layer.shape, size=self.size, radius=self.layer.radius, width=self.layer.stroke.width
            )
            stamp(canvas, self.outline, outline, at=(x, y))
        top = y + (self.size[1] - _height(self.lines, self.gaps_px)) / 2
        for line, gap in zip(self.lines, (*self.gaps_px, 0.0), strict=True):
            line.draw(canvas, x=x + (self.size[0] - line.width_px) / 2, y=top)
            top += line.height_px + gap


def plan_badge(layer: BadgeLayer, *, scene: Scene, space: Space) -> PlannedBadge | None:
    """Fit a badge; None when its main text is empty."""
    inner = _inner_space(layer, space)
    main = _plan_main(layer, scene, inner)
    if main is None:
        return None
    sides = [
        plan_words(words, style=style.over(layer.style), layer=layer, scene=scene, space=inner)
        for words, style in ((layer.over, layer.over_style), (layer.under, layer.under_style))
    ]
    lines = tuple(_hug(each) for each in (sides[0], main, sides[1]) if each is not None)
    gaps = tuple(LINE_GAP_EM * min(above.height_px, below.height_px) for above, below in pairwise(lines))
    return PlannedBadge(
        layer=layer,
        lines=lines,
        gaps_px=gaps,
        fill=None if layer.color is None else scene.color(layer.color),
        outline=None if layer.stroke is None else scene.color(layer.stroke.color),
        size=_shape_size(layer, lines, gaps, space),
        notes=tuple(dict.fromkeys(note for line in lines for note in line.notes)),
    )


def _plan_main(layer: BadgeLayer, scene: Scene, space: Space) -> PlannedText | PlannedPrice | None:
    if not layer.as_price:
        return plan_words(layer.text, style=layer.style, layer=layer, scene=scene, space=space)
    lockup = Lockup(style=layer.style, small=layer.small, is_raised=True)
    return plan_price(layer.text, lockup=lockup, layer=layer, scene=scene, space=space)


def _inner_space(layer: BadgeLayer, space: Space) -> Space:
    if layer.shape in ROUND:
        side = min(space.width_px, space.height_px)
        return replace(space, width_px=side * ROUND_SHARE, height_px=side * ROUND_SHARE)
    across, down = layer.padding
    return replace(space, width_px=space.width_px - 2 * across, height_px=space.height_px - 2 * down)


def _hug(line: PlannedText | PlannedPrice) -> PlannedText | PlannedPrice:
    if isinstance(line, PlannedText):
        return replace(line, width_px=line.block.width_px, align="center")
    return replace(line, width_px=line.lockup_px)


def _height(lines: Sequence[Planned], gaps_px: tuple[float, ...]) -> float:
    return sum(line.height_px for line in lines) + sum(gaps_px)


def _shape_size(
    layer: BadgeLayer, lines: Sequence[Planned], gaps_px: tuple[float, ...], space: Space
) -> tuple[int, int]:
    if layer.shape in ROUND:
        side = round(min(space.width_px, space.height_px))
        return side, side
    if not layer.hug:
        return round(space.width_px), round(space.height_px)
    across, down = layer.padding
    width = max(line.width_px for line in lines) + 2 * across
    return round(width), round(_height(lines, gaps_px) + 2 * down)
