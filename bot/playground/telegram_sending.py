"""What every sending or editing call of the double has in common: where it goes, its words, its buttons, its file.

Used by `telegram_posts` (send…) and `telegram_edits` (edit…, delete…). Each function reads its part of the parameters
and refuses what Telegram refuses.
"""

from dataclasses import dataclass

from bot.playground.telegram_files import FileKind, TelegramFile
from bot.playground.telegram_html import Entity, parse_html
from bot.playground.telegram_json import JsonObject, JsonValue
from bot.playground.telegram_params import Params, Upload, is_object
from bot.playground.telegram_rules import (
    BUTTON_STYLES,
    KEYBOARD_LIMIT,
    TelegramRefused,
    check_button_url,
    check_callback_data,
    check_caption,
    check_document,
    check_photo,
    check_text,
)
from bot.playground.telegram_state import ChatRoom, Key, Keyboard, PostRef, TelegramState
from bot.playground.telegram_updates import TelegramUpdates


@dataclass(frozen=True)
class World:
    """What a method of the API works on."""

    state: TelegramState
    updates: TelegramUpdates


@dataclass(frozen=True)
class Words:
    """A parsed text or caption."""

    plain: str
    entities: tuple[Entity, ...]


@dataclass(frozen=True)
class Markup:
    """A parsed `reply_markup`: inline buttons, or the name of another kind."""

    keyboard: Keyboard = ()
    other: str | None = None


def read_room(world: World, params: Params) -> ChatRoom:
    """Return the chat of a call, if the bot may write there."""
    if not params.text("chat_id"):
        raise TelegramRefused("chat_id is empty")
    room = world.state.room(params.integer("chat_id"))
    if room.migrated_to is not None:
        raise TelegramRefused("group chat was upgraded to a supergroup chat", migrate_to_chat_id=room.migrated_to)
    if not room.bot_is_here:
        blocked = "bot was blocked by the user"
        kicked = f"bot was kicked from the {room.kind} chat"
        raise TelegramRefused(blocked if room.kind == "private" else kicked, code=403)
    return room


def read_topic(room: ChatRoom, params: Params) -> int | None:
    """Return the topic of a call."""
    topic_id = params.integer("message_thread_id")
    if not topic_id:
        return None
    if topic_id not in room.topics:
        raise TelegramRefused("message thread not found")
    return topic_id


def read_reply(room: ChatRoom, params: Params) -> int | None:
    """Return the number of the post that is replied to, if it is there."""
    asked = params.structure("reply_parameters")
    wanted, is_optional = params.integer("reply_to_message_id"), False
    if is_object(asked):
        found = asked.get("message_id")
        wanted = found if isinstance(found, int) else 0
        is_optional = asked.get("allow_sending_without_reply") is True
    if not wanted:
        return None
    if wanted in room.posts:
        return wanted
    if is_optional:
        return None
    raise TelegramRefused("message to be replied not found")


def read_text(params: Params) -> Words:
    """Return the text of a call, parsed and within 4096."""
    words = _read_words(params.text("text"), params.text("parse_mode"))
    check_text(words.plain)
    return words


def read_caption(params: Params) -> Words:
    """Return the caption of a call, parsed and within 1024."""
    return caption_of(params.text("caption"), params.text("parse_mode"))


def caption_of(markup: str, parse_mode: str) -> Words:
    """Parse one caption."""
    words = _read_words(markup, parse_mode)
    check_caption(words.plain)
    return words


def read_markup(params: Params) -> Markup:
    """Return the `reply_markup` of a call."""
    asked = params.structure("reply_markup")
    if asked is None:
        return Markup()
    if not is_object(asked):
        raise TelegramRefused("object expected as reply markup")
    for other in ("force_reply", "remove_keyboard", "keyboard"):
        if other in asked:
            return Markup(other=other)
    rows = asked.get("inline_keyboard")
    if not isinstance(rows, list):
        raise TelegramRefused("object expected as reply markup")
    keyboard = tuple(row for row in (_read_row(row) for row in rows) if row)
    if sum(len(row) for row in keyboard) > KEYBOARD_LIMIT:
        raise TelegramRefused("REPLY_MARKUP_TOO_LONG")
    return Markup(keyboard)


def read_file(world: World, params: Params, kind: FileKind) -> TelegramFile:
    """Return the file of a call: freshly uploaded, or one that Telegram has already."""
    upload = params.upload(kind)
    if upload is not None:
        return keep_upload(world, upload, kind)
    reference = params.text(kind)
    if not reference:
        raise TelegramRefused(f"there is no {kind} in the request")
    return known_file(world, reference, kind)


def keep_upload(world: World, upload: Upload, kind: FileKind) -> TelegramFile:
    """Store an upload if it can be sent as this kind."""
    kept = world.state.files.keep(kind, name=upload.name, mime_type=upload.mime_type, data=upload.data)
    if kind == "photo":
        check_photo(upload.data, kept.size_px)
    else:
        check_document(upload.data)
    return kept


def known_file(world: World, reference: str, kind: FileKind) -> TelegramFile:
    """Return a file by its id; links are refused, for the double has no internet."""
    if reference.startswith(("http://", "https://")):
        raise TelegramRefused("failed to get HTTP URL content")
    try:
        kept = world.state.files.by_id(reference)
    except TelegramRefused as error:
        raise TelegramRefused("wrong file identifier/HTTP URL specified") from error
    if kept.kind != kind:
        raise TelegramRefused(f"can't use file of type {kept.kind.title()} as {kind.title()}")
    return kept


def read_ref(room: ChatRoom, params: Params) -> PostRef:
    """Return where the post of a call stands."""
    if not params.text("message_id"):
        raise TelegramRefused("message identifier is not specified")
    return PostRef(room.chat_id, params.integer("message_id"))


def _read_words(markup: str, parse_mode: str) -> Words:
    match parse_mode.lower():
        case "html":
            plain, entities = parse_html(markup)
            return Words(plain, entities)
        case "":
            return Words(markup.strip(), ())
        case _:
            raise TelegramRefused("unsupported parse_mode")


def _read_row(row: JsonValue) -> tuple[Key, ...]:
    if not isinstance(row, list):
        raise TelegramRefused("can't parse inline keyboard button: Expected an Array of buttons")
    return tuple(_read_key(key) for key in row)


def _read_key(key: JsonValue) -> Key:
    if not is_object(key):
        raise TelegramRefused("can't parse inline keyboard button: Expected an Object")
    label = str(key.get("text") or "")
    if not label.strip():
        raise TelegramRefused("can't parse inline keyboard button: Can't find field \"text\"")
    return _read_action(label, key)


def _read_action(label: str, key: JsonObject) -> Key:
    data, url, style = key.get("callback_data"), key.get("url"), key.get("style")
    if not (style is None or isinstance(style, str)) or style not in BUTTON_STYLES:
        raise TelegramRefused("can't parse inline keyboard button: Invalid button style specified")
    if isinstance(data, str):
        check_callback_data(data)
        return Key(label, callback_data=data, style=style)
    if isinstance(url, str):
        check_button_url(url)
        return Key(label, url=url, style=style)
    raise TelegramRefused("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
