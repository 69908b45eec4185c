"""A pen measures and draws one line of text in one style, at any size.

Advances are measured once at a reference size and scale; the ink of a line is drawn once per size.
`bot.rendering.fitting` measures with it, the setters draw with it.
"""

from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from bot.rendering.bounded import BoundedCache
from bot.rendering.fonts import REFERENCE_PX, Face, Run, split_clusters, split_runs


@dataclass(frozen=True)
class Ink:
    """The drawn line: a mask, and where its corner lies from the pen's start on the baseline."""

    mask: Image.Image
    left: int
    top: int
    width_px: float
    """Advance of the line."""


_INKS: BoundedCache[Ink] = BoundedCache(max_bytes=24_000_000, weigh=lambda ink: ink.mask.width * ink.mask.height + 400)


@dataclass(frozen=True, eq=False)
class Pen:
    """How a line is set: faces in order of preference, letter-spacing in em, OpenType features.

    `take_pen` gives the same object for the same wish, so it is compared by identity.
    """

    chain: tuple[Face, ...]
    tracking: float = 0
    features: tuple[str, ...] = ()

    @property
    def cap_height(self) -> float:
        """Height of capitals, in em."""
        return self.chain[0].cap_height

    def advance(self, text: str) -> float:
        """Measure a text, in em."""
        return _measure(self, text)

    def ink(self, text: str, size_px: int) -> Ink:
        """Draw a text at a size, once."""
        return _INKS.get_or_make((self, text, size_px), lambda: _draw(self, text, size_px))


@lru_cache(maxsize=256)
def take_pen(chain: tuple[Face, ...], *, tracking: float = 0, features: tuple[str, ...] = ()) -> Pen:
    """Return the pen for these faces, letter-spacing and features."""
    return Pen(chain, tracking, features)


def _features(pen: Pen) -> list[str] | None:
    return [*pen.features, *(["-liga"] if pen.tracking else [])] or None


@lru_cache(maxsize=8192)
def _measure(pen: Pen, text: str) -> float:
    features = _features(pen)
    total = 0.0
    for run in split_runs(text, pen.chain):
        font = run.face.at(REFERENCE_PX)
        total += font.getlength(run.text, features=features) / REFERENCE_PX
        total += pen.tracking * len(split_clusters(run.text))
    return total - pen.tracking if total else 0.0


def _draw(pen: Pen, text: str, size_px: int) -> Ink:
    width_px = pen.advance(text) * size_px
    pad, baseline = size_px // 2, round(1.35 * size_px)
    canvas = Image.new("L", (round(width_px) + 2 * pad, 2 * size_px), 0)
    draw = ImageDraw.Draw(canvas)
    x = float(pad)
    for run in split_runs(text, pen.chain):
        x = _draw_run(draw, run, pen, size_px, at=(x, baseline))
    box = canvas.getbbox() or (pad, baseline, pad + 1, baseline + 1)
    return Ink(canvas.crop(box), box[0] - pad, box[1] - baseline, width_px)


def _draw_run(draw: ImageDraw.ImageDraw, run: Run, pen: Pen, size: int, *, at: tuple[float, int]) -> float:
    font, features = run.face.at(size), _features(pen)
    x, y = at
    if not pen.tracking:
        draw.text((x, y), run.text, fill=255, font=font, anchor="ls", features=features)
        return x + font.getlength(run.text, features=features)
    so_far = ""
    for index, cluster in enumerate(split_clusters(run.text)):
        shift = _advance_before(run.face, so_far, cluster, features) * size + index * pen.tracking * size
        draw.text((x + shift, y), cluster, fill=255, font=font, anchor="ls", features=features)
        so_far += cluster
    spaced = pen.tracking * size * len(split_clusters(run.text))
    return x + font.getlength(run.text, features=features) + spaced


def _advance_before(face: Face, before: str, cluster: str, features: list[str] | None) -> float:
    font = face.at(REFERENCE_PX)
    both = font.getlength(before + cluster, features=features)
    return (both - font.getlength(cluster, features=features)) / REFERENCE_PX
