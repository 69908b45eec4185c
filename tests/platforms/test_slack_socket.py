"""Slack without a public address: the same app behind Socket Mode."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.chat import Button, Commanded, Done, Form, Input, OpenForm, Pressed, Say, Typed
from bot.domain.conversation import Address
from bot.errors import StoreBusy
from bot.platforms.slack import SlackPlatform
from bot.playground.slack_controls import words_of
from bot.playground.slack_json import objects_at
from tests.platforms.conftest import SlackStage


@pytest.fixture
async def socketed(slack: SlackStage, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SlackStage]:
    """Return the stage with a second platform that is connected by socket; HTTP leads nowhere."""
    monkeypatch.setattr("bot.platforms.slack_socket.LOOK_EVERY_S", 0.02)
    monkeypatch.setattr("bot.platforms.slack_socket.PING_EVERY_S", 0.5)
    platform = SlackPlatform(
        slack.double.token,
        "another secret",
        media=slack.media,
        record=slack.inbox.record,
        clock=slack.clock,
        base_url=slack.double.base_url,
        app_token=slack.double.app_token,
    )
    await platform.start()
    slack.double.bot_url = "http://127.0.0.1:9/"
    slack.platform, http = platform, slack.platform
    await connected(slack)
    yield slack
    await platform.close()
    slack.platform = http


async def connected(stage: SlackStage) -> None:
    """Wait until the bot is there."""
    async with asyncio.timeout(5):
        while not stage.double.sockets.is_connected:  # noqa: ASYNC110 - the SDK tells nobody
            await asyncio.sleep(0.01)


async def test_words_commands_presses_and_forms_come_in_by_socket(socketed: SlackStage) -> None:
    """Everything that works over HTTP works here, the answers of forms too."""
    people, sam = socketed.double.people, socketed.sam
    people.say(sam.id, socketed.direct.id, "hello")
    await socketed.settles()
    assert (await people.command(sam.id, socketed.channel.id, "/glocal help")).is_ok
    assert [event.content for event in socketed.inbox.events] == [Typed(text="hello"), Commanded(text="help")]
    here = Address(platform="slack", workspace="T0GLOCAL01", conversation_id=socketed.channel.id, is_direct=False)
    button = Button(label="Ask for changes", action="changes:q1:3", opens_form=True)
    await socketed.platform.post(here, Say(text=("Decide",), rows=((button,),)))
    (post,) = socketed.double.workspace.standing(socketed.channel.id)
    assert (await people.press(sam.id, post, "Ask for changes")).is_ok
    pressed = socketed.inbox.last
    assert isinstance(pressed.content, Pressed)
    form = Form(action="changes:q1:3", title="Changes", submit_label="Send", inputs=(Input(name="w", label="Words"),))
    await socketed.platform.post(pressed.address, OpenForm(form=form), cause=pressed)
    (modal,) = socketed.double.workspace.modals_of(sam.id)

    async def answer(incoming: object) -> None:
        await socketed.platform.post(here, Done(text=("Sent.",)), cause=socketed.inbox.last)

    socketed.inbox.answer = answer
    assert (await people.submit(sam.id, modal, {"Words": "darker"})).is_ok
    assert "Sent." in words_of(objects_at(modal.view, "blocks"))


async def test_nothing_is_acknowledged_by_socket_that_could_not_be_kept(
    socketed: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failing store leaves the envelope unanswered, and Slack sends it again."""
    monkeypatch.setattr("bot.playground.slack_events.ACK_WITHIN_S", 0.1)
    socketed.double.sender._retry_delays_s = (0.01,)
    socketed.inbox.failure = StoreBusy()
    socketed.double.people.say(socketed.sam.id, socketed.direct.id, "hello")
    await socketed.settles()
    assert socketed.inbox.events == []
    socketed.inbox.failure = None
    await socketed.double.sender.finished()
    assert [event.content for event in socketed.inbox.events] == [Typed(text="hello")]


async def test_a_dropped_socket_is_replaced(socketed: SlackStage) -> None:
    """When Slack closes the connection there is soon another one."""
    await socketed.double.sockets.drop()
    assert not socketed.double.sockets.is_connected
    await connected(socketed)
    socketed.double.people.say(socketed.sam.id, socketed.direct.id, "still there?")
    await socketed.settles()
    assert socketed.inbox.last.content == Typed(text="still there?")
