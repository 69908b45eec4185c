"""Days and periods inside a longer sentence: only what is written unmistakably counts as found.

`bot/dialog/sentence.py` calls it. A lone `Friday` is a day after `on`, but not in `Friday roast`; `1/2 off` is no date.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.reading import Reading
from bot.errors import Unreadable
from bot.slots.dates.lexicon import lexicon_of
from bot.slots.dates.period import PeriodReading
from bot.slots.dates.periods import Outcome, PeriodGrammar
from bot.slots.dates.read import grammars_of, settle
from bot.slots.dates.tokens import Token, cut
from bot.slots.vocabulary import VOCABULARIES

LEADS = frozenset({
    "on", "this", "until", "till", "til", "thru", "through", "from", "next", "coming", "starting",
    "el", "este", "esta", "hasta", "desde", "al", "proximo",
    "le", "ce", "cette", "jusqu'au", "jusqu'a", "des", "du", "prochain",
})  # fmt: skip
"""Words that make a lone weekday or a pair of figures a date."""

DEADLINES = frozenset({
    "by", "before", "after", "since", "every", "each", "antes", "despues", "cada", "todos", "la",
    "avant", "apres", "chaque", "tous",
})  # fmt: skip
"""Words before a day that make it something else: a deadline, a habit, a morning (`de la mañana`)."""
FIGURES_OF_A_PERIOD = 4
"""As in `12/4-12/6`."""
ANDS = frozenset([",", "&", "/", "and", "or", "y", "o", "et", "ou"])


@dataclass(frozen=True)
class FoundPeriod:
    """What was read between two places of the text; the refusal where the words fit no calendar."""

    start: int
    end: int
    reading: PeriodReading | Unreadable


@lru_cache(maxsize=64)
def find_periods(text: str, reading: Reading) -> tuple[FoundPeriod, ...]:
    """Find every day or period in a sentence, in the first of our languages that finds any."""
    tokens = cut(text)
    for grammar in grammars_of(tokens, reading):
        found = tuple(_scan(grammar, tokens, reading))
        if found:
            return found
    return ()


def names_a_time(text: str) -> bool:
    """Tell whether any word is the name of a weekday or month, or looks like a time, in any of our languages."""
    lexicons = [lexicon_of(language) for language in VOCABULARIES]
    words = {word for token in cut(text) for word in (token.text, token.text.removesuffix("s"))}
    return any(
        not words.isdisjoint(names)
        for lexicon in lexicons
        for names in (lexicon.months, lexicon.weekdays, lexicon.words.date_hints)
    )


def _scan(grammar: PeriodGrammar, tokens: tuple[Token, ...], reading: Reading) -> Iterator[FoundPeriod]:
    at = 0
    while at < len(tokens):
        end, outcomes = _longest(grammar, at)
        if outcomes and _is_unmistakable(grammar, at, end):
            is_whole = not _goes_on(grammar, at, end)
            answer = _settled(outcomes, reading) if is_whole else Unreadable("not_a_date")
            yield FoundPeriod(tokens[at].start, tokens[end - 1].end, answer)
            at = end
        else:
            at += 1


def _longest(grammar: PeriodGrammar, at: int) -> tuple[int, list[Outcome]]:
    found = list(grammar.periods(at))
    end = max((place for _, place in found), default=at)
    return end, [outcome for outcome, place in found if place == end]


def _settled(outcomes: list[Outcome], reading: Reading) -> PeriodReading | Unreadable:
    try:
        return settle(outcomes, reading)
    except Unreadable as refusal:
        return refusal


def _goes_on(grammar: PeriodGrammar, at: int, end: int) -> bool:
    """Tell whether the words around change what the day says: deadlines, hours, further days."""
    before, after, then, last = (grammar.days.token(place) for place in (at - 1, end, end + 1, end + 2))
    if before is not None and before.text in DEADLINES:
        return True
    if after is None:
        return False
    if _is_time(grammar, after) or after.text not in ANDS or then is None:
        return _is_time(grammar, after)
    is_share = last is not None and last.text == "%"
    return (then.number is not None and not is_share) or names_a_time(then.text)


def _is_time(grammar: PeriodGrammar, token: Token) -> bool:
    return token.text in grammar.days.lexicon.words.date_hints or token.tail in {"am", "pm", "h"}


def _is_unmistakable(grammar: PeriodGrammar, at: int, end: int) -> bool:
    """Tell whether the words can hardly be anything but a date."""
    tokens, lexicon = grammar.days.tokens, grammar.days.lexicon
    part = tokens[at:end]
    before = grammar.days.token(at - 1)
    is_led = (before is not None and before.text in LEADS) or (len(part) > 1 and part[0].text in LEADS)
    has_month = any(token.text in lexicon.months for token in part)
    numbers = [token for token in part if token.number is not None]
    weekdays = [token for token in part if token.text in lexicon.weekdays]
    if has_month:
        return bool(numbers) or is_led
    if len(weekdays) > 1 or len(numbers) >= FIGURES_OF_A_PERIOD or any(token.digits == 4 for token in numbers):
        return True
    if numbers and not any(token.tail for token in numbers):
        return is_led and not weekdays
    return is_led or not (weekdays or numbers)
