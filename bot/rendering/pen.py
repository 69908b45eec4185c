"""A pen measures and draws one line of text in one style, at any size.

Advances are measured once at a reference size and scale; the ink of a line is drawn once per size.
`bot.rendering.fitting` measures with it, the setters draw with it.
"""

from dataclasses import dataclass
from functools import lru_cache, partial

from PIL import Image, ImageDraw, features

from bot.rendering.bounded import BoundedCache
from bot.rendering.fonts import REFERENCE_PX, Face, Run, split_clusters, split_runs

PHASES = 4
"""Places between two pixels where a letter-spaced glyph may stand."""


@dataclass(frozen=True)
class Ink:
    """The drawn line: a mask, and where its corner lies from the pen's start on the baseline."""

    mask: Image.Image
    left: int
    top: int
    width_px: float
    """Advance of the line."""


_INKS: BoundedCache[Ink] = BoundedCache(limit=24_000_000, weigh=lambda ink: ink.mask.width * ink.mask.height + 400)


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
    if not features.check("raqm"):  # without FriBiDi on the machine Pillow refuses features; `doctor` says so
        return None
    return [*pen.features, *(["-liga"] if pen.tracking else [])] or None


@lru_cache(maxsize=8192)
def _measure(pen: Pen, text: str) -> float:
    wanted = _features(pen)
    total = 0.0
    for run in split_runs(text, pen.chain):
        font = run.face.at(REFERENCE_PX)
        total += font.getlength(run.text, features=wanted) / REFERENCE_PX
        total += pen.tracking * len(split_clusters(run.text))
    return total - pen.tracking if total else 0.0


def _draw(pen: Pen, text: str, size_px: int) -> Ink:
    width_px = pen.advance(text) * size_px
    pad, baseline = size_px // 2, round(1.35 * size_px)
    canvas = Image.new("L", (round(width_px) + 2 * pad, 2 * size_px), 0)
    x = float(pad)
    for run in split_runs(text, pen.chain):
        if pen.tracking:
            x = _draw_spaced(canvas, run, pen, size_px, at=(x, baseline))
        else:
            font, wanted = run.face.at(size_px), _features(pen)
            ImageDraw.Draw(canvas).text((x, baseline), run.text, fill=255, font=font, anchor="ls", features=wanted)
            x += font.getlength(run.text, features=wanted)
    box = canvas.getbbox() or (pad, baseline, pad + 1, baseline + 1)
    return Ink(canvas.crop(box), box[0] - pad, box[1] - baseline, width_px)


def _draw_spaced(canvas: Image.Image, run: Run, pen: Pen, size: int, *, at: tuple[float, int]) -> float:
    """Draw grapheme by grapheme, as letter-spacing asks, with the font's kerning kept."""
    x, baseline = at
    before = ""
    for cluster in split_clusters(run.text):
        x += _kerning(pen, run.face, before, cluster) * size
        phase = round(x % 1 * PHASES)
        glyph = _INKS.get_or_make(
            (pen, run.face, cluster, size, phase), partial(_draw_glyph, pen, run.face, cluster, size, phase)
        )
        canvas.paste(255, (int(x) + glyph.left, baseline + glyph.top), glyph.mask)
        x += glyph.width_px + pen.tracking * size
        before = cluster
    return x


def _draw_glyph(pen: Pen, face: Face, cluster: str, size: int, phase: int) -> Ink:
    canvas = Image.new("L", (3 * size, 2 * size), 0)
    at = (size + phase / PHASES, round(1.35 * size))
    ImageDraw.Draw(canvas).text(at, cluster, fill=255, font=face.at(size), anchor="ls", features=_features(pen))
    box = canvas.getbbox() or (size, at[1], size + 1, at[1] + 1)
    return Ink(canvas.crop(box), box[0] - size, box[1] - at[1], _measure_cluster(pen, face, cluster) * size)


@lru_cache(maxsize=4096)
def _kerning(pen: Pen, face: Face, before: str, cluster: str) -> float:
    """Measure how much closer two graphemes stand than their advances say, in em."""
    if not before:
        return 0.0
    both = face.at(REFERENCE_PX).getlength(before + cluster, features=_features(pen)) / REFERENCE_PX
    return both - _measure_cluster(pen, face, before) - _measure_cluster(pen, face, cluster)


@lru_cache(maxsize=2048)
def _measure_cluster(pen: Pen, face: Face, cluster: str) -> float:
    return face.at(REFERENCE_PX).getlength(cluster, features=_features(pen)) / REFERENCE_PX
