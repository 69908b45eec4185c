"""Boxes, grids and sizes: where a layer stands, said relative to its format.

Used by `bot.domain.layout`; `bot.rendering` asks a `Box` for its pixels.
"""

from typing import Annotated, NamedTuple, Self

from pydantic import BeforeValidator, Field, model_validator

from bot.domain.frozen import Frozen


class Rect(NamedTuple):
    """Pixels of a box: left, top, width, height."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column of pixels to the right of the box."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row of pixels below the box."""
        return self.y + self.height


class Pixels(Frozen):
    """A length in pixels of the format's own size, written `76px`."""

    px: float


def _read_length(written: object) -> object:
    if isinstance(written, str) and written.endswith("px"):
        return Pixels(px=float(written.removesuffix("px").strip()))
    return written


Length = Annotated[
    Pixels | Annotated[float, Field(ge=-1, le=2)],
    BeforeValidator(_read_length),
]


def measure(length: Length, *, whole_px: int) -> float:
    """Turn a fraction of `whole_px`, or a length written in pixels, into pixels."""
    return length.px if isinstance(length, Pixels) else length * whole_px


class Grid(Frozen):
    """Columns and rows between the margins; lengths are fractions of the short side, or `NNpx`."""

    margin: Length = 0.07
    top: Length | None = None
    bottom: Length | None = None
    gutter: Length = 0.02
    columns: int = Field(default=12, ge=1, le=24)
    rows: int = Field(default=12, ge=1, le=48)

    def column_span(self, first: int, last: int, *, size: tuple[int, int]) -> tuple[float, float]:
        """Return left edge and width of the columns `first`..`last`, counted from 1."""
        short = min(size)
        margin = measure(self.margin, whole_px=short)
        gutter = measure(self.gutter, whole_px=short)
        return _span(first, last, of=self.columns, start=margin, end=size[0] - margin, gutter=gutter)

    def row_span(self, first: int, last: int, *, size: tuple[int, int]) -> tuple[float, float]:
        """Return top edge and height of the rows `first`..`last`, counted from 1."""
        short = min(size)
        top = measure(self.margin if self.top is None else self.top, whole_px=short)
        bottom = measure(self.margin if self.bottom is None else self.bottom, whole_px=short)
        gutter = measure(self.gutter, whole_px=short)
        return _span(first, last, of=self.rows, start=top, end=size[1] - bottom, gutter=gutter)


def _span(first: int, last: int, *, of: int, start: float, end: float, gutter: float) -> tuple[float, float]:
    cell = (end - start - gutter * (of - 1)) / of
    return start + (first - 1) * (cell + gutter), (last - first + 1) * (cell + gutter) - gutter


Span = tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1)]]


class Box(Frozen):
    """A place in a format.

    Across: `cols`, or two of `x`, `w`, `right`. Down: `rows`, or two of `y`, `h`, `bottom`.
    `right` and `bottom` are distances from the far edge. What is left out fills the format.
    """

    cols: Span | None = None
    rows: Span | None = None
    x: Length | None = None
    w: Length | None = None
    right: Length | None = None
    y: Length | None = None
    h: Length | None = None
    bottom: Length | None = None

    @model_validator(mode="after")
    def _say_each_direction_once(self) -> Self:
        for span, edges, names in (
            (self.cols, (self.x, self.w, self.right), "cols, or at most two of x, w, right"),
            (self.rows, (self.y, self.h, self.bottom), "rows, or at most two of y, h, bottom"),
        ):
            given = sum(edge is not None for edge in edges)
            if given > 2 or (span and given):
                detail = f"give {names}"
                raise ValueError(detail)
            if span and span[0] > span[1]:
                detail = f"a span runs from a lower number to a higher one, not {list(span)}"
                raise ValueError(detail)
        return self

    def place(self, *, size: tuple[int, int], grid: Grid) -> Rect:
        """Return the pixels of this box in a format of this size (width, height)."""
        if self.cols:
            left, width = grid.column_span(*self.cols, size=size)
        else:
            left, width = _extent(self.x, self.w, self.right, whole_px=size[0])
        if self.rows:
            top, height = grid.row_span(*self.rows, size=size)
        else:
            top, height = _extent(self.y, self.h, self.bottom, whole_px=size[1])
        x, y = round(left), round(top)
        return Rect(x, y, round(left + width) - x, round(top + height) - y)


def _extent(start: Length | None, extent: Length | None, end: Length | None, *, whole_px: int) -> tuple[float, float]:
    first = None if start is None else measure(start, whole_px=whole_px)
    length = None if extent is None else measure(extent, whole_px=whole_px)
    last = None if end is None else whole_px - measure(end, whole_px=whole_px)
    if first is None:
        first = last - length if last is not None and length is not None else 0.0
    if length is None:
        length = (whole_px if last is None else last) - first
    return first, length
