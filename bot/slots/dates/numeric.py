"""Days in figures: ISO always, other orders as the locale writes them; where two orders fit, both are read."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from babel.dates import get_date_format

from bot.domain.reading import Reading
from bot.slots.dates.days import Calendar
from bot.slots.dates.tokens import Token
from bot.slots.numerals import is_mixed

Order = Literal["ymd", "dmy", "mdy"]
FULL_YEAR_DIGITS = 4
CENTURY = 2000


def orders_of(reading: Reading) -> tuple[Order, ...]:
    """Give the orders a reader of this locale may mean, the likeliest first."""
    pattern = str(get_date_format("short", locale=reading.babel_locale).pattern)
    own: Order = "mdy" if pattern.find("M") < pattern.find("d") else "dmy"
    is_firm = not is_mixed(reading) and pattern.find("y") > 0
    return (own,) if is_firm else ("dmy", "mdy", "ymd")


def numeric_days(tokens: tuple[Token, ...], at: int, orders: tuple[Order, ...]) -> Iterator[tuple[Calendar, int]]:
    """Give every reading of `4/12`, `4/12/26`, `12.4.2026` or `2026-12-04` that starts here."""
    run = tokens[at : at + 5]
    if len(run) >= 3 and _is_written(run[:3]) and run[1].text == "/":
        yield from ((day, at + 3) for day in _two_parts(run, orders))
    if len(run) == 5 and _is_written(run) and run[1].text == run[3].text:
        yield from ((day, at + 5) for day in _three_parts(run, orders))


def _is_written(run: tuple[Token, ...]) -> bool:
    numbers = all(token.number is not None and not token.tail for token in run[::2])
    marks = all(token.text in {"/", "-", "."} for token in run[1::2])
    is_tight = all(left.end == right.start for left, right in pairwise(run))
    return numbers and marks and is_tight


def _two_parts(run: tuple[Token, ...], orders: tuple[Order, ...]) -> Iterator[Calendar]:
    if run[0].digits > 2 or run[2].digits > 2 or (len(run) > 3 and run[3].text == "/" and run[3].start == run[2].end):
        return
    first, second = run[0].number or 0, run[2].number or 0
    for order in orders:
        month, day = (first, second) if order == "mdy" else (second, first)
        if order != "ymd" and _is_day(month, day):
            yield Calendar(day, month)


def _three_parts(run: tuple[Token, ...], orders: tuple[Order, ...]) -> Iterator[Calendar]:
    parts = run[::2]
    if parts[0].digits == FULL_YEAR_DIGITS:
        orders = ("ymd",)
    elif parts[2].digits == FULL_YEAR_DIGITS:
        orders = tuple(order for order in orders if order != "ymd")
    for order in orders:
        named = dict(zip(order, parts, strict=True))
        year, month, day = (named[letter].number or 0 for letter in "ymd")
        has_short_year = named["y"].digits == 2
        if _is_day(month, day) and (has_short_year or named["y"].digits == FULL_YEAR_DIGITS):
            yield Calendar(day, month, year + CENTURY if has_short_year else year)


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31
