import pytest

from bot.rendering.breaking import Breaker, join_words, split_words


def broken(text: str, width: float, *, balanced: bool = False) -> list[str]:
    """Break with every character one wide."""
    breaker = Breaker(text, measure=len)
    lines = breaker.balance(width) if balanced else breaker.break_at(width)
    return [join_words(line) for line in lines]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Two for one", ["Two", "for", "one"]),
        ("4,99 $ today", ["4,99 $", "today"]),
        ("10–12 h", ["10–12", "h"]),
        ("day – night", ["day –", "night"]),
        ("week-end", ["week-", "end"]),
        ("C'est bon !", ["C'est", "bon !"]),
        ("no\u00a0break here", ["no\u00a0break", "here"]),
        ("日本。語", ["日", "本。", "語"]),
    ],
)
def test_break_places(text: str, pieces: list[str]) -> None:
    """Lines break after spaces and hyphens, never before a mark or inside a range."""
    assert [word.text for word in split_words(text)] == pieces


def test_greedy_lines_fill_the_width() -> None:
    """Without balancing, each line takes as many words as fit."""
    assert broken("Warm cinnamon rolls all weekend long", 19) == ["Warm cinnamon rolls", "all weekend long"]


def test_balanced_lines_are_even() -> None:
    """Balancing keeps the number of lines and evens their lengths."""
    assert broken("one two three four five six", 23) == ["one two three four five", "six"]
    assert broken("one two three four five six", 23, balanced=True) == ["one two three", "four five six"]


def test_last_line_is_never_one_word() -> None:
    """A single word at the end is joined by the word before it."""
    lines = broken("alpha beta gamma delta", 16, balanced=True)
    assert len(lines[-1].split()) == 2


def test_two_words_on_two_lines_stay() -> None:
    """A headline of two long words keeps one on each line."""
    assert broken("Gingerbread houses", 12, balanced=True) == ["Gingerbread", "houses"]
