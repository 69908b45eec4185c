from collections.abc import Awaitable, Callable

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import BadRequest

from bot.playground.telegram_double import TelegramDouble
from bot.playground.telegram_state import PostRef, TelegramUser

Call = Callable[[telegram.Bot, int, int], Awaitable[object]]

PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\x38\0\0\x04\x38\x08\x06\0\0\0"
BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go:a:1")]])

ON_TEXT: tuple[tuple[str, Call], ...] = (
    ("Message is not modified", lambda bot, chat, post: bot.edit_message_text("card", chat, post, reply_markup=BUTTON)),
    ("Message to edit not found", lambda bot, chat, _: bot.edit_message_text("x", chat, 999_999)),
    ("Message_too_long|Message is too long", lambda bot, chat, post: bot.edit_message_text("x" * 4097, chat, post)),
    (
        "There is no caption in the message to edit",
        lambda bot, chat, post: bot.edit_message_caption(chat, post, caption="x"),
    ),
    ("Message is not modified", lambda bot, chat, post: bot.edit_message_reply_markup(chat, post, reply_markup=BUTTON)),
    ("Message to delete not found", lambda bot, chat, _: bot.delete_message(chat, 999_999)),
    ("Message to react not found", lambda bot, chat, _: bot.set_message_reaction(chat, 999_999, "👌")),
    ("Reaction_invalid", lambda bot, chat, post: bot.set_message_reaction(chat, post, "✅")),
)


@pytest.mark.parametrize(("sentence", "call"), ON_TEXT)
async def test_refuses_edits_as_telegram_does(
    bot: telegram.Bot, maria: TelegramUser, sentence: str, call: Call
) -> None:
    """An edit that Telegram would refuse is refused with its words."""
    post = await bot.send_message(maria.user_id, "card", reply_markup=BUTTON)
    with pytest.raises(BadRequest, match=f"(?i){sentence}"):
        await call(bot, maria.user_id, post.message_id)


async def test_only_own_posts_can_be_edited(bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser) -> None:
    """A person's post can't be edited by the bot."""
    post = chats.people.say(maria.user_id, maria.user_id, "mine")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("yours", maria.user_id, post.ref.message_id)


async def test_swaps_the_picture_in_place(bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser) -> None:
    """A photo's picture, caption and buttons are changed together; the same again is no change."""
    post = await bot.send_photo(maria.user_id, PICTURE, caption="one", reply_markup=BUTTON)
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("two", maria.user_id, post.message_id)
    edited = await bot.edit_message_media(
        InputMediaPhoto(PICTURE + b"2", caption="two"), maria.user_id, post.message_id
    )
    assert isinstance(edited, telegram.Message)
    standing = chats.state.post(PostRef(maria.user_id, post.message_id))
    assert standing.attachment is not None
    assert standing.attachment.data == PICTURE + b"2"
    assert (standing.caption, standing.keys) == ("two", ())
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_media(
            InputMediaPhoto(edited.photo[-1].file_id, caption="two"), maria.user_id, post.message_id
        )


async def test_a_press_is_answered_once(bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser) -> None:
    """The person who pressed sees the answer; a second, an unknown and a late one are refused."""
    post = await bot.send_message(maria.user_id, "card", reply_markup=BUTTON)
    ref = PostRef(maria.user_id, post.message_id)
    query = chats.people.press(maria.user_id, ref, label="Go")
    assert query is not None
    with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
        await bot.answer_callback_query(query.query_id, "x" * 201)
    await bot.answer_callback_query(query.query_id, "x" * 200, show_alert=True)
    (shown,) = chats.state.answers_to(maria.user_id)
    assert (shown.answer, shown.is_alert) == ("x" * 200, True)
    late = chats.people.press_data(maria.user_id, ref, "go:a:1")
    chats.people.expire_presses()
    for query_id in (query.query_id, "12345", late.query_id):
        with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
            await bot.answer_callback_query(query_id)


async def test_a_prompt_cannot_be_edited(bot: telegram.Bot, maria: TelegramUser) -> None:
    """A post that asked for a reply cannot be edited, as only inline keyboards allow that."""
    post = await bot.send_message(maria.user_id, "Which?", reply_markup=telegram.ForceReply())
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("That?", maria.user_id, post.message_id)


async def test_reacts_and_deletes(bot: telegram.Bot, chats: TelegramDouble, maria: TelegramUser) -> None:
    """The bot may put one of Telegram's emoji on a post, and delete its own."""
    post = await bot.send_message(maria.user_id, "card")
    await bot.set_message_reaction(maria.user_id, post.message_id, "👌")
    ref = PostRef(maria.user_id, post.message_id)
    assert chats.state.post(ref).reactions == {chats.state.bot.user_id: ("👌",)}
    await bot.delete_message(maria.user_id, post.message_id)
    assert post.message_id not in chats.state.chats[maria.user_id].posts
