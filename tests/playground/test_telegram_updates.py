import asyncio
from collections.abc import AsyncIterator

import pytest
import telegram
from aiohttp import web
from telegram.error import BadRequest, Conflict

from bot.playground.telegram_double import TelegramDouble
from bot.playground.telegram_people import PersonCannot
from bot.playground.telegram_state import PostRef, TelegramUser


async def texts(bot: telegram.Bot, offset: int | None = None) -> list[str | None]:
    """Fetch what waits and return the typed texts."""
    updates = await bot.get_updates(offset=offset)
    return [update.message.text for update in updates if update.message]


async def test_an_update_stays_until_a_later_offset(
    bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser
) -> None:
    """The same updates come again until the bot asks beyond them."""
    chats.people.say(maria.user_id, maria.user_id, "20% off")
    first = await bot.get_updates()
    assert [update.message.text for update in first if update.message] == ["/start", "20% off"]
    assert await texts(bot, first[0].update_id) == ["/start", "20% off"]
    assert await texts(bot, first[0].update_id + 1) == ["20% off"]
    assert await texts(bot, first[1].update_id + 1) == []
    assert chats.updates.pending_count == 0


async def test_polling_waits_for_the_next_update(bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser) -> None:
    """A long poll answers as soon as somebody speaks."""
    chats.updates.drop_pending()
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.05)
    chats.people.say(maria.user_id, maria.user_id, "hello")
    (update,) = await poll
    assert update.message is not None
    assert update.message.text == "hello"


async def test_a_second_poll_ends_the_first(bot: telegram.Bot, chats: TelegramDouble) -> None:
    """Two bots with one token conflict."""
    first = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.05)
    async with telegram.Bot(chats.token, base_url=chats.bot_url) as rival:
        assert list(await rival.get_updates(timeout=0)) == []
    with pytest.raises(Conflict, match=r"(?i)terminated by other getUpdates request"):
        await first


async def test_polling_conflicts_with_a_webhook(bot: telegram.Bot) -> None:
    """Nobody can poll while a webhook is set, and a webhook wants HTTPS and a sane secret."""
    with pytest.raises(BadRequest, match=r"(?i)an https URL must be provided for webhook"):
        await bot.set_webhook("http://example.org/hook")
    with pytest.raises(BadRequest, match="Secret token contains unallowed characters"):
        await bot.set_webhook("https://example.org/hook", secret_token="no spaces")
    await bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(Conflict, match=r"(?i)can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert list(await bot.get_updates()) == []


@pytest.fixture
async def hook() -> AsyncIterator[tuple[str, list[tuple[str, str]], list[int]]]:
    """Serve a webhook that answers the listed statuses first and 200 afterwards."""
    heard: list[tuple[str, str]] = []
    statuses: list[int] = []

    async def hear(request: web.Request) -> web.Response:
        body = await request.json()
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        heard.append((secret, body["message"]["text"]))
        return web.Response(status=statuses.pop(0) if statuses else 200)

    app = web.Application()
    app.add_routes([web.post("/hook", hear)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", heard, statuses
    await runner.cleanup()


async def test_a_webhook_is_asked_until_it_takes_the_update(
    bot: telegram.Bot,
    chats: TelegramDouble,
    maria: TelegramUser,
    hook: tuple[str, list[tuple[str, str]], list[int]],
) -> None:
    """Updates come with the secret header, again after an error, in order."""
    url, heard, statuses = hook
    statuses.append(500)
    chats.updates.retry_s = 0.01
    await bot.set_webhook(url, secret_token="kneaded-42")
    chats.people.say(maria.user_id, maria.user_id, "hello")
    await asyncio.wait_for(chats.updates.drained(), 5)
    assert heard == [("kneaded-42", "/start"), ("kneaded-42", "/start"), ("kneaded-42", "hello")]
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == (url, 0)
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"


async def test_repeats_and_reorders_on_demand(bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser) -> None:
    """Every update can come several times and in another order, under its own id."""
    for number in range(5):
        chats.people.say(maria.user_id, maria.user_id, str(number))
    chats.updates.disturb(copies=3, shuffle_seed=4)
    ids = [update.update_id for update in await bot.get_updates()]
    assert len(ids) == 18
    assert sorted(ids) != ids
    assert len(set(ids)) == 6


async def test_reactions_come_only_when_asked_for(
    bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser
) -> None:
    """A reaction reaches the bot if it is admin and asked for reactions; Telegram offers no ✅."""
    group = chats.state.add_group("Approvals", members=(maria,), bot_is_admin=False)
    post = await bot.send_message(group.chat_id, "card")
    ref = PostRef(group.chat_id, post.message_id)
    chats.updates.drop_pending()
    chats.people.react(maria.user_id, ref, "👌")
    await bot.get_updates(allowed_updates=["message", "message_reaction"])
    chats.people.react(maria.user_id, ref, "👍")
    group.bot_is_admin = True
    chats.people.react(maria.user_id, ref, "👌")
    (update,) = await bot.get_updates()
    assert update.message_reaction is not None
    assert [each.emoji for each in update.message_reaction.new_reaction] == ["👌"]  # type: ignore[attr-defined]
    with pytest.raises(PersonCannot):
        chats.people.react(maria.user_id, ref, "✅")


async def test_privacy_mode_hides_small_talk(bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser) -> None:
    """In a group a bot that is no admin sees commands, mentions and replies to itself only."""
    group = chats.state.add_group("Approvals", members=(maria,), bot_is_admin=False)
    post = await bot.send_message(group.chat_id, "card")
    chats.updates.drop_pending()
    for text in ("small talk", "/glocal queue", "@glocal_bot hi"):
        chats.people.say(maria.user_id, group.chat_id, text)
    chats.people.say(maria.user_id, group.chat_id, "why?", reply_to=post.message_id)
    assert await texts(bot) == ["/glocal queue", "@glocal_bot hi", "why?"]


async def test_presses_edits_and_files_arrive_whole(
    bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser
) -> None:
    """Edited posts, documents, stickers and voice notes arrive as the real types, and files can be fetched."""
    chats.updates.drop_pending()
    said = chats.people.say(maria.user_id, maria.user_id, "20% off")
    chats.people.edit(maria.user_id, said.ref, "25% off")
    chats.people.send_photo(maria.user_id, maria.user_id, "menu.pdf", b"%PDF-1.7", "look")
    chats.people.send_sticker(maria.user_id, maria.user_id)
    chats.people.send_voice(maria.user_id, maria.user_id)
    _, edited, paper, sticker, voice = await bot.get_updates()
    assert edited.edited_message is not None
    assert edited.edited_message.text == "25% off"
    assert paper.message is not None
    assert paper.message.document is not None
    assert paper.message.document.mime_type == "application/pdf"
    fetched = await bot.get_file(paper.message.document.file_id)
    assert await fetched.download_as_bytearray() == b"%PDF-1.7"
    assert sticker.message is not None
    assert sticker.message.sticker is not None
    assert voice.message is not None
    assert voice.message.voice is not None


async def test_only_the_largest_size_of_a_photo_can_be_fetched(
    bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser
) -> None:
    """A bot that takes the thumbnail for the photo fails here, and 20 MB is the most it can fetch."""
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\x38\0\0\x04\x38\x08\x06\0\0\0"
    chats.people.send_photo(maria.user_id, maria.user_id, "a.png", picture)
    heavy = chats.people.send_document(maria.user_id, maria.user_id, "b.tiff", bytes(20 * 1024 * 1024 + 1))
    update = (await bot.get_updates())[1]
    assert update.message is not None
    sizes = update.message.photo
    assert await (await bot.get_file(sizes[-1])).download_as_bytearray() == picture
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await bot.get_file(sizes[0])
    assert heavy.attachment is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(heavy.attachment.file_id)
