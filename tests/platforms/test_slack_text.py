"""Words in and out of Slack's mrkdwn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import Linked, Quoted, Strong, Text
from bot.platforms.slack_text import draw, read, split
from bot.playground.slack_json import objects_at, text_at
from bot.playground.slack_typing import decode, encode


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        (("plain",), "plain"),
        (("<!channel> & <@U1>",), "&lt;!channel&gt; &amp; &lt;@U1&gt;"),
        (("by ", Strong(text="Sam"), "."), "by *Sam*."),
        ((Linked(text="terms", url="https://a.example/x?a=1&b=2"),), "<https://a.example/x?a=1&amp;b=2|terms>"),
        ((Linked(text="no", url="javascript:alert(1)"),), "no"),
        ((Linked(text="a|b>c", url="https://a.example/|x>"),), "<https://a.example/%7Cx%3E|a/b&gt;c>"),
        (("Sam: ", Quoted(text="too\ndark")), "Sam: \n>too\n>dark"),
        ((Quoted(text="fresh"), " is short"), "fresh is short"),
        (("a *bold* move",), "a *\u2060bold* move"),
        (("2*3*4 snake_case_name",), "2*3*4 snake_case_name"),
    ],
)
def test_parts_become_markup_and_everything_else_is_escaped(text: Text, drawn: str) -> None:
    """Emphasis, links and quotes are drawn; what somebody typed cannot ping, link or format."""
    assert draw(text) == drawn


@given(st.text(max_size=200) | st.text(alphabet="a0 *_~`<>&|\n", max_size=40))
def test_any_words_read_on_the_screen_as_they_were_written(words: str) -> None:
    """Escaping and accidental markup never change what one reads."""
    cleaned = words.replace("\u2060", "").replace("\r", "")
    lines = "\n".join(line.lstrip(">") for line in cleaned.split("\n"))
    assert decode(draw((lines,))) == lines


@given(st.text(alphabet="ab &<>\n", max_size=300), st.integers(min_value=12, max_value=40))
def test_long_words_are_cut_without_loss(words: str, most: int) -> None:
    """No piece is too long, no entity is cut in two, and nothing but space is lost at the cuts."""
    pieces = split(draw((words,)), most)
    assert all(0 < len(piece) <= most for piece in pieces)
    assert "".join("".join(decode(piece).split()) for piece in pieces).replace(">", "") == "".join(
        words.split()
    ).replace(">", "")


@pytest.mark.parametrize(
    "typed",
    [
        "20% off <everything> & more",
        "see https://bakery.example/menu and bakery.com",
        "Fresh 🥐 from 7, 👍🏽",
        "write to sam & co",
    ],
)
def test_what_a_person_typed_comes_in_as_they_typed_it(typed: str) -> None:
    """Escapes, linked addresses and emoji names are undone."""
    event = encode(typed)
    sections = [section for block in event.blocks for section in objects_at(block, "elements")]
    emoji = {
        text_at(element, "name"): "".join(chr(int(code, 16)) for code in text_at(element, "unicode").split("-"))
        for section in sections
        for element in objects_at(section, "elements")
    }
    assert read(event.text, emoji) == typed


def test_the_mention_of_the_bot_is_left_out() -> None:
    """In a channel one calls the bot by name; the name is not part of the words."""
    assert read("<@U0BOT> weekend offer", {}, bot_user_id="U0BOT") == "weekend offer"
    assert read("role <@U0SAM|sam> approver in <#C1|riverside>", {}) == "role @sam approver in #riverside"
