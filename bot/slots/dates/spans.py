"""Two named days joined to a period: the second is seen from the first, and each lends the other month and year."""

from dataclasses import replace
from datetime import date, timedelta

from bot.errors import Unreadable
from bot.slots.dates.days import (
    Calendar,
    Day,
    MonthEnd,
    Weekday,
    agreeing,
    coming,
    days_meant,
    first_from,
    last_before,
    month_end,
)
from bot.slots.dates.period import Period, PeriodReading

FAR_DAYS = 270
"""A date without a year this far ahead has probably just passed: ask."""
UNDERWAY_DAYS = 60


def single(day: Day, today: date) -> PeriodReading:
    """Read one day as a period of one day."""
    days = days_meant(day, today)
    return PeriodReading(tuple(Period(each, each) for each in days), is_sure=not _is_far(day, days[0], today))


def starting(day: Day, today: date) -> PeriodReading:
    """Read a first day whose last one is still to be said."""
    return replace(single(day, today), is_open=True)


def until(day: Day, today: date) -> PeriodReading:
    """Read everything from today up to a day."""
    days = days_meant(day, today)
    return PeriodReading(tuple(Period(today, each) for each in days), is_sure=not _is_far(day, days[0], today))


def neighbours(left: Day, right: Day, today: date) -> PeriodReading:
    """Read `Saturday and Sunday`: two days that follow each other."""
    found = between(left, right, today)
    if any(period.length_days != 2 for period in found.periods):
        raise Unreadable("days_apart")
    return found


def between(left: Day, right: Day, today: date) -> PeriodReading:
    """Read a first and a last day; one that has begun already is offered from today.

    Raises:
        Unreadable: `no_such_day`, `ends_before_start`.
    """
    left, right = _share(left, right)
    periods = [Period(first, last) for first in days_meant(left, today) for last in _lasts(left, right, first, today)]
    fitting = tuple(period for period in periods if period.first <= period.last)
    if not fitting:
        raise Unreadable("ends_before_start")
    underway = _underway(left, right, today)
    is_far = _is_far(left, fitting[0].first, today)
    if underway and is_far:
        return PeriodReading((underway,), is_sure=False)
    if underway:
        return PeriodReading((underway, *fitting), is_sure=False)
    return PeriodReading(fitting, is_sure=not is_far)


def _lasts(left: Day, right: Day, first: date, today: date) -> tuple[date, ...]:
    match right:
        case Calendar(year=None):
            return agreeing(first_from(right, first), right.weekday)
        case Weekday(which=""):
            is_week = isinstance(left, Weekday) and left.weekday == right.weekday
            return (coming(right.weekday, first + timedelta(days=int(is_week))),)
        case MonthEnd(month=None):
            return tuple(dict.fromkeys((month_end(right, today), month_end(right, first))))
        case _:
            return days_meant(right, today)


def _share(left: Day, right: Day) -> tuple[Day, Day]:
    """Let `Dec 4–6` and `4–6 décembre 2027` lend month and year to the end that lacks them."""
    if not isinstance(left, Calendar) or not isinstance(right, Calendar):
        return left, right
    if left.month is None and right.month is not None:
        left = replace(left, month=right.month, year=left.year or right.year)
        _check_order(left, right)
    elif right.month is None and left.month is not None:
        right = replace(right, month=left.month, year=right.year or left.year)
        left = replace(left, year=left.year or right.year)
        _check_order(left, right)
    return _year_before(left, right), right


def _year_before(left: Calendar, right: Calendar) -> Calendar:
    """Give the first day of `Dec 30 – Jan 2, 2027` the year that its last day implies."""
    if left.year or not right.year or not left.month or not right.month:
        return left
    is_same_year = (left.month, left.day) <= (right.month, right.day)
    return replace(left, year=right.year if is_same_year else right.year - 1)


def _check_order(left: Calendar, right: Calendar) -> None:
    if left.day > right.day:
        raise Unreadable("ends_before_start")


def _underway(left: Day, right: Day, today: date) -> Period | None:
    """Give the rest of a period that began before today and has not ended."""
    begun = _begun(left, today)
    if begun is None or not isinstance(right, Calendar | Weekday) or getattr(right, "year", None):
        return None
    last = coming(right.weekday, begun) if isinstance(right, Weekday) else first_from(right, begun)
    is_running = last > today and (last - begun).days <= UNDERWAY_DAYS
    return Period(today, last) if is_running else None


def _begun(left: Day, today: date) -> date | None:
    if isinstance(left, Weekday) and not left.which:
        return coming(left.weekday, today - timedelta(days=7)) if left.weekday != today.weekday() else None
    if isinstance(left, Calendar) and left.year is None:
        return last_before(left, today)
    return None


def _is_far(day: Day, meant: date, today: date) -> bool:
    has_year = getattr(day, "year", None) is not None
    return isinstance(day, Calendar | MonthEnd) and not has_year and (meant - today).days > FAR_DAYS
