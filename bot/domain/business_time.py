"""Deadlines in headquarters' business hours: 8 hours from Friday noon end on Monday."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.policy import Calendar

LONGEST_WALK_DAYS = 400


def add_business_hours(at: datetime, hours: float, calendar: Calendar) -> datetime:
    """Give the instant, in UTC, at which `hours` of opening time have passed since `at`."""
    zone = ZoneInfo(calendar.time_zone)
    left = timedelta(hours=hours)
    first = at.astimezone(zone).date()
    for offset in range(LONGEST_WALK_DAYS):
        day = first + timedelta(days=offset)
        opens, closes = _hours_of(day, calendar, zone)
        begins = max(at, opens)
        if not _is_open(day, calendar) or begins >= closes:
            continue
        if begins + left <= closes:
            return begins + left
        left -= closes - begins
    return at + timedelta(hours=hours)


def _is_open(day: date, calendar: Calendar) -> bool:
    return day.weekday() in calendar.weekdays and day.isoformat() not in calendar.holidays


def _hours_of(day: date, calendar: Calendar, zone: ZoneInfo) -> tuple[datetime, datetime]:
    opens, closes = (time.fromisoformat(each) for each in (calendar.opens, calendar.closes))
    return (
        datetime.combine(day, opens, zone).astimezone(UTC),
        datetime.combine(day, closes, zone).astimezone(UTC),
    )
