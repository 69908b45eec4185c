"""What `/glocal templates` says of a template on top of its own file: it may narrow, never widen."""

from datetime import date

from bot.domain.frozen import Frozen


class Switch(Frozen):
    """A template turned on or off, perhaps between two days (both included)."""

    is_on: bool = True
    valid_from: date | None = None
    valid_until: date | None = None
