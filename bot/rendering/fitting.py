"""Text that fits itself: the largest size at which the words stand in their box.

Sizes are whole pixels, found by binary search over advances measured once. What does not fit at
the smallest size is cut with an ellipsis and counted, so that the caller can say so.
"""

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf

from bot.rendering.breaking import Breaker, join_words
from bot.rendering.fonts import split_clusters
from bot.rendering.marks import CLOSE, strip_marks
from bot.rendering.pen import Pen

ELLIPSIS = "…"


@dataclass(frozen=True)
class Room:
    """What a block may take: pixels and lines."""

    width_px: float
    height_px: float = inf
    max_lines: int = 1


@dataclass(frozen=True)
class Type:
    """How a block is set, completed from the layout's style."""

    pen: Pen
    smallest_px: int
    largest_px: int
    leading: float
    is_balanced: bool = False

    def capped(self, share: float) -> "Type":
        """Lower the largest size: 1 keeps it, 0 brings it down to the smallest."""
        largest = round(self.smallest_px + share * (self.largest_px - self.smallest_px))
        return replace(self, largest_px=largest)


@dataclass(frozen=True)
class Block:
    """Fitted lines (still with their marks); `cut_graphemes` counts what had to be left out."""

    lines: tuple[str, ...]
    size_px: int
    pitch_px: float
    cap_px: float
    width_px: float
    cut_graphemes: int = 0

    @property
    def height_px(self) -> float:
        """From the top of the first line's capitals to the last baseline."""
        return self.cap_px + (len(self.lines) - 1) * self.pitch_px if self.lines else 0.0


@lru_cache(maxsize=4096)
def fit(text: str, *, style: Type, room: Room) -> Block:
    """Set a text as large as its style and the room allow."""
    paragraphs = [_take_breaker(each, style.pen) for each in text.split("\n")]
    low, high = style.smallest_px, style.largest_px
    if not _fits(paragraphs, low, style, room):
        return _cut(paragraphs, style, room)
    while low < high:
        middle = (low + high + 1) // 2
        if _fits(paragraphs, middle, style, room):
            low = middle
        else:
            high = middle - 1
    return _build(_break(paragraphs, low, style, room), low, style)


@lru_cache(maxsize=1024)
def _take_breaker(paragraph: str, pen: Pen) -> Breaker:
    return Breaker(paragraph, measure=lambda piece: pen.advance(strip_marks(piece)))


def _break(paragraphs: list[Breaker], size_px: int, style: Type, room: Room) -> list[str]:
    width = room.width_px / size_px
    broken = [
        each.balance(width) if style.is_balanced else each.rescue_last(each.break_at(width), width=width)
        for each in paragraphs
    ]
    return [join_words(line) for lines in broken for line in lines]


def _fits(paragraphs: list[Breaker], size_px: int, style: Type, room: Room) -> bool:
    width = room.width_px / size_px
    if any(each.widest_word > width for each in paragraphs):
        return False
    count = sum(len(each.break_at(width)) for each in paragraphs)
    height = style.pen.cap_height * size_px + (count - 1) * style.leading * size_px
    return count <= room.max_lines and height <= room.height_px + 0.5


def _build(lines: list[str], size_px: int, style: Type, *, cut: int = 0) -> Block:
    return Block(
        lines=tuple(lines),
        size_px=size_px,
        pitch_px=style.leading * size_px,
        cap_px=style.pen.cap_height * size_px,
        width_px=max((style.pen.advance(strip_marks(line)) * size_px for line in lines), default=0.0),
        cut_graphemes=cut,
    )


def _cut(paragraphs: list[Breaker], style: Type, room: Room) -> Block:
    size = style.smallest_px
    pitch = style.leading * size
    by_height = 1 + (room.height_px - style.pen.cap_height * size) / pitch
    allowed = max(1, int(min(room.max_lines, by_height)))
    width = room.width_px / size
    lines = [join_words(line) for each in paragraphs for line in each.break_at(width)]
    kept = [_shorten(line, style.pen, width=width, is_last=False) for line in lines[:allowed]]
    if len(lines) > allowed:
        kept[-1] = _shorten(lines[allowed - 1], style.pen, width=width, is_last=True)
    return _build(kept, size, style, cut=_count(lines) - _count(kept))


def _shorten(line: str, pen: Pen, *, width: float, is_last: bool) -> str:
    if not is_last and pen.advance(strip_marks(line)) <= width:
        return line
    clusters = split_clusters(line)

    def shorten(count: int) -> str:
        return "".join(clusters[:count]).rstrip()

    def is_too_wide(count: int) -> bool:
        return pen.advance(strip_marks(shorten(count)) + ELLIPSIS) > width

    kept = shorten(max(0, bisect_left(range(len(clusters) + 1), 1, key=is_too_wide) - 1))
    closing = CLOSE if CLOSE in line and CLOSE not in kept else ""
    return kept + closing + ELLIPSIS


def _count(lines: list[str]) -> int:
    return sum(len(split_clusters(strip_marks(line).removesuffix(ELLIPSIS))) for line in lines)
