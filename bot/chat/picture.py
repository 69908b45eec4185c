"""A stored picture with the words for who cannot see it."""

from bot.domain.frozen import Frozen
from bot.domain.ids import Digest


class Picture(Frozen):
    """A stored picture (bot/store/media.py) with the words for who cannot see it."""

    digest: Digest
    alt: str
    width_px: int
    height_px: int
    media_type: str = "image/jpeg"
    title: str = ""
