"""One language's date words ready for the grammar: CLDR's month and weekday names, and its vocabulary's phrases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

from bot.slots.dates.tokens import Token, cut
from bot.slots.fold import fold
from bot.slots.vocabulary import VOCABULARIES, Vocabulary

Phrase = tuple[str, ...]
SHORTEST_NAME = 2


@dataclass(frozen=True)
class Lexicon:
    """Names and phrases of one language."""

    words: Vocabulary
    months: Mapping[str, int]
    weekdays: Mapping[str, int]

    def ends(self, tokens: tuple[Token, ...], at: int, phrases: tuple[str, ...]) -> Iterator[int]:
        """Give every place where one of the phrases, begun at `at`, ends; the longest first."""
        if at < len(tokens):
            for phrase in _by_first_word(phrases).get(tokens[at].text, ()):
                if tuple(token.text for token in tokens[at : at + len(phrase)]) == phrase:
                    yield at + len(phrase)

    def skip(self, tokens: tuple[Token, ...], at: int) -> int:
        """Step over commas, full stops and words without meaning."""
        while at < len(tokens) and (tokens[at].text in {",", "."} or tokens[at].text in self.words.fillers):
            at += 1
        return at


@lru_cache
def lexicon_of(language: str) -> Lexicon:
    """Build a language's lexicon once."""
    words = VOCABULARIES[language]
    months, weekdays = dict(words.month_tails), dict(words.weekday_tails)
    for locale in (Locale.parse(each) for each in words.locales):
        months |= _names(locale.months, first=1)
        weekdays |= _names(locale.days, first=0)
    return Lexicon(words=words, months=months, weekdays=weekdays)


@lru_cache(maxsize=256)
def _by_first_word(phrases: tuple[str, ...]) -> Mapping[str, tuple[Phrase, ...]]:
    """Sort phrases under their first words, longer ones first."""
    cut_up = sorted((tuple(token.text for token in cut(phrase)) for phrase in phrases), key=len, reverse=True)
    return {first: tuple(each for each in cut_up if each[0] == first) for first in {each[0] for each in cut_up}}


def _names(contexts: Mapping[str, Mapping[str, Mapping[int, str]]], *, first: int) -> dict[str, int]:
    """Collect wide and abbreviated names; `first` is CLDR's own first number (months 1, days 0 for Monday)."""
    return {
        fold(name).rstrip("."): number
        for widths in contexts.values()
        for width in ("wide", "abbreviated")
        for number, name in widths.get(width, {}).items()
        if number >= first and len(fold(name).rstrip(".")) > SHORTEST_NAME
    }
