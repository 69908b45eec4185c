"""The grammar of single days: every way to read one at a place in the tokens, with where it ends.

It is nondeterministic on purpose: `mar 4` is Tuesday and March in Spanish, and both readings are then asked about.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.slots.dates.days import Calendar, Day, Fixed, MonthEnd, Weekday
from bot.slots.dates.lexicon import Lexicon
from bot.slots.dates.numeric import Order, numeric_days
from bot.slots.dates.tokens import Token


@dataclass(frozen=True)
class DayGrammar:
    """Reads days in one language."""

    tokens: tuple[Token, ...]
    lexicon: Lexicon
    today: date
    orders: tuple[Order, ...]

    def days(self, at: int) -> Iterator[tuple[Day, int]]:
        """Give every day that can be read from `at` on."""
        yield from self._unnamed(at)
        for weekday, end in self._weekday(at):
            yield from self._after_weekday(weekday, end)
            yield Weekday(weekday), end
        yield from self._this_or_next(at)

    def month(self, at: int) -> Iterator[tuple[int, int]]:
        """Give a month's name and where it ends (an abbreviation's full stop included)."""
        yield from self._named(at, self.lexicon.months)

    def year(self, at: int) -> Iterator[tuple[int, int]]:
        """Give a four-digit year, after a comma or `of`."""
        start = at
        if start < len(self.tokens) and self.tokens[start].text == ",":
            start += 1
        for place in (start, *self.phrase(start, self.lexicon.words.of)):
            token = self.token(place)
            if token and token.number and token.digits == 4 and not token.tail:
                yield token.number, place + 1

    def phrase(self, at: int, phrases: tuple[str, ...]) -> Iterator[int]:
        """Give where one of the phrases ends."""
        return self.lexicon.ends(self.tokens, at, phrases)

    def token(self, at: int) -> Token | None:
        """Give the token at a place, or None behind the last."""
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def _unnamed(self, at: int) -> Iterator[tuple[Day, int]]:
        """Read a day that does not begin with its weekday."""
        for start in (at, *self.phrase(at, self.lexicon.words.articles)):
            yield from numeric_days(self.tokens, start, self.orders)
        yield from self._offsets(at)
        yield from self._month_first(at)
        yield from self._day_first(at)
        yield from self._month_end(at)

    def _month_first(self, at: int) -> Iterator[tuple[Day, int]]:
        for month, end in self.month(at):
            for start in (end, *self.phrase(end, self.lexicon.words.articles)):
                for number, after, _ in self._number(start):
                    yield from self._with_year(Calendar(number, month), after)

    def _day_first(self, at: int) -> Iterator[tuple[Day, int]]:
        articles = tuple(self.phrase(at, self.lexicon.words.articles))
        for start in (*articles, at):
            for number, end, is_marked in self._number(start):
                bare = Calendar(number, is_bare=not is_marked and start == at)
                yield bare, end
                for year, after in self.year(end):
                    yield replace(bare, year=year, is_bare=True), after
                for place in (end, *self.phrase(end, self.lexicon.words.of)):
                    for month, after in self.month(place):
                        yield from self._with_year(Calendar(number, month), after)

    def _with_year(self, day: Calendar, at: int) -> Iterator[tuple[Day, int]]:
        yield day, at
        for year, end in self.year(at):
            yield replace(day, year=year), end

    def _number(self, at: int) -> Iterator[tuple[int, int, bool]]:
        """Give a day's number, where it ends, and whether it is marked as one (`4th`, `premier`)."""
        for end in self.phrase(at, self.lexicon.words.firsts):
            yield 1, end, True
        token = self.token(at)
        if token and token.number and token.number <= 31 and token.digits <= 2:
            if token.tail in self.lexicon.words.ordinals:
                yield token.number, at + 1, True
            elif not token.tail:
                yield token.number, at + 1, False

    def _weekday(self, at: int) -> Iterator[tuple[int, int]]:
        for start in (at, *self.phrase(at, self.lexicon.words.articles)):
            yield from self._named(start, self.lexicon.weekdays)

    def _after_weekday(self, weekday: int, at: int) -> Iterator[tuple[Day, int]]:
        for day, end in self._unnamed(self.lexicon.skip(self.tokens, at)):
            if isinstance(day, Fixed | Calendar):
                named = replace(day, weekday=weekday)
                yield (replace(named, is_bare=False) if isinstance(named, Calendar) else named), end

    def _this_or_next(self, at: int) -> Iterator[tuple[Day, int]]:
        words = self.lexicon.words
        for which, phrases in (("this", words.this), ("next", words.next_before)):
            for article in (at, *self.phrase(at, words.articles)):
                for start in self.phrase(article, phrases):
                    for weekday, end in self._named(start, self.lexicon.weekdays):
                        yield Weekday(weekday, which), end
        for weekday, end in self._weekday(at):
            for after in self.phrase(end, words.next_after):
                yield Weekday(weekday, "next"), after

    def _offsets(self, at: int) -> Iterator[tuple[Day, int]]:
        words = self.lexicon.words
        for phrase, ahead in words.offsets.items():
            for end in self.phrase(at, (phrase,)):
                day = self.today + timedelta(days=ahead)
                yield Fixed(day), end
                for weekday, after in self._weekday(self.lexicon.skip(self.tokens, end)):
                    yield Fixed(day, weekday), after
        for start in self.phrase(at, words.in_words):
            yield from self._counted(start)

    def _counted(self, at: int) -> Iterator[tuple[Day, int]]:
        words, token = self.lexicon.words, self.token(at)
        count = None if token is None else words.counts.get(token.text, None if token.tail else token.number)
        if count is not None:
            for phrases, length in ((words.days, 1), (words.weeks, 7)):
                for end in self.phrase(at + 1, phrases):
                    yield Fixed(self.today + timedelta(days=count * length)), end

    def _month_end(self, at: int) -> Iterator[tuple[Day, int]]:
        for start in self.phrase(at, self.lexicon.words.end_of):
            for end in self.phrase(start, self.lexicon.words.the_month):
                yield MonthEnd(), end
            for month, end in self.month(start):
                yield MonthEnd(month), end
                for year, after in self.year(end):
                    yield MonthEnd(month, year), after

    def _named(self, at: int, names: Mapping[str, int]) -> Iterator[tuple[int, int]]:
        token, after = self.token(at), self.token(at + 1)
        if token and token.text in names:
            has_stop = after is not None and after.text == "." and after.start == token.end
            yield names[token.text], at + 2 if has_stop else at + 1
