"""What a render child can be asked, and what it answers: plain values that travel between processes.

`bot.rendering.renderer` makes them, `bot.rendering.child` carries them out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.rendition import Kind
from bot.rendering.design import Color, Filling, Picture, Source


@dataclass(frozen=True)
class DrawPicture:
    """Draw one format; the design travels pickled so that a child unpickles each version once."""

    pickled_design: bytes
    format_name: str
    kind: Kind
    filling: Filling


@dataclass(frozen=True)
class IngestPhoto:
    """Check and re-encode a person's picture."""

    data: bytes


@dataclass(frozen=True)
class DrawChart:
    """Draw a bar chart in the brand's colours and type."""

    title: str
    bars: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    """(label, ((part, count), …)) from top to bottom."""
    legend: Mapping[str, str]
    palette: tuple[Color, ...]
    fonts: Mapping[str, Source]
    """`title` and `text` -> font file."""


@dataclass(frozen=True)
class Checked:
    """A photo that may be used, re-encoded."""

    data: bytes
    width_px: int
    height_px: int


@dataclass(frozen=True)
class Refusal:
    """A photo that may not be used; becomes PhotoRefused in the parent."""

    reason: str
    facts: Mapping[str, object]


Task = DrawPicture | IngestPhoto | DrawChart
Answer = Picture | Checked | Refusal
