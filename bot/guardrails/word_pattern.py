"""Finding a forbidden word however it is dressed: stretched, spelt with figures, or with marks between its letters.

Whole words only, so that Scunthorpe passes; a `*` at the end of a word lets any ending follow.
"""

from functools import lru_cache

import regex

from bot.guardrails.lookalikes import skeleton_of

_FIGURES = {"a": "4@", "b": "8", "e": "3", "g": "9", "i": "1!|", "l": "1|", "o": "0", "s": "5$", "t": "7+", "z": "2"}
_INSIDE = r"[.\-_*·'’]?"
"""One mark that may stand between two letters (`ch.eap`)."""
_APART = r"[\W_]{1,3}"
"""What stands between all letters of a word spelt out (`c h e a p`)."""
_BEFORE = r"(?<![\p{L}\p{N}])"
_AFTER = r"(?![\p{L}\p{N}\u0303])"
SHORTEST_SPELT_OUT = 3


@lru_cache(maxsize=4096)
def find_words(text: str, words: tuple[str, ...], allowed: frozenset[str]) -> tuple[tuple[str, tuple[int, int]], ...]:
    """Give each forbidden word with the span of the original text that reads like it.

    `allowed` holds skeletons of whole words that may stand although they look alike. A draft is checked at each of
    its changes and mostly says what it said before: what was found is kept.
    """
    skeleton = skeleton_of(text)
    if not _any_of(words).search(skeleton.text):
        return ()
    found = ((word, each.group(), each.span()) for word in words for each in pattern_of(word).finditer(skeleton.text))
    return tuple(
        (word, skeleton.span(*span))
        for word, seen, span in found
        if not _is_figures_only(word, seen) and not _is_allowed(skeleton.text, span, allowed)
    )


@lru_cache(maxsize=256)
def _any_of(words: tuple[str, ...]) -> regex.Pattern[str]:
    """Build one pattern of all words: most texts hold none of them."""
    return regex.compile("|".join(pattern_of(word).pattern for word in words))


@lru_cache(maxsize=2048)
def pattern_of(word: str) -> regex.Pattern[str]:
    """Build the pattern of one word or phrase."""
    parts = skeleton_of(word.removesuffix("*")).text.split()
    ending = r"[\p{L}\p{N}]*" if word.endswith("*") else ""
    ways = [r"[\W_]+".join(_spell(part, _INSIDE) for part in parts)]
    if len(parts) == 1 and len(parts[0]) >= SHORTEST_SPELT_OUT:
        ways.append(_spell(parts[0], _APART))
    return regex.compile(f"{_BEFORE}(?:{'|'.join(ways)}){ending}{_AFTER}")


def _spell(word: str, between: str) -> str:
    return between.join(f"[{regex.escape(letter + _FIGURES.get(letter, ''))}]+" for letter in word)


def _is_figures_only(word: str, seen: str) -> bool:
    return any(letter.isalpha() for letter in word) and not any(letter.isalpha() for letter in seen)


def _is_allowed(text: str, span: tuple[int, int], allowed: frozenset[str]) -> bool:
    start, end = span
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end] in allowed
