"""Linear gradients of palette colours; a scrim is one whose opacity changes."""

from PIL import Image

from bot.domain.geometry import Rect
from bot.domain.layers import GradientLayer, Stop
from bot.rendering.scene import Scene

STEPS = 256
Ramp = list[tuple[int, int, int, int]]


def paint_gradient(canvas: Image.Image, layer: GradientLayer, *, scene: Scene, rect: Rect) -> None:
    """Draw a gradient over its box."""
    stops = sorted(layer.stops, key=lambda stop: stop.at)
    ramp = [_mix(stops, step / (STEPS - 1), scene) for step in range(STEPS)]
    if layer.toward in ("top", "left"):
        ramp.reverse()
    strip = Image.new("RGBA", (STEPS, 1))
    strip.putdata(ramp)
    if layer.toward in ("bottom", "top"):
        strip = strip.transpose(Image.Transpose.ROTATE_270)
    size = (rect.width, rect.height)
    colors = strip.convert("RGB").resize(size, Image.Resampling.BILINEAR)
    mask = strip.getchannel("A").resize(size, Image.Resampling.BILINEAR)
    canvas.paste(colors, (rect.x, rect.y), mask)


def _mix(stops: list[Stop], at: float, scene: Scene) -> tuple[int, int, int, int]:
    before = max((stop for stop in stops if stop.at <= at), key=lambda stop: stop.at, default=stops[0])
    after = min((stop for stop in stops if stop.at >= at), key=lambda stop: stop.at, default=stops[-1])
    span = after.at - before.at
    share = (at - before.at) / span if span else 0.0
    eased = share * share * (3 - 2 * share)
    first = (*scene.color(before.color), round(255 * before.opacity))
    last = (*scene.color(after.color), round(255 * after.opacity))
    red, green, blue, alpha = (round(a + (b - a) * eased) for a, b in zip(first, last, strict=True))
    return red, green, blue, alpha
