"""People in the Slack double, and what reaches the bot: signed, repeated, in Slack's shapes."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack_control import add_control
from bot.playground.slack_double import SlackDouble
from bot.playground.slack_forms import CannotDo
from bot.playground.slack_json import Json, JsonObject, text_at
from bot.playground.slack_remote import SlackRemote
from bot.playground.slack_state import Person, Place

BUTTONS: list[dict[str, Json]] = [
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "text": {"type": "plain_text", "text": "Approve"},
                "action_id": "approve",
                "value": "approve:R1:3",
            }
        ],
    }
]
VIEW: JsonObject = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Fill"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "headline",
            "label": {"type": "plain_text", "text": "Headline"},
            "element": {"type": "plain_text_input", "action_id": "v", "max_length": 9},
        }
    ],
}


@dataclass
class Ear:
    """A bot that writes down what it hears and answers as told."""

    secret: str
    heard: list[JsonObject] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    answer: str = ""

    async def hear(self, request: web.Request) -> web.Response:
        raw = await request.text()
        assert SignatureVerifier(self.secret).is_valid_request(raw, dict(request.headers))
        fields = {key: entries[0] for key, entries in parse_qs(raw).items()}
        told = fields.get("payload", raw)
        body: JsonObject = json.loads(told) if told.startswith("{") else {**fields}
        self.heard.append(body)
        self.headers.append({key.lower(): entry for key, entry in request.headers.items()})
        status = self.statuses.pop(0) if self.statuses else 200
        return web.Response(status=status, text=self.answer)

    def events(self) -> list[str]:
        return [text_at(body, "event", "type") for body in self.heard]


@pytest.fixture
async def ear(slack: SlackDouble) -> AsyncIterator[Ear]:
    """Return a listening bot."""
    listening = Ear(slack.signing_secret)
    app = web.Application()
    app.router.add_post("/slack/events", listening.hear)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield listening
    await runner.cleanup()


async def test_words_reactions_and_files_reach_the_bot_signed(
    slack: SlackDouble, ear: Ear, approvals: Place, sam: Person
) -> None:
    """Each act becomes one event whose signature the SDK's verifier accepts."""
    post = slack.people.say(sam.id, approvals.id, f"<@{slack.workspace.bot.id}> hello")
    slack.people.react(sam.id, post, "white_check_mark")
    slack.people.unreact(sam.id, post, "white_check_mark")
    slack.people.upload(sam.id, approvals.id, "a.png", b"\x89PNG", comment="here")
    slack.people.edit(sam.id, post, "changed")
    await slack.sender.delivered()
    assert sorted(ear.events()) == [
        "app_mention",
        "message",
        "message",
        "message",
        "reaction_added",
        "reaction_removed",
    ]
    assert {text_at(body, "event", "subtype") for body in ear.heard} == {
        "",
        "file_share",
        "message_changed",
    }


async def test_the_bot_hears_itself(slack: SlackDouble, ear: Ear, client: AsyncWebClient, approvals: Place) -> None:
    """As at the real Slack, the bot's own posts come back as events with its bot id."""
    await client.chat_postMessage(channel=approvals.id, text="me")
    await slack.sender.delivered()
    (event,) = ear.heard
    assert text_at(event, "event", "bot_id") == slack.workspace.bot_id


async def test_an_unacknowledged_event_is_repeated_with_its_number(
    approvals: Place, slack: SlackDouble, ear: Ear, sam: Person
) -> None:
    """Two failures bring two repeats of the same event id, numbered."""
    slack.sender._retry_delays_s = (0.0, 0.01, 0.01)
    ear.statuses = [500, 404]
    slack.people.say(sam.id, approvals.id, "hello")
    await slack.sender.finished()
    assert len({text_at(body, "event_id") for body in ear.heard}) == 1
    assert [head.get("x-slack-retry-num") for head in ear.headers] == [None, "1", "2"]


async def test_held_events_go_out_several_times_in_another_order(
    slack: SlackDouble, ear: Ear, approvals: Place, sam: Person
) -> None:
    """Duplicates and reordering on demand: every copy arrives, none alone in order."""
    slack.sender.hold()
    for number in range(8):
        slack.people.say(sam.id, approvals.id, str(number))
    assert slack.sender.release(copies=3, shuffled=random.Random(7)) == 24
    await slack.sender.delivered()
    texts = [text_at(body, "event", "text") for body in ear.heard]
    assert sorted(texts) == sorted(str(number) for number in range(8) for _ in range(3))
    assert texts != sorted(texts)


async def test_a_slow_answer_is_an_error(
    slack: SlackDouble, ear: Ear, approvals: Place, sam: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An acknowledgement after the limit counts as none."""
    monkeypatch.setattr("bot.playground.slack_events.ACK_WITHIN_S", 0.05)
    monkeypatch.setattr(ear, "answer", "late")
    hear = ear.hear

    async def sleepy(request: web.Request) -> web.Response:
        await asyncio.sleep(0.1)
        return await hear(request)

    app = web.Application()
    app.router.add_post("/slow", sleepy)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slow"
    ack = await slack.people.command(sam.id, approvals.id, "/glocal help")
    assert "operation_timeout" in ack.problem
    await runner.cleanup()


async def test_a_press_carries_the_button_and_opens_one_modal_for_three_seconds(
    slack: SlackDouble, ear: Ear, client: AsyncWebClient, approvals: Place, sam: Person
) -> None:
    """The trigger works once, and not after three seconds."""
    shown = await client.chat_postMessage(channel=approvals.id, text="card", blocks=BUTTONS)
    post = slack.workspace.find_post(approvals.id, shown["ts"])
    assert post is not None
    assert (await slack.people.press(sam.id, post, "Approve")).is_ok
    pressed = ear.heard[-1]
    trigger = text_at(pressed, "trigger_id")
    assert text_at(pressed, "type") == "block_actions"
    await client.views_open(trigger_id=trigger, view=VIEW)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=trigger, view=VIEW)
    await slack.people.press(sam.id, post, "approve:R1:3")
    late = text_at(ear.heard[-1], "trigger_id")
    slack.tickets.triggers[late].issued_at -= 3.1
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id=late, view=VIEW)


async def test_a_modal_is_filled_and_its_answer_is_judged(
    slack: SlackDouble, ear: Ear, client: AsyncWebClient, approvals: Place, sam: Person
) -> None:
    """Values arrive by block id; errors mark the field, an empty answer closes the modal."""
    trigger = slack.tickets.issue_trigger(sam.id, channel=approvals.id)
    opened = await client.views_open(trigger_id=trigger, view=VIEW)
    (modal,) = slack.workspace.modals_of(sam.id)
    with pytest.raises(CannotDo, match="must be filled"):
        await slack.people.submit(sam.id, modal, {})
    with pytest.raises(CannotDo, match="at most 9"):
        await slack.people.submit(sam.id, modal, {"Headline": "much too long"})
    ear.answer = '{"response_action":"errors","errors":{"headline":"No shouting"}}'
    assert (await slack.people.submit(sam.id, modal, {"Headline": "HEY"})).is_ok
    assert modal.errors == {"headline": "No shouting"}
    ear.answer = '{"response_action":"errors","errors":{"other":"?"}}'
    assert "block_ids" in (await slack.people.submit(sam.id, modal, {"Headline": "Hey"})).problem
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=modal.id, hash="1.a", view=VIEW)
    await client.views_update(view_id=modal.id, hash=opened["view"]["hash"], view=VIEW)
    ear.answer = ""
    await slack.people.submit(sam.id, modal, {"headline": "Hey"})
    assert slack.workspace.modals_of(sam.id) == []


async def test_a_response_url_works_five_times(slack: SlackDouble, ear: Ear, approvals: Place, sam: Person) -> None:
    """It posts privately, and the sixth use answers used_url."""
    await slack.people.command(sam.id, approvals.id, "/glocal help")
    address = text_at(ear.heard[-1], "response_url")
    async with aiohttp.ClientSession() as session:
        answers = []
        for _ in range(6):
            async with session.post(address, json={"text": "psst"}) as answer:
                answers.append((answer.status, await answer.text()))
    assert answers == [(200, "ok")] * 5 + [(404, '{"ok":false,"error":"used_url"}')]
    assert len(slack.workspace.seen_by(sam.id, approvals.id)) == 5


async def test_people_cannot_do_what_slack_would_not_let_them(
    slack: SlackDouble, ear: Ear, client: AsyncWebClient, approvals: Place, sam: Person
) -> None:
    """No press on an invisible post, no words where one is not, no edit of another's post."""
    ana = slack.workspace.add_person("ana")
    with pytest.raises(CannotDo):
        slack.people.say(ana.id, approvals.id, "hello")
    shown = await client.chat_postMessage(channel=approvals.id, text="card", blocks=BUTTONS)
    post = slack.workspace.find_post(approvals.id, shown["ts"])
    assert post is not None
    with pytest.raises(CannotDo, match="not visible"):
        await slack.people.press(ana.id, post, "Approve")
    with pytest.raises(CannotDo, match="there is Approve"):
        await slack.people.press(sam.id, post, "Reject")
    with pytest.raises(CannotDo, match="author"):
        slack.people.edit(sam.id, post, "mine now")


async def test_whoever_waits_wakes_at_the_next_change(slack: SlackDouble, approvals: Place, sam: Person) -> None:
    """A pane that waits for changes sees the next one by its number."""
    before = slack.workspace.record.changes
    waiting = asyncio.create_task(slack.workspace.record.changed_after(before))
    await asyncio.sleep(0)
    slack.people.say(sam.id, approvals.id, "hello")
    assert await waiting > before


async def test_the_remote_control_does_the_same_acts(ear: Ear, slack: SlackDouble) -> None:
    """Another process can add people, speak and look; an impossible act is refused in words."""
    double = SlackDouble(retry_delays_s=())
    add_control(double)
    async with double, aiohttp.ClientSession() as session:
        remote = SlackRemote(session, root_url=double.workspace.base_url)
        await remote.act("bot_url", url=slack.bot_url)
        person = await remote.act("person", name="sam", id="U0SAM00001")
        assert person["id"] == "U0SAM00001"
        await remote.act("channel", name="approvals", id="C0APPROVE1", members=["U0SAM00001"])
        await remote.act("hold")
        await remote.act("say", user="U0SAM00001", channel="C0APPROVE1", text="hello")
        assert await remote.act("release", copies=2, seed=7) == {"sent": 2}
        await remote.act("delivered")
        await remote.act("fault", kind="limit", method="chat.postMessage", times=2)
        with pytest.raises(LookupError, match="no such fault"):
            await remote.act("fault", kind="sparkle", method="chat.postMessage")
        state = await remote.act("state")
        assert "hello" in json.dumps(state["posts"])
        with pytest.raises(LookupError, match="is not in"):
            await remote.act("say", user="U0NOBODY00", channel="C0APPROVE1", text="hello")
    assert ear.events() == ["message", "message"]
