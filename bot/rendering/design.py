"""What the parent hands to a render child: a design, what fills it, and what came of it.

Plain values that travel between processes; nothing here needs Pillow.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.layout import Layout
from bot.domain.rendition import Kind

Color = tuple[int, int, int]


@dataclass(frozen=True)
class Source:
    """A file and the digest of its content."""

    path: Path
    digest: str


@dataclass(frozen=True)
class Design:
    """One version of a template with everything of the brand that it draws from."""

    key: str
    """Digest of template and brand version."""
    palette: Mapping[str, Color]
    fonts: Mapping[tuple[str, str], Source]
    """(role, weight name) -> font file."""
    logos: Mapping[str, Source]
    files: Mapping[str, Source]
    """Path as written in layout.yaml -> file."""
    layout: Layout


@dataclass(frozen=True)
class Filling:
    """What goes into the blanks of one picture."""

    values: Mapping[str, str]
    """Slot -> text as it is typeset; every slot is there, empty where nothing is."""
    copy: Mapping[str, str]
    photos: Mapping[str, Source] = field(default_factory=dict)
    unconfirmed: frozenset[str] = frozenset()
    """Slots to draw marked."""


@dataclass(frozen=True)
class Overflow:
    """A text did not fit at its smallest size: so many graphemes were left out."""

    layer: str
    slot: str
    cut_graphemes: int


@dataclass(frozen=True)
class Unprintable:
    """No font of the brand can print these graphemes; they were left out."""

    layer: str
    slot: str
    graphemes: tuple[str, ...]


Note = Overflow | Unprintable


@dataclass(frozen=True)
class Picture:
    """One finished file and what has to be said about it."""

    data: bytes
    media_type: str
    kind: Kind
    width_px: int
    height_px: int
    notes: tuple[Note, ...] = ()


def read_color(written: str) -> Color:
    """Turn `#rrggbb` into red, green and blue."""
    digits = written.removeprefix("#")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
