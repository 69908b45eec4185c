"""What people call a day, and the civil days it can mean, seen from today."""

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.errors import Unreadable

LEAP_YEARS = 8
"""29 February comes back within eight years, even around 2100."""


@dataclass(frozen=True)
class Fixed:
    """One certain day; a weekday named with it must agree."""

    day: date
    weekday: int | None = None


@dataclass(frozen=True)
class Calendar:
    """A day of a month; month and year may be left out. Bare: a mere number that needs the other end's month."""

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    is_bare: bool = False


@dataclass(frozen=True)
class Weekday:
    """`Friday`, `this Friday`, `next Friday`; 0 is Monday."""

    weekday: int
    which: str = ""


@dataclass(frozen=True)
class MonthEnd:
    """The last day of a month; of the running one when it has no name."""

    month: int | None = None
    year: int | None = None


Day = Fixed | Calendar | Weekday | MonthEnd


def days_meant(day: Day, today: date) -> tuple[date, ...]:
    """Give the days a name can mean from today on, likeliest first; explicit years may lie in the past.

    Raises:
        Unreadable: `no_such_day`.
    """
    match day:
        case Fixed():
            return agreeing(day.day, day.weekday)
        case Calendar():
            return _calendar_days(day, today)
        case Weekday():
            return _weekdays(day, today)
        case MonthEnd():
            return (month_end(day, today),)


def first_from(day: Calendar, floor: date) -> date:
    """Give the first such day from `floor` on; the year is the given one if there is one."""
    months = [day.month] if day.month else list(range(1, 13))
    years = [day.year] if day.year else list(range(floor.year, floor.year + LEAP_YEARS + 1))
    found = [date(year, month, day.day) for year in years for month in months if _exists(year, month, day.day)]
    fitting = [each for each in found if day.year or each >= floor]
    if not fitting:
        raise Unreadable("no_such_day")
    return fitting[0]


def last_before(day: Calendar, today: date) -> date | None:
    """Give the latest such day of the year before today (a period may be under way), or None."""
    past = (today - timedelta(days=n) for n in range(1, 367))
    return next((each for each in past if each.day == day.day and day.month in {None, each.month}), None)


def coming(weekday: int, floor: date) -> date:
    """Give the first such weekday from `floor` on."""
    return floor + timedelta(days=(weekday - floor.weekday()) % 7)


def month_end(day: MonthEnd, today: date) -> date:
    """Give the last day of the named month (its next occurrence) or of the running one."""
    month = day.month or today.month
    year = day.year or (today.year if month >= today.month else today.year + 1)
    return date(year, month, calendar.monthrange(year, month)[1])


def agreeing(day: date, weekday: int | None) -> tuple[date, ...]:
    """Give the day, or the day and the nearest one that is the named weekday."""
    if weekday is None or day.weekday() == weekday:
        return (day,)
    ahead = (weekday - day.weekday()) % 7
    return (day, day + timedelta(days=ahead if ahead <= 3 else ahead - 7))


def _calendar_days(day: Calendar, today: date) -> tuple[date, ...]:
    found = first_from(day, today)
    if day.month is None and day.year is None and found == today:
        later = first_from(replace(day, weekday=None), today + timedelta(days=1))
        return (today, later)
    return agreeing(found, day.weekday)


def _weekdays(day: Weekday, today: date) -> tuple[date, ...]:
    if day.which == "this":
        return (coming(day.weekday, today),)
    after_today = coming(day.weekday, today + timedelta(days=1))
    if day.which == "next":
        next_monday = coming(0, today + timedelta(days=1))
        return tuple(dict.fromkeys((after_today, coming(day.weekday, next_monday))))
    return (today, after_today) if today.weekday() == day.weekday else (after_today,)


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= year <= 9998 and 1 <= day <= calendar.monthrange(year, month)[1]
