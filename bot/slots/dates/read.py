"""From typed words to candidate periods: all of the text must be understood, in one of our languages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.reading import Reading
from bot.errors import Unreadable
from bot.slots.clean import clean_text
from bot.slots.dates.grammar import DayGrammar
from bot.slots.dates.lexicon import lexicon_of
from bot.slots.dates.numeric import orders_of
from bot.slots.dates.period import Period, PeriodReading
from bot.slots.dates.periods import Outcome, PeriodGrammar
from bot.slots.dates.show import show_day
from bot.slots.dates.tokens import Token, cut
from bot.slots.dates.window import latest_day
from bot.slots.vocabulary import VOCABULARIES, vocabulary_of

LONGEST_TOKENS = 30
MOST_CHOICES = 3


@dataclass(frozen=True)
class FoundPeriod:
    """A period read inside a longer text."""

    start: int
    end: int
    reading: PeriodReading


def read_period(text: str, reading: Reading) -> PeriodReading:
    """Read a day or a period.

    Raises:
        Unreadable: nothing fits, not all of it was understood, or it lies outside the window.
    """
    tokens = cut(clean_text(text))
    if not tokens:
        raise Unreadable("empty")
    if len(tokens) > LONGEST_TOKENS:
        raise Unreadable("not_a_date")
    for grammar in grammars_of(tokens, reading):
        start = grammar.days.lexicon.skip(tokens, 0)
        whole = [
            outcome
            for place in dict.fromkeys((0, start))
            for outcome, end in grammar.periods(place)
            if grammar.days.lexicon.skip(tokens, end) == len(tokens)
        ]
        if whole:
            return settle(whole, reading)
    raise Unreadable("not_a_date")


def grammars_of(tokens: tuple[Token, ...], reading: Reading) -> Iterator[PeriodGrammar]:
    """Give a grammar per language, the reader's own first."""
    own = vocabulary_of(reading).language
    orders = orders_of(reading)
    for language in dict.fromkeys((own, *VOCABULARIES)):
        yield PeriodGrammar(DayGrammar(tokens, lexicon_of(language), reading.today, orders))


def settle(outcomes: Iterable[Outcome], reading: Reading) -> PeriodReading:
    """Join every way to read the words into one answer inside the window.

    Raises:
        Unreadable: no reading fits the calendar or the window; the likeliest reason.
    """
    read = [outcome for outcome in outcomes if isinstance(outcome, PeriodReading)]
    reasons = [outcome for outcome in outcomes if isinstance(outcome, Unreadable)]
    if not read:
        raise reasons[0]
    periods = tuple(dict.fromkeys(period for each in read for period in each.periods))
    latest = latest_day(reading.today)
    fitting = tuple(period for period in periods if reading.today <= period.last <= latest)
    if not fitting and all(period.last < reading.today for period in periods):
        raise Unreadable("date_past", today=show_day(reading.today, reading))
    if not fitting:
        raise Unreadable("date_too_far", latest=show_day(latest, reading))
    clipped = tuple(dict.fromkeys(Period(max(period.first, reading.today), period.last) for period in fitting))
    is_sure = clipped == fitting and len(clipped) == 1 and all(each.is_sure for each in read)
    return PeriodReading(clipped[:MOST_CHOICES], is_sure=is_sure, is_open=all(each.is_open for each in read))
