"""Draw a picture layer by layer, starting from the highest snapshot that is still right.

Before each layer that a slot can change, the canvas is kept if something slow lies under it
(a photo, a drawing, a gradient). Editing one slot then repaints only what lies above.
"""

from dataclasses import dataclass

from PIL import Image

from bot.domain.layers import GradientLayer, ImageLayer, Layer, LogoLayer, PhotoLayer, ShapeLayer
from bot.rendering.bounded import BoundedCache
from bot.rendering.design import Design, Filling, Note
from bot.rendering.paint import paint
from bot.rendering.scene import Scene, slots_of

SLOW = (PhotoLayer, ImageLayer, GradientLayer, LogoLayer, ShapeLayer)
LayerKey = tuple[object, ...]


@dataclass(frozen=True)
class Snapshot:
    """The canvas after some layers, and what they had to say."""

    canvas: Image.Image
    notes: tuple[Note, ...]


_SNAPSHOTS: BoundedCache[Snapshot] = BoundedCache(
    max_bytes=120_000_000, weigh=lambda kept: kept.canvas.width * kept.canvas.height * 4
)


def compose(design: Design, *, format_name: str, filling: Filling) -> Snapshot:
    """Draw one format of a design with this filling."""
    scene = Scene(design, format_name=format_name, filling=filling)
    layers = scene.layout.layers
    keys = [_key(layer, scene) for layer in layers]
    stops = _choose_stops(layers)
    head = (design.key, format_name)
    start, kept = _find_snapshot(head, keys, stops)
    canvas = Image.new("RGB", scene.layout.size) if kept is None else kept.canvas.copy()
    notes = () if kept is None else kept.notes
    for index in range(start, len(layers)):
        if index in stops and index > start:
            _SNAPSHOTS.put((*head, *keys[:index]), Snapshot(canvas.copy(), notes))
        if scene.is_drawn(layers[index]):
            notes += paint(canvas, layers[index], scene)
    return Snapshot(canvas, tuple(dict.fromkeys(notes)))


def _key(layer: Layer, scene: Scene) -> LayerKey:
    """Say everything of the filling that can change what the layers look like."""
    slots = slots_of(layer)
    photos = tuple(scene.filling.photos[slot].digest for slot in slots if slot in scene.filling.photos)
    has = tuple(scene.has(slot) for slot in slots)
    marked = tuple(slot for slot in slots if slot in scene.filling.unconfirmed)
    texts = tuple(scene.words(source) for each in (layer, *layer.children()) for source in each.words())
    return (texts, photos, has, marked)


def _choose_stops(layers: tuple[Layer, ...]) -> frozenset[int]:
    stops: set[int] = set()
    has_slow_below = False
    for index, layer in enumerate(layers):
        if has_slow_below and slots_of(layer):
            stops.add(index)
            has_slow_below = False
        has_slow_below = has_slow_below or isinstance(layer, SLOW)
    return frozenset(stops)


def _find_snapshot(head: tuple[str, str], keys: list[LayerKey], stops: frozenset[int]) -> tuple[int, Snapshot | None]:
    for index in sorted(stops, reverse=True):
        kept = _SNAPSHOTS.get((*head, *keys[:index]))
        if kept is not None:
            return index, kept
    return 0, None
