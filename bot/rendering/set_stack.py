"""Set a stack: items one under another that share a box and shrink together when it is too small."""

from dataclasses import dataclass

from PIL import Image

from bot.domain.geometry import Rect
from bot.domain.layers import Layer, LineLayer
from bot.domain.set_layers import BadgeLayer, LinesLayer, PriceLayer, StackLayer, TextLayer
from bot.rendering.design import Color, Note
from bot.rendering.planned import Planned, Space
from bot.rendering.scene import Scene
from bot.rendering.set_badge import plan_badge
from bot.rendering.set_lines import plan_lines
from bot.rendering.set_price import Lockup, plan_price
from bot.rendering.set_text import plan_text
from bot.rendering.shapes import fade
from bot.rendering.stamp import stamp

STEPS = 5
MOST_LINES_LOST = 12


@dataclass(frozen=True)
class PlannedRule:
    """A short line between the items of a stack."""

    width_px: float
    height_px: float
    color: Color
    opacity: float
    notes: tuple[Note, ...] = ()

    def draw(self, canvas: Image.Image, *, x: float, y: float) -> None:
        """Draw it as a bar."""
        size = (round(self.width_px), max(1, round(self.height_px)))
        stamp(canvas, self.color, fade(Image.new("L", size, 255), self.opacity), at=(round(x), round(y)))


@dataclass(frozen=True)
class PlannedStack:
    """Items that fit their box together."""

    items: tuple[tuple[Layer, Planned], ...]
    gaps_px: tuple[float, ...]
    width_px: float

    @property
    def height_px(self) -> float:
        """Height of all items and the gaps between them."""
        return sum(item.height_px for _, item in self.items) + sum(self.gaps_px)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What any item has to say."""
        return tuple(note for _, item in self.items for note in item.notes)

    def draw(self, canvas: Image.Image, *, x: float, y: float) -> None:
        """Draw the items downwards."""
        for (layer, item), gap in zip(self.items, (*self.gaps_px, 0.0), strict=True):
            shift = 0.0
            if isinstance(layer, BadgeLayer):
                shift = layer.anchor[0] * (self.width_px - item.width_px)
            item.draw(canvas, x=x + shift, y=y)
            y += item.height_px + gap


def plan_item(layer: Layer, *, scene: Scene, space: Space) -> Planned | None:
    """Fit one layer of set type; None when it has nothing to show."""
    match layer:
        case TextLayer():
            return plan_text(layer, scene=scene, space=space)
        case PriceLayer(style=style, small=small, raised=raised):
            lockup = Lockup(style=style, small=small, is_raised=raised)
            return plan_price(layer.text, lockup=lockup, layer=layer, scene=scene, space=space)
        case BadgeLayer():
            return plan_badge(layer, scene=scene, space=space)
        case LinesLayer():
            return plan_lines(layer, scene=scene, space=space)
        case LineLayer(color=color, width=width, length=length, opacity=opacity):
            return PlannedRule(length or space.width_px, width, scene.color(color), opacity)
        case _:
            return None


def plan_stack(layer: StackLayer, *, scene: Scene, rect: Rect) -> PlannedStack | None:
    """Fit a stack into its box: largest sizes first, then smaller ones, then fewer lines."""
    stack = _plan(layer, scene, Space(width_px=rect.width))
    if not stack.items:
        return None
    if stack.height_px <= rect.height:
        return stack
    return _shrink(layer, scene, rect) or _lose_lines(layer, scene, rect)


def _shrink(layer: StackLayer, scene: Scene, rect: Rect) -> PlannedStack | None:
    """Find the largest common share of the sizes at which the stack fits; None when even 0 does not."""
    low, high, best = 0.0, 1.0, None
    for _ in range(STEPS):
        middle = (low + high) / 2
        tried = _plan(layer, scene, Space(width_px=rect.width, share=middle))
        if tried.height_px <= rect.height:
            low, best = middle, tried
        else:
            high = middle
    if best is not None:
        return best
    smallest = _plan(layer, scene, Space(width_px=rect.width, share=0))
    return smallest if smallest.height_px <= rect.height else None


def _lose_lines(layer: StackLayer, scene: Scene, rect: Rect) -> PlannedStack:
    for lost in range(1, MOST_LINES_LOST):
        space = Space(width_px=rect.width, share=0, fewer_lines=lost)
        stack = _plan(layer, scene, space)
        if stack.height_px <= rect.height:
            return stack
    return _plan(layer, scene, Space(width_px=rect.width, share=0, fewer_lines=MOST_LINES_LOST))


def _plan(layer: StackLayer, scene: Scene, space: Space) -> PlannedStack:
    gaps = layer.gaps or (layer.gap,) * (len(layer.items) - 1)
    items: list[tuple[Layer, Planned]] = []
    above: list[float] = []
    for item, gap in zip(layer.items, (0.0, *gaps), strict=True):
        planned = plan_item(item, scene=scene, space=space) if scene.is_drawn(item) else None
        if planned is not None:
            items.append((item, planned))
            above.append(gap)
    return PlannedStack(tuple(items), tuple(above[1:]), space.width_px)
