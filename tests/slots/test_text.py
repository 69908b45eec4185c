import pytest

from bot.errors import Unreadable
from bot.slots import SLOT_TYPES
from bot.slots.clean import count_graphemes
from tests.slots.readers import COPY, EN, FR, ask


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\u202eabc", "hidden_direction"),
        ("abc\u2066def", "hidden_direction"),
        ("abc\U000e0041", "hidden_direction"),
        ("a\x00b", "strange_characters"),
        ("a" + "\u0301" * 9, "strange_characters"),
        ("bеst", "mixed_scripts"),
        ("хлеб", "other_script"),
        ("🥐🥐", "only_emoji"),
        ("?!", "only_emoji"),
        ("\u200b\u200b", "empty"),
        ("x" * 10_000, "too_long"),
        ("x" * 201, "too_long"),
    ],
    ids=lambda each: ascii(each)[:24],
)
def test_tricks_and_excess_are_refused(text: str, reason: str) -> None:
    """Each trick gets its own sentence, and none reaches a picture."""
    with pytest.raises(Unreadable) as refusal:
        ask("text", text)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Warm\u200b  buns\u00ad ", "Warm buns"),
        ("Warm\nbuns", "Warm buns"),
        ("👩‍🍳 bakes", "👩‍🍳 bakes"),
        ("a\u200db", "ab"),
        ("𝐖𝐚𝐫𝐦 buns", "Warm buns"),
        ("cafe\u0301", "café"),
        ("I ❤️ rye", "I ❤️ rye"),
    ],
)
def test_leftovers_of_copying_are_taken_out(text: str, kept: str) -> None:
    """Invisible characters go, what people see stays; a joiner only lives inside an emoji."""
    assert ask("text", text) == {"text": kept}


def test_length_is_counted_as_people_see_it() -> None:
    """A family emoji is one character."""
    assert count_graphemes("👨‍👩‍👧‍👦é") == 2
    assert ask("text", "Fam 👨‍👩‍👧‍👦", max_graphemes=5) == {"text": "Fam 👨‍👩‍👧‍👦"}


def test_a_long_text_keeps_its_lines_up_to_the_limit() -> None:
    """Line breaks stay; too many are named."""
    assert ask("long_text", "One\r\n\n\n\nTwo") == {"text": "One\n\nTwo"}
    with pytest.raises(Unreadable, match="too_many_lines"):
        ask("long_text", "a\nb\nc", max_lines=2)


def test_pictures_get_good_typography() -> None:
    """Apostrophes curl, and French blanks before high marks do not break."""
    text = SLOT_TYPES["text"]
    assert text.typeset("the baker's", EN, COPY) == "the baker’s"
    assert text.typeset("C'est chaud !", FR, COPY) == "C’est chaud\u202f!"
