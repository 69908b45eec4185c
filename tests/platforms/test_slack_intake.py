"""What people do in Slack, as it reaches the inbox through the real slack-bolt app."""

import random

import aiohttp
import pytest

from bot.chat import Button, Commanded, Done, Edited, Pressed, Reacted, Say, Typed, Unsupported, Uploaded
from bot.domain.conversation import Address, Post
from bot.errors import StoreBusy
from bot.playground.slack_state import Post as SeenPost
from tests.platforms.conftest import PNG, SlackStage

APPROVE = Button(label="Approve", action="approve:q1:3", style="primary")


def address(stage: SlackStage, *, thread: str = "", direct: bool = False) -> Address:
    """Return where the talk is."""
    place = stage.direct if direct else stage.channel
    return Address(
        platform="slack",
        workspace="T0GLOCAL01",
        conversation_id=place.id,
        thread_id=thread,
        is_direct=direct,
    )


async def post_with_button(stage: SlackStage, *, thread: str = "") -> SeenPost:
    """Let the bot post a button in the channel and return the post as people see it."""
    await stage.platform.post(address(stage, thread=thread), Say(text=("Decide",), rows=((APPROVE,),)))
    return list(stage.double.workspace.standing(stage.channel.id))[-1]


async def test_words_in_a_direct_chat_are_typed(slack: SlackStage) -> None:
    """The text, who typed it and where."""
    slack.double.people.say(slack.sam.id, slack.direct.id, "20% off & <fresh> 🥐")
    await slack.settles()
    (incoming,) = slack.inbox.events
    assert incoming.content == Typed(text="20% off & <fresh> 🥐")
    assert incoming.actor.user_id == "U0SAM00001"
    assert incoming.address == address(slack, direct=True)
    assert incoming.event_id.startswith("slack:Ev")
    assert incoming.received_at == slack.clock.instant


async def test_in_a_channel_only_mentions_and_threads_come_in(slack: SlackStage) -> None:
    """Talk that is not meant for the bot stays outside; a mention comes in once."""
    people, bot = slack.double.people, slack.double.workspace.bot.id
    parent = people.say(slack.sam.id, slack.channel.id, "lunch?")
    people.say(slack.sam.id, slack.channel.id, f"<@{bot}> queue")
    people.say(slack.sam.id, slack.channel.id, "too dark", thread_ts=parent.ts)
    people.say(slack.sam.id, slack.channel.id, f"<@{bot}> help", thread_ts=parent.ts)
    await slack.settles()
    found = {
        (e.content.text, e.content.reply_to, e.address.thread_id)
        for e in slack.inbox.events
        if isinstance(e.content, Typed)
    }
    assert found == {("queue", "", ""), ("too dark", parent.ts, parent.ts), ("help", parent.ts, parent.ts)}
    assert len(slack.inbox.events) == 3


async def test_the_bot_never_answers_itself_or_other_bots(slack: SlackStage) -> None:
    """Own posts, own edits and other apps' posts do not come in."""
    card = await post_with_button(slack, thread="")
    await slack.platform._running.client.chat_update(channel=slack.channel.id, ts=card.ts, text="redrawn")
    target = address(slack, direct=True)
    await slack.platform.post(target, Say(text=("hello",)))
    robot = slack.double.workspace.add_person("robot", is_bot=True)
    slack.direct.members.append(robot.id)
    post = slack.double.people.say(slack.sam.id, slack.direct.id, "x")
    slack.double.sender.emit(
        {
            "type": "message",
            "user": robot.id,
            "bot_id": "B0OTHER000",
            "text": "beep",
            "ts": "1.2",
            "channel": slack.direct.id,
        }
    )
    slack.double.sender.emit(
        {
            "type": "message",
            "subtype": "bot_message",
            "bot_id": "B0OTHER000",
            "text": "beep",
            "ts": "1.3",
            "channel": slack.direct.id,
        }
    )
    slack.double.sender.emit(
        {"type": "message", "user": "USLACKBOT", "text": "hi", "ts": "1.4", "channel": slack.direct.id}
    )
    slack.double.sender.emit(
        {
            "type": "message",
            "subtype": "channel_join",
            "user": slack.sam.id,
            "text": "joined",
            "ts": "1.5",
            "channel": slack.direct.id,
        }
    )
    await slack.settles()
    assert [event.content for event in slack.inbox.events] == [Typed(text=post.text)]
    assert all(delivery.ack.is_ok for delivery in slack.double.sender.deliveries)


async def test_an_edit_comes_in_and_an_unfurl_does_not(slack: SlackStage) -> None:
    """Only a changed text is an edit."""
    post = slack.double.people.say(slack.sam.id, slack.direct.id, "10% off")
    slack.double.people.edit(slack.sam.id, post, "10% off")
    slack.double.people.edit(slack.sam.id, post, "15% off")
    await slack.settles()
    edits = [event.content for event in slack.inbox.events if isinstance(event.content, Edited)]
    assert edits == [Edited(text="15% off", post_id=post.ts)]


@pytest.mark.parametrize("emoji", ["white_check_mark", "+1::skin-tone-4"])
async def test_a_reaction_counts_without_its_skin_tone(slack: SlackStage, emoji: str) -> None:
    """The plain emoji's name and the post it stands on."""
    post = await post_with_button(slack)
    slack.double.people.react(slack.sam.id, post, emoji)
    slack.double.people.unreact(slack.sam.id, post, emoji)
    await slack.settles()
    assert [event.content for event in slack.inbox.events] == [Reacted(emoji=emoji.partition("::")[0], post_id=post.ts)]
    assert slack.inbox.last.address == address(slack)


async def test_a_photo_comes_in_with_its_caption_and_can_be_fetched(slack: SlackStage) -> None:
    """The reference leads to the bytes."""
    slack.double.people.upload(slack.sam.id, slack.direct.id, "shop.png", PNG, comment="our window")
    await slack.settles()
    content = slack.inbox.last.content
    assert isinstance(content, Uploaded)
    assert (content.caption, content.file.name, content.file.media_type) == ("our window", "shop.png", "image/png")
    assert await slack.platform.fetch(content.file) == PNG


async def test_a_voice_note_is_said_to_be_one(slack: SlackStage) -> None:
    """What we cannot read comes in by its kind."""
    slack.double.people.upload(slack.sam.id, slack.direct.id, "note.ogg", b"OggS0000")
    await slack.settles()
    assert slack.inbox.last.content == Unsupported(what="voice")


async def test_a_press_names_its_button_and_post(slack: SlackStage) -> None:
    """In a channel the press belongs to the channel, also when the card has a thread."""
    post = await post_with_button(slack)
    slack.double.people.say(slack.sam.id, slack.channel.id, "why?", thread_ts=post.ts)
    await slack.settles()
    ack = await slack.double.people.press(slack.sam.id, post, "Approve")
    assert ack.is_ok
    assert slack.inbox.last.content == Pressed(action="approve:q1:3", post_id=post.ts)
    assert slack.inbox.last.address == address(slack)
    inside = await post_with_button(slack, thread=post.ts)
    await slack.double.people.press(slack.sam.id, inside, "Approve")
    assert slack.inbox.last.address == address(slack, thread=post.ts)


async def test_a_command_carries_its_words_and_answers_privately(slack: SlackStage) -> None:
    """`/glocal` works everywhere, also where the bot is not a member: the answer takes the response URL."""
    elsewhere = slack.double.workspace.add_channel("elsewhere", members=(slack.sam.id,))
    elsewhere.members.remove(slack.double.workspace.bot.id)
    assert (await slack.double.people.command(slack.sam.id, elsewhere.id, "/glocal role <@U0SAM00001> approver")).is_ok
    incoming = slack.inbox.last
    assert incoming.content == Commanded(text="role @U0SAM00001 approver")
    for is_private in (True, False):
        await slack.platform.post(incoming.address, Done(text=("Noted.",), is_private=is_private), cause=incoming)
    seen = slack.double.workspace.seen_by(slack.sam.id, elsewhere.id)
    assert [(post.text, post.private_to) for post in seen] == [("Noted.", slack.sam.id)] * 2


async def test_nothing_is_acknowledged_that_could_not_be_kept(slack: SlackStage) -> None:
    """While the store refuses, Slack gets an error and repeats; the person sees that a press failed."""
    slack.double.sender._retry_delays_s = (0.0, 0.02)
    post = await post_with_button(slack)
    await slack.settles()
    slack.inbox.failure = StoreBusy()
    slack.double.people.say(slack.sam.id, slack.direct.id, "hello")
    await slack.settles()
    assert not (await slack.double.people.press(slack.sam.id, post, "Approve")).is_ok
    assert not (await slack.double.people.command(slack.sam.id, slack.channel.id, "/glocal help")).is_ok
    assert slack.inbox.events == []
    slack.inbox.failure = None
    await slack.double.sender.finished()
    assert [event.content for event in slack.inbox.events] == [Typed(text="hello")]


async def test_the_same_event_many_times_in_any_order_is_kept_once(slack: SlackStage) -> None:
    """Copies and reordering change nothing."""
    slack.double.sender.hold()
    for number in range(20):
        slack.double.people.say(slack.sam.id, slack.direct.id, str(number))
    sent = slack.double.sender.release(copies=5, shuffled=random.Random(3))
    await slack.settles()
    assert sent == 100
    assert sorted(int(e.content.text) for e in slack.inbox.events if isinstance(e.content, Typed)) == list(range(20))
    assert all(delivery.ack.is_ok for delivery in slack.double.sender.deliveries)


@pytest.mark.parametrize("stamp", ["", "soon", "²"])
async def test_an_unsigned_request_is_turned_away(slack: SlackStage, stamp: str) -> None:
    """A wrong signature or timestamp is a 401 and never an error of ours."""
    headers = {"X-Slack-Request-Timestamp": stamp.encode().decode("latin-1"), "X-Slack-Signature": "v0=00"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(slack.double.bot_url, data="{}", headers=headers) as answer,
    ):
        assert answer.status == 401
    assert slack.inbox.events == []


async def test_an_event_of_an_unknown_shape_is_acknowledged(slack: SlackStage) -> None:
    """What Slack invents tomorrow is not repeated at us for ever."""
    slack.double.sender._events = None
    slack.double.sender.emit({"type": "sparkle_started"})
    slack.double.sender.emit({"type": "message", "files": "none", "channel": slack.direct.id})
    await slack.settles()
    assert all(delivery.ack.is_ok for delivery in slack.double.sender.deliveries)
    assert slack.inbox.events == []


async def test_an_address_survives_the_round_trip(slack: SlackStage) -> None:
    """What comes in from a thread can be answered there, and a card's thread is under the card."""
    post = Post(address=address(slack), post_id="1700000000.000100")
    assert slack.platform.thread_of(post).thread_id == post.post_id
    parent = slack.double.people.say(slack.sam.id, slack.channel.id, "x")
    slack.double.people.say(slack.sam.id, slack.channel.id, "in the thread", thread_ts=parent.ts)
    await slack.settles()
    await slack.platform.post(slack.inbox.last.address, Say(text=("answer",)))
    assert list(slack.double.workspace.standing(slack.channel.id))[-1].thread_ts == parent.ts
