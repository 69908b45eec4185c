"""The grammar of periods: `from … to …`, `until …`, weekends, weeks, whole months, or a single day.

A reading that fits the words but not the calendar (31 February) is kept as its reason, for the sentence.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from bot.errors import Unreadable
from bot.slots.dates import spans
from bot.slots.dates.days import Calendar, Day, MonthEnd, coming, month_end
from bot.slots.dates.grammar import DayGrammar
from bot.slots.dates.period import Period, PeriodReading

DASHES = frozenset({"-", "–", "—", "~", "→"})
SATURDAY, SUNDAY = 5, 6

Outcome = PeriodReading | Unreadable
Join = Callable[[Day, Day, date], PeriodReading]


@dataclass(frozen=True)
class PeriodGrammar:
    """Reads periods on top of a grammar of days."""

    days: DayGrammar

    def periods(self, at: int) -> Iterator[tuple[Outcome, int]]:
        """Give every period that can be read from `at` on, and where each ends."""
        yield from self._from_to(at)
        yield from self._until(at)
        yield from self._weekends(at)
        yield from self._weeks(at)
        yield from self._months(at)
        for day, end in self.days.days(at):
            if not _is_bare(day):
                yield _attempt(partial(spans.single, day, self.days.today)), end

    def _from_to(self, at: int) -> Iterator[tuple[Outcome, int]]:
        words = self.days.lexicon.words
        openings = tuple(self.days.phrase(at, words.since))
        for start in (at, *openings, *self.days.phrase(at, words.between)):
            for left, end in self.days.days(start):
                pairs = list(self._pairs(left, end, start=start, is_opened=start > at))
                yield from pairs
                if start in openings and not pairs and not _is_bare(left):
                    yield _attempt(partial(spans.starting, left, self.days.today)), end

    def _pairs(self, left: Day, at: int, *, start: int, is_opened: bool) -> Iterator[tuple[Outcome, int]]:
        for join, place in self._joins(at, is_between=is_opened):
            is_marked = self._is_articled(start) and self._is_articled(place)
            for right, end in self.days.days(place):
                if _can_pair(left, right, is_marked=is_marked):
                    yield _attempt(partial(join, left, right, self.days.today)), end

    def _joins(self, at: int, *, is_between: bool) -> Iterator[tuple[Join, int]]:
        words = self.days.lexicon.words
        at = self.days.lexicon.skip(self.days.tokens, at)
        token = self.days.token(at)
        if token and token.text in DASHES:
            yield spans.between, at + 1
        for end in self.days.phrase(at, words.until):
            yield spans.between, end
        for end in self.days.phrase(at, words.joins):
            yield (spans.between if is_between else spans.neighbours), end

    def _until(self, at: int) -> Iterator[tuple[Outcome, int]]:
        for place in self.days.phrase(at, self.days.lexicon.words.until):
            for day, end in self.days.days(place):
                if not _is_bare(day) or self._is_articled(place):
                    yield _attempt(partial(spans.until, day, self.days.today)), end

    def _weekends(self, at: int) -> Iterator[tuple[Outcome, int]]:
        for which, end in self._this_or_next(at, self.days.lexicon.words.weekends):
            yield self._weekend(which), end

    def _weeks(self, at: int) -> Iterator[tuple[Outcome, int]]:
        today = self.days.today
        for which, end in self._this_or_next(at, self.days.lexicon.words.week_words):
            if which != "bare":
                first = today if which == "this" else coming(0, today + timedelta(days=1))
                weeks = tuple(Period(first, coming(last, first)) for last in (SATURDAY, SUNDAY))
                yield PeriodReading(weeks, is_sure=False), end

    def _months(self, at: int) -> Iterator[tuple[Outcome, int]]:
        words, today = self.days.lexicon.words, self.days.today
        for end in self.days.phrase(at, words.this_month):
            yield self._whole(MonthEnd(today.month, today.year)), end
        for end in self.days.phrase(at, words.next_month):
            yield self._whole(MonthEnd(today.month % 12 + 1)), end
        for start in (at, *self.days.phrase(at, words.months_whole)):
            for month, end in self.days.month(start):
                yield self._whole(MonthEnd(month)), end
                for year, after in self.days.year(end):
                    yield self._whole(MonthEnd(month, year)), after

    def _whole(self, month: MonthEnd) -> PeriodReading:
        last = month_end(month, self.days.today)
        first = last.replace(day=1)
        is_far = month.year is None and (first - self.days.today).days > spans.FAR_DAYS
        is_running = first < self.days.today <= last
        return PeriodReading((Period(self.days.today if is_running else first, last),), is_sure=not is_far)

    def _weekend(self, which: str) -> PeriodReading:
        today = self.days.today
        saturday = coming(SATURDAY, today)
        later = coming(SATURDAY, coming(0, today + timedelta(days=1)))
        weekends = [Period(saturday, saturday + timedelta(days=1))]
        if which == "next":
            after_today = coming(SATURDAY, today + timedelta(days=1))
            weekends = [Period(first, first + timedelta(days=1)) for first in dict.fromkeys((after_today, later))]
        elif today.weekday() == SUNDAY:
            weekends.insert(0, Period(today, today))
        return PeriodReading(tuple(weekends), is_sure=True)

    def _this_or_next(self, at: int, nouns: tuple[str, ...]) -> Iterator[tuple[str, int]]:
        words = self.days.lexicon.words
        for start in (at, *self.days.phrase(at, words.articles)):
            for end in self.days.phrase(start, nouns):
                if start > at:
                    yield "bare", end
                for after in self.days.phrase(end, words.next_after):
                    yield "next", after
            for which, phrases in (("this", words.this), ("next", words.next_before)):
                for noun in self.days.phrase(start, phrases):
                    for end in self.days.phrase(noun, nouns):
                        yield which, end

    def _is_articled(self, at: int) -> bool:
        """Tell whether the word before holds an article, as `au 24` and `del 4` do."""
        before = self.days.token(at - 1)
        return before is not None and before.text in self.days.lexicon.words.articled


def _is_bare(day: Day) -> bool:
    return isinstance(day, Calendar) and day.is_bare


def _can_pair(left: Day, right: Day, *, is_marked: bool) -> bool:
    """Tell whether mere numbers lean on a month or an article at the other end."""
    if not _is_bare(left) and not _is_bare(right):
        return True
    has_month = any(isinstance(day, Calendar) and day.month for day in (left, right))
    return has_month or is_marked or (isinstance(left, Calendar) and isinstance(right, Calendar) and not _is_bare(left))


def _attempt(read: Callable[[], PeriodReading]) -> Outcome:
    try:
        return read()
    except Unreadable as reason:
        return reason
