"""Draw a picture layer by layer, starting from the highest snapshot that is still right.

Before each layer that a slot can change, the canvas is kept if something slow lies under it
(a photo, a drawing, a gradient). Editing one slot then repaints only what lies above.
"""

from dataclasses import dataclass

from PIL import Image

from bot.domain.layers import GradientLayer, ImageLayer, Layer, PhotoLayer
from bot.domain.set_layers import AnyLayer
from bot.rendering.bounded import BoundedCache
from bot.rendering.design import Design, Filling, Note
from bot.rendering.paint import paint
from bot.rendering.scene import LayerState, Scene, slots_of

SLOW = (PhotoLayer, ImageLayer, GradientLayer)


@dataclass(frozen=True)
class Snapshot:
    """The canvas after some layers, and what they had to say."""

    canvas: Image.Image
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Sheet:
    """What one format of a design always needs to know about its layers."""

    slots: tuple[tuple[str, ...], ...]
    sources: tuple[tuple[str, ...], ...]
    stops: frozenset[int]
    """Layers before which the canvas is worth keeping."""


_SNAPSHOTS: BoundedCache[Snapshot] = BoundedCache(
    limit=120_000_000, weigh=lambda kept: kept.canvas.width * kept.canvas.height * 4
)
_SHEETS: BoundedCache[Sheet] = BoundedCache(limit=256, weigh=lambda _: 1)


def compose(design: Design, *, format_name: str, filling: Filling) -> Snapshot:
    """Draw one format of a design with this filling."""
    scene = Scene(design, format_name=format_name, filling=filling)
    layers = scene.layout.layers
    head = (design.key, format_name)
    sheet = _SHEETS.get_or_make(head, lambda: _read_sheet(layers))
    states = [scene.state(*each) for each in zip(sheet.slots, sheet.sources, strict=True)]
    start, kept = _find_snapshot(head, states, sheet.stops)
    canvas = Image.new("RGB", scene.layout.size) if kept is None else kept.canvas.copy()
    notes = () if kept is None else kept.notes
    for index in range(start, len(layers)):
        if index in sheet.stops and index > start:
            _SNAPSHOTS.put((head, *states[:index]), Snapshot(canvas.copy(), notes))
        if scene.is_drawn(layers[index]):
            notes += paint(canvas, layers[index], scene, key=(*head, index, states[index]))
    return Snapshot(canvas, tuple(dict.fromkeys(notes)))


def _read_sheet(layers: tuple[AnyLayer, ...]) -> Sheet:
    return Sheet(
        slots=tuple(slots_of(layer) for layer in layers),
        sources=tuple(
            tuple(source for each in (layer, *layer.children()) for source in each.words()) for layer in layers
        ),
        stops=_choose_stops(layers),
    )


def _choose_stops(layers: tuple[Layer, ...]) -> frozenset[int]:
    stops: set[int] = set()
    has_slow_below = False
    for index, layer in enumerate(layers):
        if has_slow_below and slots_of(layer):
            stops.add(index)
            has_slow_below = False
        has_slow_below = has_slow_below or isinstance(layer, SLOW)
    return frozenset(stops)


def _find_snapshot(
    head: tuple[str, str], states: list[LayerState], stops: frozenset[int]
) -> tuple[int, Snapshot | None]:
    for index in sorted(stops, reverse=True):
        kept = _SNAPSHOTS.get((head, *states[:index]))
        if kept is not None:
            return index, kept
    return 0, None
