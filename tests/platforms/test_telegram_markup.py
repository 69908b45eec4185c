"""Everything that can be drawn is taken by the double, whatever people typed."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat import (
    Ask,
    Button,
    Card,
    Choose,
    Done,
    Form,
    Input,
    Line,
    Linked,
    ListOut,
    Note,
    OpenForm,
    Option,
    Picture,
    Quiet,
    Quoted,
    Refuse,
    Reply,
    Say,
    ShowCard,
    Strong,
    Text,
)
from bot.domain.conversation import View
from bot.domain.ids import CampaignId, Digest
from bot.platforms.telegram_markup import AlbumPost, DrawnPost, PhotoPost, TextPost, draw_card, draw_reply
from bot.playground.telegram_params import Params
from bot.playground.telegram_rules import check_album_size
from bot.playground.telegram_sending import caption_of, read_markup, read_text

WILD = "aé🥐<&>\"'/\n\t ._*[](){}\u200b\u202e\u200d👨‍👩‍👧\x00\x07\ud800"
words = st.text(st.sampled_from(WILD), max_size=40) | st.sampled_from(
    ["", " ", "x" * 5_000, "word " * 1_500, "🥐" * 3_000, "</b><a href='x'>", "\u200b\u200b"]
)
parts = (
    words
    | st.builds(Strong, text=words)
    | st.builds(Quoted, text=words)
    | st.builds(Linked, text=words, url=st.sampled_from(['https://a.example/?a=1&b="2"', "javascript:alert(1)"]))
)
texts: st.SearchStrategy[Text] = st.lists(parts, max_size=4).map(tuple)
buttons = st.builds(
    Button,
    label=words,
    action=st.sampled_from(["go:c1:1", "é" * 32, "x" * 65, ""]),
    style=st.sampled_from(["plain", "primary", "danger"]),
)
rows = st.lists(st.lists(buttons, max_size=10).map(tuple), max_size=14).map(tuple)
pictures = st.builds(
    Picture, digest=st.just(Digest("0" * 64)), alt=words, width_px=st.just(1080), height_px=st.just(1080), title=words
)
options = st.builds(Option, title=words, description=words, picture=st.none() | pictures, button=buttons)
inputs = st.builds(Input, name=st.just("slot"), label=words, value=words, hint=words, error=words)
forms = st.builds(
    Form, action=st.just("form:c1:1"), title=words, submit_label=words, inputs=st.lists(inputs).map(tuple), intro=texts
)
replies: st.SearchStrategy[Reply] = st.one_of(
    st.builds(Say, text=texts, rows=rows),
    st.builds(Done, text=texts, rows=rows),
    st.builds(Ask, text=texts, hint=words, rows=rows),
    st.builds(Refuse, text=texts, citation=words, rows=rows),
    st.builds(Choose, text=texts, options=st.lists(options, max_size=12).map(tuple), rows=rows),
    st.builds(
        ListOut, title=texts, lines=st.lists(texts, max_size=30).map(tuple), rows=rows, picture=st.none() | pictures
    ),
    st.builds(ShowCard, campaign_id=st.just(CampaignId("c1")), text=texts, rows=rows),
    st.builds(OpenForm, form=forms),
    st.builds(Quiet, toast=words),
)
cards = st.builds(
    Card,
    campaign_id=st.just(CampaignId("c1")),
    revision=st.just(1),
    view=st.sampled_from(View),
    title=texts,
    status=texts,
    pictures=st.lists(pictures, max_size=12).map(tuple),
    lines=st.lists(
        st.builds(
            Line,
            label=words,
            value=texts,
            mark=st.sampled_from(["", "unconfirmed", "missing", "changed", "locked"]),
            note=words,
        ),
        max_size=8,
    ).map(tuple),
    notes=st.lists(st.builds(Note, tone=st.sampled_from(["ok", "info", "warn", "block"]), text=texts), max_size=3).map(
        tuple
    ),
    rows=rows,
)
WITHIN = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def take(post: DrawnPost) -> None:
    """Let the double's rules read a post as they read a call."""
    match post:
        case TextPost():
            read_text(Params({"text": post.html, "parse_mode": "HTML"}))
            caption_of(post.caption, "HTML")
        case PhotoPost():
            caption_of(post.caption, "HTML")
        case AlbumPost():
            check_album_size(len(post.pictures))
            for _, caption in post.pictures:
                caption_of(caption, "HTML")
            return
    if post.keyboard:
        read_markup(Params({"reply_markup": json.dumps(post.keyboard.to_dict())}))


@given(reply=replies)
@WITHIN
def test_every_reply_is_taken_by_telegram(reply: Reply) -> None:
    """Whatever a reply holds, no post of it would be refused, and its buttons are on the last one."""
    posts = draw_reply(reply)
    for post in posts:
        take(post)
    assert all(getattr(post, "keyboard", None) is None for post in posts[:-1])


@given(card=cards)
@WITHIN
def test_every_card_is_taken_by_telegram(card: Card) -> None:
    """Whatever a card holds, it fits, and its last post is the one that is edited."""
    posts = draw_card(card)
    for post in posts:
        take(post)
    assert not isinstance(posts[-1], AlbumPost)


def test_long_values_give_way_first() -> None:
    """A card too long for a caption shows the beginning of its long values and all of its labels."""
    picture = Picture(digest=Digest("0" * 64), alt="", width_px=1080, height_px=1080)
    lines = tuple(Line(label=f"Line {number}", value=(Quoted(text=f"{number} " + "x" * 400),)) for number in range(6))
    card = Card(
        campaign_id=CampaignId("c1"), revision=1, view=View.OWNER, title=("Offer",), status=("Draft",),
        pictures=(picture,), lines=lines, notes=(Note(tone="block", text=("Not allowed",)),),
    )  # fmt: skip
    (post,) = draw_card(card)
    assert isinstance(post, PhotoPost)
    plain, _ = caption_of(post.caption, "HTML").plain, None
    assert all(f"Line {number}: {number} x" in plain for number in range(6))
    assert "⛔ Not allowed" in plain


def test_wide_rows_are_broken_for_a_phone() -> None:
    """Short labels share a row, long ones get their own."""
    short = tuple(Button(label=label, action="format:c1:1") for label in ("Square", "Story", "Wide"))
    long = tuple(Button(label=f"Confirm everything {number}", action="go:c1:1") for number in range(2))
    (post,) = draw_reply(Say(text=("Which?",), rows=(short, long)))
    assert isinstance(post, TextPost)
    assert post.keyboard is not None
    assert [len(row) for row in post.keyboard.inline_keyboard] == [3, 1, 1]
