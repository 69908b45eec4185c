"""Forms as modals: opened at once, filled after the turn, marked where a field is wrong."""

import asyncio

import pytest

from bot.chat import Button, Done, Form, Incoming, Input, OpenForm, Pressed, Quiet, Refuse, Reply, Say, Submitted
from bot.domain.conversation import Address
from bot.platforms.slack_views import Origin
from bot.playground.slack_controls import controls_of, fields_of, words_of
from bot.playground.slack_json import objects_at
from bot.playground.slack_state import Modal
from tests.platforms.conftest import SlackStage

CHANGES = Button(label="Ask for changes", action="changes:q1:3", opens_form=True)


def form(value: str = "", error: str = "") -> Form:
    """Return a form with one field."""
    words = Input(name="words", label="What should change?", value=value, error=error, is_required=True)
    return Form(action="changes:q1:3", title="Ask for changes", submit_label="Send", inputs=(words,))


def modal_of(stage: SlackStage) -> Modal:
    """Return the one modal Sam has open."""
    (modal,) = stage.double.workspace.modals_of(stage.sam.id)
    return modal


async def open_window(stage: SlackStage) -> Incoming:
    """Let Sam press a button that opens a form; return the event."""
    here = Address(platform="slack", workspace="T0GLOCAL01", conversation_id="C0APPROVE1", is_direct=False)
    await stage.platform.post(here, Say(text=("Decide",), rows=((CHANGES,),)))
    post = list(stage.double.workspace.standing(stage.channel.id))[-1]
    assert (await stage.double.people.press(stage.sam.id, post, "Ask for changes")).is_ok
    return stage.inbox.last


def answering(stage: SlackStage, reply: Reply, *, after_s: float = 0.0) -> None:
    """Answer the next event as a turn would."""

    async def answer(incoming: Incoming) -> None:
        await asyncio.sleep(after_s)
        await stage.platform.post(incoming.address, reply, cause=incoming)

    stage.inbox.answer = answer


async def test_the_window_opens_at_once_and_is_filled_later(slack: SlackStage) -> None:
    """The press opens a loading modal; the form replaces it."""
    pressed = await open_window(slack)
    modal = modal_of(slack)
    assert pressed.content == Pressed(action="changes:q1:3", post_id=pressed.content.post_id, form_id=modal.id)  # type: ignore[union-attr]
    assert fields_of(objects_at(modal.view, "blocks")) == ()
    await slack.platform.post(pressed.address, OpenForm(form=form("darker")), cause=pressed)
    (field,) = fields_of(objects_at(modal.view, "blocks"))
    assert (field.label, field.initial, field.is_optional) == ("What should change?", "darker", False)


async def test_a_submission_comes_in_with_its_values_and_is_answered_in_the_modal(slack: SlackStage) -> None:
    """A quick turn's words stand in the modal at once; nothing is posted in the chat."""
    pressed = await open_window(slack)
    await slack.platform.post(pressed.address, OpenForm(form=form()), cause=pressed)
    modal, posts = modal_of(slack), len(slack.double.workspace.posts)
    answering(slack, Done(text=("Sent to Maria.",)))
    ack = await slack.double.people.submit(slack.sam.id, modal, {"What should change?": "too dark"})
    assert (ack.is_ok, ack.problem) == (True, "")
    submitted = slack.inbox.last
    assert submitted.content == Submitted(action="changes:q1:3", values={"words": "too dark"}, form_id=modal.id)
    assert submitted.address == pressed.address
    assert "Sent to Maria." in words_of(objects_at(modal.view, "blocks"))
    assert len(slack.double.workspace.posts) == posts


async def test_a_wrong_field_is_marked_and_keeps_what_was_typed(slack: SlackStage) -> None:
    """The form stays open with the error at its field."""
    pressed = await open_window(slack)
    await slack.platform.post(pressed.address, OpenForm(form=form()), cause=pressed)
    modal = modal_of(slack)
    answering(slack, OpenForm(form=form("x", error="Say a little more.")))
    for _ in range(2):
        assert (await slack.double.people.submit(slack.sam.id, modal, {"What should change?": "x"})).is_ok
        assert list(modal.errors.values()) == ["Say a little more."]
    assert len([event for event in slack.inbox.events if isinstance(event.content, Submitted)]) == 2
    assert len(fields_of(objects_at(modal.view, "blocks"))) == 1


async def test_another_form_in_the_same_modal_starts_with_its_own_values(slack: SlackStage) -> None:
    """What was typed into one form does not turn up in the next."""
    pressed = await open_window(slack)
    await slack.platform.post(pressed.address, OpenForm(form=form()), cause=pressed)
    modal = modal_of(slack)
    other = Form(
        action="reject:q1:3",
        title="Reject",
        submit_label="Send",
        inputs=(Input(name="why", label="Why?", value="too late"),),
    )
    answering(slack, OpenForm(form=other))
    await slack.double.people.submit(slack.sam.id, modal, {"What should change?": "darker"})
    answering(slack, Quiet())
    await slack.double.people.submit(slack.sam.id, modal, {})
    content = slack.inbox.last.content
    assert isinstance(content, Submitted)
    assert content.values == {"why": "too late"}


async def test_a_slow_turn_shows_a_loading_view_and_then_its_answer(
    slack: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The acknowledgement does not wait for ever, and the answer never comes before the loading view."""
    monkeypatch.setattr("bot.platforms.slack_windows.ANSWER_WITHIN_S", 0.02)
    monkeypatch.setattr("bot.platforms.slack_windows.SETTLE_S", 0.1)
    pressed = await open_window(slack)
    await slack.platform.post(pressed.address, OpenForm(form=form()), cause=pressed)
    modal = modal_of(slack)
    answering(slack, OpenForm(form=form("x", error="Say a little more.")), after_s=0.03)
    await slack.double.people.submit(slack.sam.id, modal, {"What should change?": "x"})
    assert "⏳" in words_of(objects_at(modal.view, "blocks"))
    before = slack.double.workspace.record.changes
    async with asyncio.timeout(5):
        while "Say a little more." not in words_of(objects_at(modal.view, "blocks")):
            before = await slack.double.workspace.record.changed_after(before)
    (field,) = fields_of(objects_at(modal.view, "blocks"))
    assert field.initial == "x"


async def test_nothing_more_to_say_closes_the_modal(slack: SlackStage) -> None:
    """A quiet turn: the redrawn card says it."""
    pressed = await open_window(slack)
    await slack.platform.post(pressed.address, OpenForm(form=form()), cause=pressed)
    answering(slack, Quiet())
    await slack.double.people.submit(slack.sam.id, modal_of(slack), {"What should change?": "x"})
    assert slack.double.workspace.modals_of(slack.sam.id) == []


async def test_a_refusal_in_a_modal_keeps_its_ways_out(slack: SlackStage) -> None:
    """Buttons in the modal work and name the conversation the modal belongs to."""
    pressed = await open_window(slack)
    way = Button(label="Use 20%", action="fill:p1:3:0")
    await slack.platform.post(pressed.address, Refuse(text=("At most 20%.",), rows=((way,),)), cause=pressed)
    modal = modal_of(slack)
    assert [control.label for control in controls_of(objects_at(modal.view, "blocks"))] == ["Use 20%"]
    assert (await slack.double.people.press(slack.sam.id, modal, "Use 20%")).is_ok
    again = slack.inbox.last
    assert again.content == Pressed(action="fill:p1:3:0", post_id=pressed.content.post_id, form_id=modal.id)  # type: ignore[union-attr]
    assert again.address == pressed.address


async def test_an_answer_to_a_closed_modal_goes_to_the_chat(slack: SlackStage) -> None:
    """Words are not lost when the person has closed the window."""
    pressed = await open_window(slack)
    slack.double.people.dismiss(slack.sam.id, modal_of(slack))
    await slack.platform.post(pressed.address, Refuse(text=("Too late.",), is_private=True), cause=pressed)
    assert slack.double.workspace.seen_by(slack.sam.id, slack.channel.id)[-1].text == "Too late."


async def test_without_a_window_the_form_is_offered_by_a_button(slack: SlackStage) -> None:
    """An expired trigger costs one more press, not the form."""
    slack.double.faults.fail("views.open", error="expired_trigger_id")
    pressed = await open_window(slack)
    assert isinstance(pressed.content, Pressed)
    assert pressed.content.form_id == ""
    await slack.platform.post(pressed.address, OpenForm(form=form()), cause=pressed)
    offer = slack.double.workspace.seen_by(slack.sam.id, slack.channel.id)[-1]
    assert (await slack.double.people.press(slack.sam.id, offer, "Ask for changes")).is_ok
    assert modal_of(slack).user == slack.sam.id


def test_an_origin_fits_into_private_metadata() -> None:
    """A form with many fields still stays inside 3,000 characters."""
    where = Address(platform="slack", workspace="T0" * 6, conversation_id="C0" * 6, thread_id="1" * 17)
    origin = Origin(address=where, post_id="1" * 17, action="x" * 64, names=("a_long_slot_name",) * 40, title="T" * 60)
    assert len(origin.dump()) <= 3_000
    assert Origin.load(origin.dump()) == origin
    assert Origin.load("nonsense") is None
