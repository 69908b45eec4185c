"""What reading a date yields: a period of whole days, or a few candidate periods."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Period:
    """The first and the last day, both included."""

    first: date
    last: date

    @property
    def length_days(self) -> int:
        """Count the days."""
        return (self.last - self.first).days + 1

    def days(self, most: int) -> tuple[date, ...]:
        """List the days, at most so many."""
        return tuple(self.first + timedelta(days=n) for n in range(min(self.length_days, most)))


@dataclass(frozen=True)
class PeriodReading:
    """Candidate periods, likeliest first; sure only when there is one and nothing is doubtful."""

    periods: tuple[Period, ...]
    is_sure: bool
    is_open: bool = False
    """Only a first day was said (`from Friday`)."""
