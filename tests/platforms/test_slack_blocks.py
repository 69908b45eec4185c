"""Every reply and card, drawn inside every limit of Block Kit."""

import pytest

from bot.chat import (
    Ask,
    Button,
    Card,
    Choose,
    Done,
    Form,
    Input,
    Line,
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
)
from bot.domain.conversation import Address, View
from bot.domain.ids import CampaignId, Digest
from bot.platforms.slack_blocks import draw_card, draw_reply
from bot.platforms.slack_views import Origin, closing_view, form_view, loading_view
from bot.playground.slack_controls import controls_of, words_of
from bot.playground.slack_json import Json
from bot.playground.slack_rules import check_blocks, check_view

HERE = Address(platform="slack", workspace="T0", conversation_id="C0")
LONG = "A very <long> word & *more* " * 400
PRESS = Button(label="Approve " * 20, action="approve:q1:3", style="primary")
ROWS = ((PRESS, PRESS.model_copy(update={"opens_form": True, "style": "danger"})),) * 30
PICTURE = Picture(digest=Digest("ab" * 32), alt="A croissant, 20% off", width_px=1080, height_px=1080, title="Square")
OPTION = Option(title="Weekend offer", description=LONG, picture=PICTURE, button=PRESS)
BARE = Option(title="New product", button=PRESS)
REPLIES: tuple[Reply, ...] = (
    Say(text=("Hello ", Strong(text="Sam"), LONG), rows=ROWS),
    Say(text=("",)),
    Ask(text=(LONG,), hint=LONG, rows=ROWS),
    Choose(text=("Which?",), options=(OPTION, BARE) * 30, rows=ROWS),
    Refuse(text=("No: ", Quoted(text=LONG)), citation=LONG, rows=ROWS),
    Done(text=("Sent.",)),
    ListOut(title=(LONG,), lines=((LONG,), ("short",)) * 200, rows=ROWS, picture=PICTURE),
    ShowCard(campaign_id=CampaignId("c1"), text=("Here it is",)),
)
CARD = Card(
    campaign_id=CampaignId("c1"),
    revision=3,
    view=View.APPROVER,
    title=("Weekend offer – Riverside",),
    status=("3 of 6 filled",),
    pictures=(PICTURE, PICTURE, PICTURE),
    lines=(
        Line(label="Headline", value=(Quoted(text="Half off\neverything"),), mark="unconfirmed", note="from your text"),
        Line(label="Price", value=("$4.50",), mark="changed"),
        Line(label="Phone", value=(), mark="missing", note="still to fill"),
    ),
    notes=(Note(tone="ok", text=("All 5 checks pass",)), Note(tone="block", text=("Too low",))),
    rows=((PRESS,),),
    summary="Weekend offer waits for you",
)


def problems(blocks: Json) -> list[str]:
    """Return what Slack would refuse."""
    return [str(problem) for problem in check_blocks(blocks, is_shown=lambda _file: True)]


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.kind)
@pytest.mark.parametrize("is_uploaded", [True, False])
def test_every_reply_is_inside_the_limits(reply: Reply, *, is_uploaded: bool) -> None:
    """However long the words and however many the buttons, Slack takes it, and the buttons survive."""
    files = {PICTURE.digest: "F0123456789"} if is_uploaded else {}
    drawing = draw_reply(reply, files)
    assert drawing is not None
    assert drawing.text
    assert problems(list(drawing.blocks)) == []
    rows = getattr(reply, "rows", ())
    assert len(controls_of(list(drawing.blocks))) >= min(len(rows), 1)


@pytest.mark.parametrize("reply", [Quiet(), OpenForm(form=Form(action="x", title="t", submit_label="s", inputs=()))])
def test_what_is_not_a_post_is_not_drawn_as_one(reply: Reply) -> None:
    """Silence and forms make no post."""
    assert draw_reply(reply, {}) is None


def test_a_card_shows_pictures_values_marks_and_checks() -> None:
    """All that an approver needs stands in one post, in words as well as in pictures."""
    drawing = draw_card(CARD, {PICTURE.digest: "F0123456789"})
    blocks: Json = list(drawing.blocks)
    assert problems(blocks) == []
    assert [block["type"] for block in drawing.blocks].count("image") == 3
    read = words_of(drawing.blocks)
    for words in (
        "Weekend offer – Riverside",
        ">Half off",
        "$4.50",
        "still to fill",
        "All 5 checks pass",
        "⛔ Too low",
    ):
        assert words in read
    assert drawing.text == "Weekend offer waits for you"


def test_a_picture_slack_does_not_have_is_told_in_words() -> None:
    """Without the file its alternative text stands in the card."""
    assert "A croissant, 20% off" in words_of(draw_card(CARD, {}).blocks)


def test_a_huge_card_keeps_its_buttons() -> None:
    """A card longer than a post allows loses lines, never the way to decide."""
    line = Line(label="L", value=(LONG,))
    drawing = draw_card(CARD.model_copy(update={"lines": (line,) * 60}), {})
    assert problems(list(drawing.blocks)) == []
    assert [control.value for control in controls_of(drawing.blocks)] == ["approve:q1:3"]


INPUTS = (
    Input(name="headline", label="Headline " * 300, value=LONG, hint=LONG, is_required=True, error=LONG),
    Input(name="terms", label="Terms", kind="long_text"),
    Input(name="product", label="Product", kind="choice", options=(("a", "Almond " * 20), ("b", "")), value="a"),
    Input(name="day", label="Day", kind="date", value="2026-12-04"),
)


def test_forms_are_inside_the_limits_of_a_modal() -> None:
    """Every kind of input, over-long titles and labels, errors beside their fields."""
    form = Form(action="fill:c1:3", title="T" * 60, submit_label="S" * 60, inputs=INPUTS * 30, intro=(LONG,))
    origin = Origin(address=HERE)
    for view in (form_view(form, origin), loading_view(origin), closing_view(origin, [])):
        found = [str(problem) for problem in check_view(dict(view), is_shown=lambda _file: True)]
        assert found == []
