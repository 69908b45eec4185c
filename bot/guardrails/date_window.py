"""Kind `date_window`: how long an offer lasts, how soon it starts, and days on which it may not run."""

from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import Field, model_validator

from bot.domain.frozen import Frozen
from bot.guardrails.guardrail import Data, Look, Offence
from bot.slots.dates import Period, show_day

MOST_MOVES = 12
LONG_AGO, FAR_OFF = date(1, 1, 1), date(9999, 1, 1)


class Closed(Frozen):
    """Days on which nothing may run, both included."""

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> "Closed":
        if self.first > self.last:
            raise ValueError("first must not come after last")
        return self


class DateWindowSettings(Frozen):
    """Any of the limits; days are counted from today at the location."""

    max_days: int | None = Field(default=None, ge=1)
    first_in_days: int | None = Field(default=None, ge=0)
    """The start is at least so many days away."""
    last_in_days: int | None = Field(default=None, ge=0)
    """The start is at most so many days away."""
    not_before: date | None = None
    not_after: date | None = None
    closed: tuple[Closed, ...] = ()


class DateWindow:
    """Keeps offers short and in season."""

    kind = "date_window"
    settings_model = DateWindowSettings
    slot_types = frozenset({"date", "date_range"})
    facts = ("limit",)

    def look(self, at: Look, settings: DateWindowSettings) -> Iterator[Offence]:
        if at.value is None:
            return
        period = Period(date.fromisoformat(str(at.facts["first"])), date.fromisoformat(str(at.facts["last"])))
        today = at.draft.reading.today
        wrong = _first_wrong(period, settings, today)
        if wrong is None:
            return
        limit, _ = wrong
        moved = _settle(period, settings, today)
        yield Offence(
            facts={
                "value": at.show(at.value.data),
                "limit": show_day(limit, at.draft.reading) if isinstance(limit, date) else str(limit),
            },
            remedies=(_data(moved, at),) if moved else (),
        )


def _first_wrong(period: Period, settings: DateWindowSettings, today: date) -> tuple[int | date, Period] | None:
    """Give the first broken limit and the period moved to keep it."""
    earliest = max(_in(today, settings.first_in_days) or LONG_AGO, settings.not_before or LONG_AGO)
    latest_start = _in(today, settings.last_in_days) or FAR_OFF
    if settings.max_days is not None and period.length_days > settings.max_days:
        return settings.max_days, Period(period.first, period.first + timedelta(days=settings.max_days - 1))
    if period.first < earliest:
        return earliest, _start_at(period, earliest)
    if period.first > latest_start:
        return latest_start, _start_at(period, latest_start)
    if settings.not_after and period.last > settings.not_after:
        if period.first <= settings.not_after:
            return settings.not_after, Period(period.first, settings.not_after)
        return settings.not_after, Period(settings.not_after, settings.not_after)
    return _meets_closed(period, settings)


def _meets_closed(period: Period, settings: DateWindowSettings) -> tuple[date, Period] | None:
    for closed in settings.closed:
        if closed.first <= period.last and period.first <= closed.last:
            if period.first < closed.first:
                return closed.first, Period(period.first, closed.first - timedelta(days=1))
            return closed.last, _start_at(period, closed.last + timedelta(days=1))
    return None


def _settle(period: Period, settings: DateWindowSettings, today: date) -> Period | None:
    """Keep one limit after the other until all are kept; None when they leave no room."""
    for _ in range(MOST_MOVES):
        wrong = _first_wrong(period, settings, today)
        if wrong is None:
            return period
        period = wrong[1]
    return None


def _start_at(period: Period, first: date) -> Period:
    return Period(first, first + timedelta(days=period.length_days - 1))


def _in(today: date, days: int | None) -> date | None:
    return None if days is None else today + timedelta(days=days)


def _data(period: Period, at: Look) -> Data:
    if at.slot.type == "date":
        return {"day": period.first.isoformat()}
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}
