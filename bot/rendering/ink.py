"""Put lines of text on a canvas: aligned to the eye, and visibly marked where a value is unconfirmed."""

from dataclasses import dataclass

from PIL import Image

from bot.rendering.design import Color
from bot.rendering.marks import Marked
from bot.rendering.pen import Pen
from bot.rendering.stamp import stamp

HIGHLIGHT = 46
"""Strength of the highlight under unconfirmed text, of 255."""


@dataclass(frozen=True)
class Hand:
    """Pen, size and colour that a line is drawn with."""

    pen: Pen
    size_px: int
    color: Color

    @property
    def cap_px(self) -> float:
        """Height of capitals, in pixels."""
        return self.pen.cap_height * self.size_px

    def width_px(self, text: str) -> float:
        """Measure a printed text."""
        return self.pen.advance(text) * self.size_px


def align_line(text: str, *, hand: Hand, left: float, width_px: float, align: str) -> float:
    """Return where the pen starts so that the ink, not the advance, meets the edge."""
    ink = hand.pen.ink(text, hand.size_px)
    if align == "left":
        return left - ink.left
    if align == "right":
        return left + width_px - ink.left - ink.mask.width
    return left + (width_px - ink.width_px) / 2


def draw_line(canvas: Image.Image, line: Marked, *, hand: Hand, at: tuple[float, float]) -> None:
    """Draw one line; `at` is the pen's start on the baseline."""
    if not line.text.strip():
        return
    x, baseline = at
    for start, end in line.stretches:
        first = x + hand.width_px(line.text[:start])
        draw_mark(canvas, hand=hand, span=(first, x + hand.width_px(line.text[:end])), baseline=baseline)
    ink = hand.pen.ink(line.text, hand.size_px)
    stamp(canvas, hand.color, ink.mask, at=(round(x) + ink.left, round(baseline) + ink.top))


def draw_mark(canvas: Image.Image, *, hand: Hand, span: tuple[float, float], baseline: float) -> None:
    """Draw the sign of "not confirmed": a soft highlight and a dashed underline."""
    size = hand.size_px
    pad = max(3, min(12, round(size * 0.08)))
    left, right = round(span[0]) - pad, round(span[1]) + pad
    top, bottom = round(baseline - hand.cap_px) - pad, round(baseline + min(14, size * 0.14)) + pad
    _tint(canvas, (left, top, right, bottom), hand.color, HIGHLIGHT)
    thick = max(2, min(6, round(size * 0.045)))
    dash = max(8, min(20, round(size * 0.16)))
    for start in range(left, right, dash + dash // 2):
        canvas.paste(hand.color, (start, bottom - thick, min(right, start + dash), bottom))


def _tint(canvas: Image.Image, box: tuple[int, int, int, int], color: Color, strength: int) -> None:
    size = (max(1, box[2] - box[0]), max(1, box[3] - box[1]))
    stamp(canvas, color, Image.new("L", size, strength), at=(box[0], box[1]))
