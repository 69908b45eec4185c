from datetime import UTC, datetime

import pytest

from bot.domain.business_time import add_business_hours
from bot.domain.policy import Calendar

CHICAGO = Calendar(time_zone="America/Chicago", opens="08:00", closes="18:00", holidays=("2026-11-26",))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Give an instant of November 2026 by its UTC clock; Chicago is six hours behind."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("begins", "hours", "ends"),
    [
        (at(23, 15), 4, at(23, 19)),
        (at(23, 22), 4, at(24, 16)),
        (at(24, 3), 1, at(24, 15)),
        (at(25, 23), 2, at(27, 15)),
        (at(27, 23), 2, at(30, 15)),
    ],
    ids=["within the day", "into the next", "before opening", "over a holiday", "over a weekend"],
)
def test_hours_count_only_while_headquarters_is_open(begins: datetime, hours: float, ends: datetime) -> None:
    """Nights, weekends and holidays do not use up anybody's time."""
    assert add_business_hours(begins, hours, CHICAGO) == ends


def test_a_calendar_that_never_opens_still_ends() -> None:
    """A calendar without a working day falls back to plain hours instead of walking for ever."""
    never = Calendar(weekdays=())

    assert add_business_hours(at(23, 12), 3, never) == at(23, 15)
