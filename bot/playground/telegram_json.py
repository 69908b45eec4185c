"""Draws the double's state as the JSON objects of the Bot API: User, Chat, Message, Update.

Called by the API's methods for their results and by the people side for the updates the bot receives.
"""

import re
from typing import TypeAlias

from bot.playground.telegram_files import TelegramFile
from bot.playground.telegram_html import Entity
from bot.playground.telegram_rules import utf16_length
from bot.playground.telegram_state import (
    CallbackQuery,
    ChatRoom,
    Keyboard,
    TelegramPost,
    TelegramState,
    TelegramUser,
)

JsonValue: TypeAlias = "str | int | float | bool | list[JsonValue] | dict[str, JsonValue] | None"
JsonObject: TypeAlias = dict[str, JsonValue]

_PHOTO_SIDES_PX = (90, 320, 800, 1280)
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w+)?")
_MENTION = re.compile(r"(?<!\w)@\w{4,32}")
_LINK = re.compile(r"https?://\S+")


def draw_user(user: TelegramUser) -> JsonObject:
    """Draw a User."""
    drawn: JsonObject = {"id": user.user_id, "is_bot": user.is_bot, "first_name": user.first_name}
    if user.username:
        drawn["username"] = user.username
    if user.language_code:
        drawn["language_code"] = user.language_code
    return drawn


def draw_me(user: TelegramUser) -> JsonObject:
    """Draw the bot as getMe shows it."""
    return draw_user(user) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def draw_chat(state: TelegramState, room: ChatRoom) -> JsonObject:
    """Draw a Chat as it stands inside a Message."""
    drawn: JsonObject = {"id": room.chat_id, "type": room.kind}
    if room.kind == "private":
        user = state.users[room.chat_id]
        drawn["first_name"] = user.first_name
        if user.username:
            drawn["username"] = user.username
        return drawn
    drawn["title"] = room.title
    if room.is_forum:
        drawn["is_forum"] = True
    return drawn


def draw_full_chat(state: TelegramState, room: ChatRoom) -> JsonObject:
    """Draw a ChatFullInfo, as getChat answers."""
    return draw_chat(state, room) | {
        "accent_color_id": 1,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }


def draw_post(state: TelegramState, post: TelegramPost, *, with_reply: bool = True) -> JsonObject:
    """Draw a Message; the post it replies to is drawn one level deep."""
    room = state.chats[post.ref.chat_id]
    drawn: JsonObject = {
        "message_id": post.ref.message_id,
        "from": draw_user(post.sender),
        "chat": draw_chat(state, room),
        "date": post.sent_at_s,
    }
    if post.edited_at_s is not None:
        drawn["edit_date"] = post.edited_at_s
    if post.topic_id is not None:
        drawn |= {"message_thread_id": post.topic_id, "is_topic_message": True}
    if post.album_id is not None:
        drawn["media_group_id"] = post.album_id
    if with_reply and post.reply_to in room.posts:
        drawn["reply_to_message"] = draw_post(state, room.posts[post.reply_to], with_reply=False)
    if post.attachment is not None:
        drawn |= _draw_attachment(post.attachment)
    if post.keyboard:
        drawn["reply_markup"] = draw_keyboard(post.keyboard)
    if post.is_migration:
        drawn["migrate_to_chat_id"] = room.migrated_to
    return drawn | _draw_words(post)


def draw_keyboard(keyboard: Keyboard) -> JsonObject:
    """Draw an InlineKeyboardMarkup."""
    rows: list[JsonValue] = []
    for row in keyboard:
        keys: list[JsonValue] = []
        for key in row:
            drawn: JsonObject = {"text": key.label}
            if key.callback_data is not None:
                drawn["callback_data"] = key.callback_data
            if key.url is not None:
                drawn["url"] = key.url
            if key.style is not None:
                drawn["style"] = key.style
            keys.append(drawn)
        rows.append(keys)
    return {"inline_keyboard": rows}


def draw_file(kept: TelegramFile) -> JsonObject:
    """Draw a File, as getFile answers."""
    return _draw_ids(kept) | {"file_path": kept.path}


def draw_query(state: TelegramState, query: CallbackQuery) -> JsonObject:
    """Draw a CallbackQuery."""
    return {
        "id": query.query_id,
        "from": draw_user(query.user),
        "message": draw_post(state, state.post(query.post)),
        "chat_instance": str(-(abs(query.post.chat_id) * 7919)),
        "data": query.data,
    }


def draw_reaction(emoji: tuple[str, ...]) -> list[JsonValue]:
    """Draw a list of ReactionType."""
    return [{"type": "emoji", "emoji": each} for each in emoji]


def read_entities(text: str) -> tuple[Entity, ...]:
    """Find what a Telegram client marks by itself in typed text: commands, mentions, links."""
    found = []
    for kind, pattern in (("bot_command", _COMMAND), ("mention", _MENTION), ("url", _LINK)):
        for match in pattern.finditer(text):
            offset = utf16_length(text[: match.start()])
            found.append(Entity(kind, offset, utf16_length(match.group())))
    return tuple(sorted(found, key=lambda each: each.offset))


def _draw_words(post: TelegramPost) -> JsonObject:
    drawn: JsonObject = {}
    if post.text is not None:
        drawn["text"] = post.text
    if post.caption:
        drawn["caption"] = post.caption
    if post.entities:
        name = "entities" if post.text is not None else "caption_entities"
        drawn[name] = [_draw_entity(entity) for entity in post.entities]
    return drawn


def _draw_entity(entity: Entity) -> JsonValue:
    drawn: JsonObject = {
        "type": entity.kind,
        "offset": entity.offset,
        "length": entity.length,
    }
    if entity.url is not None:
        drawn["url"] = entity.url
    return drawn


def _draw_attachment(kept: TelegramFile) -> JsonObject:
    width_px, height_px = kept.size_px or (512, 512)
    match kept.kind:
        case "photo":
            return {"photo": _draw_photo_sizes(kept, width_px, height_px)}
        case "document":
            named: JsonObject = {"file_name": kept.name, "mime_type": kept.mime_type}
            return {"document": _draw_ids(kept) | named}
        case "voice":
            return {"voice": _draw_ids(kept) | {"duration": 2, "mime_type": kept.mime_type}}
        case "sticker":
            flags: JsonObject = {
                "type": "regular",
                "is_animated": False,
                "is_video": False,
                "width": width_px,
                "height": height_px,
            }
            return {"sticker": _draw_ids(kept) | flags}


def _draw_photo_sizes(kept: TelegramFile, width_px: int, height_px: int) -> list[JsonValue]:
    """Draw one entry per size; only the largest can be fetched, so that nobody settles for less."""
    longest_px = max(width_px, height_px)
    sizes: list[JsonValue] = []
    for side_px in (side for side in _PHOTO_SIDES_PX if side < longest_px):
        scale = side_px / longest_px
        small: JsonObject = {
            "file_id": f"{kept.file_id}{side_px}",
            "file_unique_id": f"{kept.unique_id}{side_px}",
            "file_size": max(1, int(len(kept.data) * scale * scale)),
            "width": max(1, round(width_px * scale)),
            "height": max(1, round(height_px * scale)),
        }
        sizes.append(small)
    largest: JsonObject = {"width": width_px, "height": height_px}
    return [*sizes, _draw_ids(kept) | largest]


def _draw_ids(kept: TelegramFile) -> JsonObject:
    return {
        "file_id": kept.file_id,
        "file_unique_id": kept.unique_id,
        "file_size": len(kept.data),
    }
