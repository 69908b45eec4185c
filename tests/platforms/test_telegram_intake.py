import asyncio
import json

import pytest

from bot.chat import Commanded, Content, Edited, Pressed, Reacted, Typed, Unsupported, Uploaded
from bot.errors import StoreBusy
from bot.playground.telegram_state import Key, PostRef, TelegramPost
from tests.platforms.conftest import TelegramStage

PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\x38\0\0\x04\x38\x08\x06\0\0\0"


def put_card(stage: TelegramStage, chat_id: int, *, topic_id: int | None = None) -> TelegramPost:
    """Stand a post of the bot's with one button in a chat."""
    state = stage.double.state
    ref = PostRef(chat_id, state.next_message_id(chat_id))
    keyboard = ((Key("Approve", callback_data="approve:q1:3"),),)
    card = TelegramPost(ref, state.bot, 0, text="card", keyboard=keyboard, topic_id=topic_id)
    return state.put(card, "posted")


@pytest.mark.parametrize(
    ("typed", "content"),
    [
        ("20% off this weekend", Typed(text="20% off this weekend")),
        ("/glocal queue north", Commanded(text="queue north")),
        ("/glocal", Commanded(text="")),
        ("/start", Commanded(text="help")),
        ("/start ABC-123", Commanded(text="join ABC-123")),
        ("/help", Commanded(text="help")),
        ("/queue@glocal_bot", Commanded(text="queue")),
        ("/ not a command", Typed(text="/ not a command")),
    ],
)
async def test_reads_what_is_typed_in_private(telegram: TelegramStage, typed: str, content: Content) -> None:
    """Words and commands become what the router understands, with who said it and where."""
    telegram.double.people.say(telegram.maria.user_id, telegram.maria.user_id, typed)
    incoming = await telegram.settles()
    assert incoming.content == content
    assert incoming.address == telegram.direct
    assert (incoming.actor.user_id, incoming.actor.name) == ("5000000001", "Maria")
    assert incoming.received_at == telegram.clock.now()


async def test_reads_a_press_with_its_query(telegram: TelegramStage) -> None:
    """A press names its button, its post and the query to answer."""
    card = put_card(telegram, telegram.maria.user_id)
    query = telegram.double.people.press(telegram.maria.user_id, card.ref, label="Approve")
    incoming = await telegram.settles()
    assert incoming.content == Pressed(action="approve:q1:3", post_id=str(card.ref.message_id))
    assert query is not None
    assert incoming.query_id == query.query_id


async def test_reads_new_reactions_only(telegram: TelegramStage) -> None:
    """An emoji put on a post comes in, one taken away does not."""
    card = put_card(telegram, telegram.group.chat_id)
    telegram.double.people.react(telegram.sam.user_id, card.ref, "👌")
    telegram.double.people.react(telegram.sam.user_id, card.ref, "")
    incoming = await telegram.settles()
    assert [each.content for each in telegram.inbox.events] == [Reacted(emoji="👌", post_id=str(card.ref.message_id))]
    assert incoming.address == telegram.shared


async def test_reads_files_edits_and_what_it_cannot_read(telegram: TelegramStage) -> None:
    """Photos come in their largest size, documents with name and type, the rest is named."""
    people, maria = telegram.double.people, telegram.maria.user_id
    people.send_photo(maria, maria, "oven.png", PICTURE, "our oven")
    people.send_document(maria, maria, "menu.pdf", b"%PDF-1.7")
    people.send_sticker(maria, maria)
    people.send_voice(maria, maria)
    said = people.say(maria, maria, "20% off")
    people.edit(maria, said.ref, "25% off")
    await telegram.settles()
    photo, paper, sticker, voice, _, edited = [each.content for each in telegram.inbox.events]
    assert isinstance(photo, Uploaded)
    assert photo.caption == "our oven"
    assert await telegram.platform.fetch(photo.file) == PICTURE
    assert isinstance(paper, Uploaded)
    assert (paper.file.name, paper.file.media_type, paper.file.size_bytes) == ("menu.pdf", "application/pdf", 8)
    assert (sticker, voice) == (Unsupported(what="sticker"), Unsupported(what="voice"))
    assert edited == Edited(text="25% off", post_id=str(said.ref.message_id))


async def test_in_a_group_only_what_is_meant_for_us_comes_in(telegram: TelegramStage) -> None:
    """Small talk and other bots' commands stay outside; mentions, our commands and our chains come in."""
    people, sam, group = telegram.double.people, telegram.sam.user_id, telegram.group.chat_id
    card = put_card(telegram, group)
    small_talk = people.say(sam, group, "nice weather")
    people.say(sam, group, "indeed", reply_to=small_talk.ref.message_id)
    people.say(sam, group, "/weather")
    people.say(sam, group, "/help@other_bot")
    people.say(sam, group, "@glocal_bot: what waits?")
    people.say(sam, group, "/glocal queue")
    first = people.say(sam, group, "Why 30%?", reply_to=card.ref.message_id)
    people.say(sam, group, "And until when?", reply_to=first.ref.message_id)
    await telegram.settles()
    root = str(card.ref.message_id)
    assert [each.content for each in telegram.inbox.events] == [
        Typed(text="what waits?"),
        Commanded(text="queue"),
        Typed(text="Why 30%?", reply_to=root),
        Typed(text="And until when?", reply_to=root),
    ]
    assert telegram.inbox.last.address.thread_id == f"r{root}"
    assert not telegram.inbox.last.address.is_direct


async def test_a_topic_is_a_thread(telegram: TelegramStage) -> None:
    """Words in a forum's topic carry the topic, and a reply there the post as well."""
    forum = telegram.double.state.add_group("Region", members=(telegram.sam,), is_forum=True)
    topic_id = telegram.double.state.add_topic(forum.chat_id, "Offers")
    card = put_card(telegram, forum.chat_id, topic_id=topic_id)
    telegram.double.people.say(telegram.sam.user_id, forum.chat_id, "why?", reply_to=card.ref.message_id)
    incoming = await telegram.settles()
    assert incoming.address.thread_id == f"{topic_id}r{card.ref.message_id}"


async def test_the_same_update_is_one_event(telegram: TelegramStage) -> None:
    """Repeated and reordered updates are the same events, each once."""
    telegram.double.updates.hold(is_held=True)
    for number in range(6):
        telegram.double.people.say(telegram.maria.user_id, telegram.maria.user_id, str(number))
    telegram.double.updates.disturb(copies=4, shuffle_seed=3)
    telegram.double.updates.hold(is_held=False)
    await telegram.settles()
    texts = [each.content.text for each in telegram.inbox.events if isinstance(each.content, Typed)]
    assert sorted(texts) == ["0", "1", "2", "3", "4", "5"]


async def test_what_cannot_be_recorded_is_not_acknowledged(telegram: TelegramStage) -> None:
    """While the store refuses, Telegram keeps the update; afterwards it comes again."""
    telegram.inbox.failure = StoreBusy()
    telegram.double.people.say(telegram.maria.user_id, telegram.maria.user_id, "hello")
    await asyncio.sleep(0.1)
    assert telegram.double.updates.pending_count == 1
    telegram.inbox.failure = None
    incoming = await telegram.settles()
    assert incoming.content == Typed(text="hello")


async def test_nothing_in_the_inbox_names_the_token(telegram: TelegramStage) -> None:
    """A file is stored by its id, never by its address, which contains the token."""
    telegram.double.people.send_photo(telegram.maria.user_id, telegram.maria.user_id, "oven.png", PICTURE)
    incoming = await telegram.settles()
    assert telegram.double.token not in json.dumps(incoming.model_dump(mode="json"))
