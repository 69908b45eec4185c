"""Set a price as a lockup: the major units large, currency and minor units smaller and raised."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import regex
from PIL import Image

from bot.domain.layers import Layer
from bot.domain.set_layers import TextStyle
from bot.rendering.design import Note, Overflow
from bot.rendering.fitting import Type
from bot.rendering.fonts import split_clusters
from bot.rendering.ink import Hand, draw_line, draw_mark
from bot.rendering.marks import OPEN, Marked, strip_marks
from bot.rendering.planned import Space
from bot.rendering.scene import Scene, blame

GAP_EM = 0.055
AFTER_GAP_EM = 0.1
_PRICE = regex.compile(
    r"^(?P<before>\D*?)\s*(?P<major>\d(?:[\d.,'’\s]*\d)?)(?:[.,](?P<minor>\d{2}))?\s*(?P<after>[^\d]*)$"
)


@dataclass(frozen=True)
class PriceParts:
    """A typeset price taken apart; `before` and `after` hold the currency."""

    before: str
    major: str
    minor: str
    after: str


def split_price(text: str) -> PriceParts | None:
    """Take a typeset price apart; None when it does not read as one price."""
    found = _PRICE.match(text.strip())
    if found is None:
        return None
    before, major, minor, after = (found[name] or "" for name in ("before", "major", "minor", "after"))
    tail = regex.match(r"^(.*\d)[.,](\d{2})$", major)
    if not minor and tail:
        major, minor = tail[1], tail[2]
    return PriceParts(before.strip(), major, minor, after.strip())


@dataclass(frozen=True)
class Piece:
    """A stretch of the lockup: text, its hand, how far it is raised, and the gap before it."""

    text: str
    hand: Hand
    raised_px: float
    gap_em: float = GAP_EM


@dataclass(frozen=True)
class PlannedPrice:
    """A lockup that found its size."""

    pieces: tuple[Piece, ...]
    main: Hand
    align: str
    width_px: float
    is_marked: bool
    notes: tuple[Note, ...]

    @property
    def height_px(self) -> float:
        """Height of the large figures."""
        return self.main.cap_px

    @property
    def lockup_px(self) -> float:
        """Width of the lockup itself."""
        return _measure(self.pieces, self.main.size_px)

    def draw(self, canvas: Image.Image, *, x: float, y: float) -> None:
        """Draw the pieces side by side, aligned inside the width."""
        free = self.width_px - self.lockup_px
        pen_x = x + {"left": 0.0, "center": free / 2, "right": free}[self.align]
        baseline = y + self.main.cap_px
        if self.is_marked:
            span = (pen_x, pen_x + self.lockup_px)
            draw_mark(canvas, hand=self.main, span=span, baseline=baseline)
        for piece in self.pieces:
            pen_x += piece.gap_em * self.main.size_px
            draw_line(canvas, Marked(piece.text), hand=piece.hand, at=(pen_x, baseline - piece.raised_px))
            pen_x += piece.hand.width_px(piece.text)


@dataclass(frozen=True)
class Lockup:
    """How a price is built: its style, how large the small parts are, whether they are raised."""

    style: TextStyle
    small: float
    is_raised: bool


def plan_price(source: str, *, lockup: Lockup, layer: Layer, scene: Scene, space: Space) -> PlannedPrice | None:
    """Fit a price; None when there is none. A text that is no price is set as one piece."""
    full = scene.style(lockup.style)
    marked = scene.words(source)
    text = strip_marks(marked)
    if not text:
        return None
    face = scene.type(full, share=space.share)
    parts = split_price(text) or PriceParts("", text, "", "")
    color = scene.color(full.color or "")

    def build(size_px: int) -> tuple[Piece, ...]:
        return _build(parts, Hand(face.pen, size_px, color), lockup)

    size = _largest(face, space, lambda size_px: _measure(build(size_px), size_px))
    is_cut = _measure(build(size), size) > space.width_px
    lost = len(split_clusters(text))
    cut = [Overflow(layer.name, slot, lost) for slot in blame(layer)] if is_cut else []
    return PlannedPrice(
        pieces=build(size),
        main=Hand(face.pen, size, color),
        align=full.align or "left",
        width_px=space.width_px,
        is_marked=OPEN in marked,
        notes=(*cut, *scene.find_unprintable(text, pen=face.pen, layer=layer)),
    )


def _largest(face: Type, space: Space, measure: Callable[[int], float]) -> int:
    low, high = face.smallest_px, face.largest_px
    while low < high:
        middle = (low + high + 1) // 2
        fits_down = face.pen.cap_height * middle <= space.height_px
        if fits_down and measure(middle) <= space.width_px:
            low = middle
        else:
            high = middle - 1
    return low


def _build(parts: PriceParts, main: Hand, lockup: Lockup) -> tuple[Piece, ...]:
    side = Hand(main.pen, max(1, round(main.size_px * lockup.small)), main.color)
    raised = main.cap_px - side.cap_px if lockup.is_raised else 0.0
    pieces = (
        Piece(parts.before, side, raised),
        Piece(parts.major, main, 0.0),
        Piece(parts.minor, side, raised),
        Piece(parts.after, side, raised, AFTER_GAP_EM),
    )
    shown = [piece for piece in pieces if piece.text]
    return (replace(shown[0], gap_em=0.0), *shown[1:])


def _measure(pieces: tuple[Piece, ...], size_px: int) -> float:
    return sum(piece.hand.width_px(piece.text) + piece.gap_em * size_px for piece in pieces)
