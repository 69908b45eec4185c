"""Which templates a sentence may be about: by their titles and phrases in every language, forgiving typing errors."""

from collections.abc import Iterable
from typing import Final

import regex
from rapidfuzz import fuzz

from bot.domain.template import Template
from bot.slots.fold import fold

NEAR: Final = 84
"""Percent of likeness from which a word counts as the phrase's word."""
SHORT: Final = 4
"""A phrase's words up to this length must be typed as they are."""
FAIR: Final = 0.6
"""Share of a phrase's letters that must be found."""
GLUE: Final = frozenset(
    {
        "a",
        "an",
        "the",
        "of",
        "for",
        "on",
        "in",
        "to",
        "we",
        "are",
        "de",
        "del",
        "la",
        "el",
        "los",
        "las",
        "en",
        "un",
        "una",
        "le",
        "les",
        "du",
        "des",
        "au",
        "une",
        "et",
        "y",
        "and",
    }
)

_WORD = regex.compile(r"[\p{L}\p{M}']+|%")


def rank_templates(text: str, templates: Iterable[Template]) -> tuple[Template, ...]:
    """Give the templates that a sentence hits, likeliest first; none when nothing fits."""
    words = _words(text)
    scored = [(_score(words, template), template) for template in templates]
    hits = [(score, template) for score, template in scored if score > 0]
    return tuple(template for _, template in sorted(hits, key=lambda hit: (-hit[0], hit[1].rank, hit[1].name)))


def _score(words: frozenset[str], template: Template) -> float:
    """Give the letters of the best-hit phrase, weighted by how much of it was found."""
    copies = template.copy_by_language.values()
    phrases = {phrase for copy in copies for phrase in (copy.title, *copy.phrases)}
    return max((_hit(words, _words(phrase)) for phrase in phrases), default=0)


def _hit(words: frozenset[str], phrase: frozenset[str]) -> float:
    found = sum(len(word) for word in phrase if _is_among(word, words))
    share = found / sum(map(len, phrase)) if phrase else 0
    return found * share if share >= FAIR else 0


def _is_among(word: str, words: frozenset[str]) -> bool:
    if word in words:
        return True
    return len(word) > SHORT and any(len(each) >= SHORT and fuzz.ratio(word, each) >= NEAR for each in words)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text))) - GLUE
