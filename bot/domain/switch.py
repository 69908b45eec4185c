"""What `/glocal templates` says of a template on top of its own file: it may narrow, never widen."""

from datetime import date

from bot.domain.frozen import Frozen


class Switch(Frozen):
    """A template turned on or off, perhaps between two days (both included)."""

    is_on: bool = True
    valid_from: date | None = None
    valid_until: date | None = None

    def allows(self, day: date) -> bool:
        """Tell whether the template may be used on this day."""
        has_begun = self.valid_from is None or self.valid_from <= day
        return self.is_on and has_begun and (self.valid_until is None or day <= self.valid_until)
