import json
from collections.abc import Awaitable, Callable
from io import BytesIO

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError

from bot.playground import telegram_rooms
from bot.playground.telegram_double import TelegramDouble
from bot.playground.telegram_state import TelegramUser

Call = Callable[[telegram.Bot, int], Awaitable[object]]


def png(width_px: int = 1080, height_px: int = 1080) -> bytes:
    """Build the beginning of a PNG: all that the double reads."""
    size = width_px.to_bytes(4, "big") + height_px.to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + size + b"\x08\x06\0\0\0"


def keys(*rows: tuple[str, str]) -> InlineKeyboardMarkup:
    """Build one row of buttons from labels and data."""
    row = [InlineKeyboardButton(label, callback_data=data) for label, data in rows]
    return InlineKeyboardMarkup([row])


def raw_key(**fields: str) -> str:
    """Build a keyboard that python-telegram-bot itself would refuse to send."""
    return json.dumps({"inline_keyboard": [[{"text": "Go", **fields}]]})


REFUSALS: tuple[tuple[str, Call], ...] = (
    ("Message text is empty", lambda bot, chat: bot.send_message(chat, " ")),
    ("Message is too long", lambda bot, chat: bot.send_message(chat, "🥐" * 2049)),
    ("Chat not found", lambda bot, _: bot.send_message(123, "hello")),
    (
        "Message to be replied not found",
        lambda bot, chat: bot.send_message(chat, "hello", reply_to_message_id=999_999),
    ),
    (
        "Message thread not found",
        lambda bot, chat: bot.send_message(chat, "hello", message_thread_id=77),
    ),
    (
        'Can\'t parse entities: Unsupported start tag "h1" at byte offset 3',
        lambda bot, chat: bot.send_message(chat, "é <h1>no</h1>", parse_mode="HTML"),
    ),
    (
        "Can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        lambda bot, chat: bot.send_message(chat, "<b>bold", parse_mode="HTML"),
    ),
    (
        'Can\'t parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        lambda bot, chat: bot.send_message(chat, "<b><i>x</b></i>", parse_mode="HTML"),
    ),
    (
        "Can't parse entities: Unclosed start tag at byte offset 2",
        lambda bot, chat: bot.send_message(chat, "a <", parse_mode="HTML"),
    ),
    (
        "Button_data_invalid",
        lambda bot, chat: bot.send_message(chat, "x", reply_markup=keys(("Go", "é" * 33))),
    ),
    (
        "Inline keyboard button URL 'file:///etc/passwd' is invalid: Wrong HTTP URL",
        lambda bot, chat: bot.send_message(chat, "x", api_kwargs={"reply_markup": raw_key(url="file:///etc/passwd")}),
    ),
    (
        "Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        lambda bot, chat: bot.send_message(chat, "x", api_kwargs={"reply_markup": raw_key()}),
    ),
    (
        "Message caption is too long",
        lambda bot, chat: bot.send_photo(chat, png(), caption="<b>" + "x" * 1025 + "</b>", parse_mode="HTML"),
    ),
    ("Image_process_failed", lambda bot, chat: bot.send_photo(chat, b"%PDF-1.7")),
    ("File must be non-empty", lambda bot, chat: bot.send_document(chat, b"")),
    ("Photo_invalid_dimensions", lambda bot, chat: bot.send_photo(chat, png(9000, 1001))),
    ("Photo_invalid_dimensions", lambda bot, chat: bot.send_photo(chat, png(2100, 100))),
    ("Wrong file identifier/HTTP URL specified", lambda bot, chat: bot.send_photo(chat, "AgAC")),
    (
        "Too few messages to send as an album",
        lambda bot, chat: bot.send_media_group(chat, [InputMediaPhoto(png())]),
    ),
    (
        "Too many messages to send as an album",
        lambda bot, chat: bot.send_media_group(chat, [InputMediaPhoto(png())] * 11),
    ),
    (
        "Document can't be mixed with other media types",
        lambda bot, chat: bot.send_media_group(
            chat, [InputMediaPhoto(png()), InputMediaDocument(BytesIO(b"x"), filename="a.pdf")]
        ),
    ),
    (
        "Reply_markup is no parameter of sendMediaGroup",
        lambda bot, chat: bot.send_media_group(
            chat, [InputMediaPhoto(png())] * 2, api_kwargs={"reply_markup": raw_key(callback_data="a")}
        ),
    ),
)


@pytest.mark.parametrize(("sentence", "call"), REFUSALS)
async def test_refuses_as_telegram_does(bot: telegram.Bot, maria: TelegramUser, sentence: str, call: Call) -> None:
    """A post that Telegram would refuse is refused with its words, and nothing appears in the chat."""
    with pytest.raises(BadRequest) as refused:
        await call(bot, maria.user_id)
    assert refused.value.message.lower() == sentence.lower()


async def test_takes_text_at_the_limit(bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser) -> None:
    """4096 UTF-16 units after parsing are taken, whatever the markup adds."""
    post = await bot.send_message(maria.user_id, "<b>" + "🥐" * 2048 + "</b>", parse_mode="HTML")
    assert post.text == "🥐" * 2048
    assert [(each.type, each.length) for each in post.entities] == [("bold", 4096)]


async def test_keeps_a_photo_with_caption_and_buttons(
    bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser
) -> None:
    """A photo keeps its bytes, its parsed caption and its buttons, and can be sent again by id."""
    post = await bot.send_photo(
        maria.user_id, png(), caption="<i>Fresh</i> &amp; warm", parse_mode="HTML", reply_markup=keys(("Go", "a"))
    )
    assert post.caption == "Fresh & warm"
    kept = chats.state.files.by_id(post.photo[-1].file_id)
    assert kept.data == png()
    again = await bot.send_photo(maria.user_id, post.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == post.photo[-1].file_unique_id
    assert (again.photo[-1].width, again.photo[-1].height) == (1080, 1080)


async def test_shares_one_album_id(bot: telegram.Bot, maria: TelegramUser) -> None:
    """An album is several posts with one album id."""
    posts = await bot.send_media_group(maria.user_id, [InputMediaPhoto(png(), caption="one"), InputMediaPhoto(png())])
    assert len({post.media_group_id for post in posts}) == 1
    assert [post.caption for post in posts] == ["one", None]


async def test_replies_and_topics(bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser) -> None:
    """A reply carries the post it answers, and a topic's posts carry its number."""
    group = chats.state.add_group("Approvals", members=(maria,), is_forum=True)
    topic_id = chats.state.add_topic(group.chat_id, "Offers")
    first = await bot.send_message(group.chat_id, "card", message_thread_id=topic_id)
    second = await bot.send_message(
        group.chat_id, "talk", reply_to_message_id=first.message_id, message_thread_id=topic_id
    )
    assert second.reply_to_message is not None
    assert second.reply_to_message.message_id == first.message_id
    assert second.message_thread_id == topic_id


async def test_knows_who_blocked_the_bot(bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser) -> None:
    """A person who blocked the bot cannot be written to, until they let it in again."""
    telegram_rooms.block(chats.world, maria.user_id)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(maria.user_id, "hello")
    telegram_rooms.unblock(chats.world, maria.user_id)
    assert (await bot.send_message(maria.user_id, "hello")).text == "hello"


async def test_names_the_supergroup_of_a_migrated_group(
    bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser
) -> None:
    """A group that became a supergroup answers with its new id."""
    group = chats.state.add_group("Approvals", members=(maria,), is_basic=True)
    fresh = telegram_rooms.migrate(chats.world, group.chat_id)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.chat_id, "hello")
    assert moved.value.new_chat_id == fresh


async def test_refuses_a_foreign_token_and_an_unknown_method(chats: TelegramDouble) -> None:
    """A wrong token is unauthorised, a method that does not exist is not found."""
    stranger = telegram.Bot("1:nobody", base_url=chats.bot_url)
    with pytest.raises(InvalidToken, match="rejected by the server"):
        await stranger.initialize()
    await stranger.shutdown()
    async with telegram.Bot(chats.token, base_url=chats.bot_url) as known:
        with pytest.raises(telegram.error.EndPointNotFound):
            await known.do_api_request("sing", {"chat_id": 1})


async def test_a_photo_over_ten_megabytes_is_refused(bot: telegram.Bot, maria: TelegramUser) -> None:
    """A photo may have 10 MB, a document 50."""
    heavy = png() + bytes(10 * 1024 * 1024)
    with pytest.raises(BadRequest, match="too big for a photo"):
        await bot.send_photo(maria.user_id, heavy)
    assert (await bot.send_document(maria.user_id, heavy, filename="a.png")).document is not None


async def test_an_upload_over_fifty_megabytes_is_refused(bot: telegram.Bot, maria: TelegramUser) -> None:
    """The server takes no upload above 50 MB."""
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(maria.user_id, bytes(50 * 1024 * 1024 + 1), filename="a.bin")
