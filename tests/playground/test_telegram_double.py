import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
import telegram
from telegram import BotCommand
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.playground.telegram_control import control_routes
from bot.playground.telegram_double import TelegramDouble
from bot.playground.telegram_html import draw_html, parse_html
from bot.playground.telegram_people import PersonCannot
from bot.playground.telegram_remote import TelegramRemote
from bot.playground.telegram_state import TelegramUser
from bot.playground.telegram_traffic import Fault


async def test_knows_itself_and_the_chats(bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser) -> None:
    """The bot's id is the token's, and chats and memberships read as at Telegram."""
    assert bot.id == int(chats.token.partition(":")[0])
    assert bot.username == "glocal_bot"
    group = chats.state.add_group("Approvals", members=(maria,))
    assert str(group.chat_id).startswith("-100")
    assert (await bot.get_chat(group.chat_id)).title == "Approvals"
    assert (await bot.get_chat_member(group.chat_id, bot.id)).status == "administrator"
    assert (await bot.get_chat_member(group.chat_id, maria.user_id)).status == "member"
    await bot.send_chat_action(maria.user_id, "typing")


async def test_takes_only_commands_that_telegram_takes(bot: telegram.Bot, chats: TelegramDouble) -> None:
    """The menu of commands is checked and kept per language."""
    await bot.set_my_commands([BotCommand("glocal", "Everything")], language_code="fr")
    assert chats.state.commands == {"fr": (("glocal", "Everything"),)}
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Glo-cal", "Everything")])


async def test_faults_happen_on_demand(
    bot: telegram.Bot,
    chats: TelegramDouble,
    maria: TelegramUser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Flood control, an outage and a lost answer come when ordered, once, and only where ordered."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # the type the attribute is going to have
    chats.faults.order(Fault("too_many", method="sendMessage", retry_after_s=7))
    with pytest.raises(RetryAfter) as flooded:
        await bot.send_message(maria.user_id, "one")
    assert flooded.value.retry_after == timedelta(seconds=7)
    chats.faults.order(Fault("outage"))
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(maria.user_id, "two")
    chats.faults.order(Fault("lost_answer"))
    with pytest.raises(NetworkError):
        await bot.send_message(maria.user_id, "three")
    await bot.send_message(maria.user_id, "four")
    texts = [post.text for post in chats.state.chats[maria.user_id].posts.values()]
    assert texts == ["/start", "three", "four"]


async def test_the_traffic_holds_no_token_and_no_file(
    bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser
) -> None:
    """The inspector sees every call and update in order, without secrets."""
    await bot.get_updates()
    await bot.send_document(maria.user_id, b"SECRETBYTES", filename="plan.pdf")
    items = [exchange for _, exchange in chats.traffic.since(0)]
    assert [each.method for each in items] == ["getMe", "message", "getUpdates", "sendDocument"]
    assert chats.token not in repr(items)
    assert "SECRETBYTES" not in repr(items)
    assert "plan.pdf" in repr(items[-1].sent)


async def test_a_follower_misses_nothing(chats: TelegramDouble, maria: TelegramUser) -> None:
    """Who comes late reads what was, and then what comes."""
    seen: list[str] = []

    async def watch() -> None:
        async for _, change in chats.state.changes.follow():
            seen.append(change.kind)

    watcher = asyncio.create_task(watch())
    await asyncio.sleep(0)
    chats.people.say(maria.user_id, maria.user_id, "hello")
    await asyncio.sleep(0.01)
    watcher.cancel()
    assert seen == ["chat", "posted", "posted"]


def test_long_words_are_split_as_a_client_splits_them(chats: TelegramDouble, maria: TelegramUser) -> None:
    """Ten thousand characters leave a client as three posts, and an empty text does not leave it at all."""
    chats.people.say(maria.user_id, maria.user_id, "x" * 10_000)
    lengths = [len(post.words) for post in chats.state.chats[maria.user_id].posts.values()]
    assert lengths == [6, 4096, 4096, 1808]
    with pytest.raises(PersonCannot):
        chats.people.say(maria.user_id, maria.user_id, "  ")


def test_html_goes_both_ways() -> None:
    """Parsed words draw back as the same escaped HTML."""
    markup = "<b>Fish &amp; <i>chips</i></b> 🥐 <code>a&lt;b</code>"
    text, entities = parse_html(markup)
    assert text == "Fish & chips 🥐 a<b"
    assert draw_html(text, entities) == markup


@pytest.fixture
async def remote() -> AsyncIterator[TelegramRemote]:
    """Return a client of the control surface of a double."""
    double = TelegramDouble()
    await double.start(extra_routes=control_routes(double))
    async with aiohttp.ClientSession() as session:
        yield TelegramRemote(session, root_url=double.base_url)
    await double.stop()


async def test_another_process_can_drive_it(remote: TelegramRemote) -> None:
    """Over HTTP one can add people, let them act, and read state and files."""
    maria = 5_000_000_001
    await remote.act("add_user", first_name="Maria", user_id=maria)
    await remote.act("start", user_id=maria, payload="CODE-1")
    sent = await remote.act("send_document", user_id=maria, chat_id=maria, name="a.pdf", data=b"%PDF")
    assert isinstance(sent, dict)
    assert isinstance(sent["document"], dict)
    assert await remote.file(str(sent["document"]["file_id"])) == b"%PDF"
    group = await remote.act("add_group", title="Approvals", member_ids=[maria], is_basic=True)
    assert isinstance(group, dict)
    assert str(await remote.act("migrate", chat_id=group["id"])).startswith("-100")
    state = await remote.state()
    assert isinstance(state["chats"], list)
    assert [
        len(chat["posts"]) for chat in state["chats"] if isinstance(chat, dict) and isinstance(chat["posts"], list)
    ] == [2, 1, 0]
    assert state["pending_updates"] == 3


async def test_the_control_surface_says_what_is_wrong(remote: TelegramRemote) -> None:
    """An impossible act is refused with a reason, an unknown one as well."""
    with pytest.raises(LookupError, match="PersonCannot: there is no person 1"):
        await remote.act("say", user_id=1, chat_id=1, text="x")
    with pytest.raises(LookupError, match="no such act"):
        await remote.act("sing")
    await remote.act("fault", kind="too_many", method="sendMessage", retry_after_s=3)
    assert await remote.traffic() == []
