"""Days in words: in full for the echo, short for the picture."""

from datetime import date

import regex
from babel import Locale
from babel.dates import format_date, get_date_format

from bot.domain.reading import Reading
from bot.slots.dates.period import Period

DASH = "\u2013"
NO_BREAK = "\u00a0"

_YEAR = regex.compile(r"[,\s]*(?:'[^']*'\s*)?y+\b.*$")


def show_day(day: date, reading: Reading) -> str:
    """Write weekday, day, month and year."""
    return str(format_date(day, "full", locale=reading.babel_locale))


def show_period(period: Period, reading: Reading) -> str:
    """Write both ends in full; the year stands once when it is the same."""
    if period.first == period.last:
        return show_day(period.first, reading)
    last = show_day(period.last, reading)
    if period.first.year != period.last.year:
        return f"{show_day(period.first, reading)} {DASH} {last}"
    full = str(get_date_format("full", locale=reading.babel_locale).pattern)
    return f"{format_date(period.first, _YEAR.sub('', full), locale=reading.babel_locale)} {DASH} {last}"


def typeset_days(first: date, last: date, reading: Reading) -> str:
    """Write days as short as a picture wants them: `Dec 4–6`, `4–6 déc.`."""
    if first == last:
        return _short(str(first.day), first, reading)
    if (first.year, first.month) == (last.year, last.month):
        return _short(f"{first.day}{DASH}{last.day}", first, reading)
    return f"{_short(str(first.day), first, reading)} {DASH} {_short(str(last.day), last, reading)}"


def _short(days: str, month_of: date, reading: Reading) -> str:
    month = str(format_date(month_of, "MMM", locale=reading.babel_locale))
    parts = (month, days) if _is_month_first(reading) else (days, month)
    return NO_BREAK.join(parts)


def _is_month_first(reading: Reading) -> bool:
    pattern = str(Locale.parse(reading.babel_locale).date_formats["medium"].pattern)
    return pattern.find("M") < pattern.find("d")
