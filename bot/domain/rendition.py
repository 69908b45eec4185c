"""Produced files: previews to look at, originals to deliver, and the pictures people gave us."""

from enum import StrEnum

from bot.domain.frozen import Frozen
from bot.domain.ids import Digest


class Kind(StrEnum):
    """What a rendition is for."""

    PREVIEW = "preview"
    ORIGINAL = "original"


class Rendition(Frozen):
    """One produced file of one draft in one format, named by its digest."""

    kind: Kind
    format: str
    digest: Digest
    media_type: str
    width_px: int
    height_px: int
    size_bytes: int
    overflows: tuple[str, ...] = ()
    """Slots whose text did not fit even at the smallest size."""
    unprintable: tuple[str, ...] = ()
    """Slots with characters that no font of the brand can print; they were left out."""


class Photo(Frozen):
    """A person's picture after checking: oriented, stripped, re-encoded."""

    digest: Digest
    width_px: int
    height_px: int
    size_bytes: int
    media_type: str = "image/jpeg"
