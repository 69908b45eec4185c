"""The words people use for numbers, money and days, one file per language; the parsers know no language themselves.

Everything here is folded: lower case, without accents. Month and weekday names come from CLDR (dates/names.py).
"""

from collections.abc import Mapping

from bot.domain.reading import Reading
from bot.slots.vocabulary.en import ENGLISH
from bot.slots.vocabulary.es import SPANISH
from bot.slots.vocabulary.fr import FRENCH
from bot.slots.vocabulary.words import Vocabulary

VOCABULARIES: Mapping[str, Vocabulary] = {"en": ENGLISH, "es": SPANISH, "fr": FRENCH}


def vocabulary_of(reading: Reading) -> Vocabulary:
    """Give the words of the reader's language, or English ones."""
    return VOCABULARIES.get(reading.locale.split("-")[0], ENGLISH)


__all__ = ["VOCABULARIES", "Vocabulary", "vocabulary_of"]
