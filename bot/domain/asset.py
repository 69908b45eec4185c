"""A source file of the brand, with rights and expiry."""

from datetime import date

from bot.domain.frozen import Frozen
from bot.domain.ids import Digest


class Asset(Frozen):
    """One file of brand_assets/: fonts, logos, drawings, photos."""

    path: str
    """As written in the YAML file that uses it."""
    digest: Digest
    licence: str = ""
    expires_on: date | None = None
