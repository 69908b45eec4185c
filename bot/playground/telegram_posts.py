"""The sending half of the Bot API: sendMessage, sendPhoto, sendDocument, sendMediaGroup.

Called by `telegram_api` through the table METHODS. Parse mode HTML and none are known, MarkdownV2 is not.
"""

from typing import Final

from bot.playground.telegram_files import FileKind, TelegramFile
from bot.playground.telegram_json import JsonValue, draw_post
from bot.playground.telegram_params import Params, is_object
from bot.playground.telegram_rules import TelegramRefused, check_album_size
from bot.playground.telegram_sending import (
    Markup,
    Words,
    World,
    caption_of,
    keep_upload,
    known_file,
    read_caption,
    read_file,
    read_markup,
    read_reply,
    read_room,
    read_text,
    read_topic,
)
from bot.playground.telegram_state import ChatRoom, PostRef, TelegramPost

_ALBUM_KINDS: Final[dict[str, FileKind]] = {"photo": "photo", "document": "document"}


async def send_text(world: World, params: Params) -> JsonValue:
    """Serve sendMessage."""
    room = read_room(world, params)
    words = read_text(params)
    post = _draft(world, room, params, read_markup(params), text=words.plain, words=words)
    return draw_post(world.state, world.state.put(post, "posted"))


async def send_photo(world: World, params: Params) -> JsonValue:
    """Serve sendPhoto."""
    return _send_file(world, params, "photo")


async def send_document(world: World, params: Params) -> JsonValue:
    """Serve sendDocument."""
    return _send_file(world, params, "document")


async def send_album(world: World, params: Params) -> JsonValue:
    """Serve sendMediaGroup; buttons are refused, for Telegram would drop them without a word."""
    room = read_room(world, params)
    if params.has("reply_markup"):
        raise TelegramRefused("reply_markup is no parameter of sendMediaGroup")
    items = params.structure("media")
    if not isinstance(items, list):
        raise TelegramRefused("expected an Array of InputMedia")
    check_album_size(len(items))
    read = [_read_item(world, params, item) for item in items]
    if len({kept.kind for kept, _ in read}) > 1:
        raise TelegramRefused("Document can't be mixed with other media types")
    album_id = world.state.new_id()
    posts = [_draft(world, room, params, Markup(), words=words, kept=kept, album_id=album_id) for kept, words in read]
    return [draw_post(world.state, world.state.put(post, "posted")) for post in posts]


def _send_file(world: World, params: Params, kind: FileKind) -> JsonValue:
    room = read_room(world, params)
    words, markup = read_caption(params), read_markup(params)
    kept = read_file(world, params, kind)
    post = _draft(world, room, params, markup, words=words, kept=kept)
    return draw_post(world.state, world.state.put(post, "posted"))


def _read_item(world: World, params: Params, item: JsonValue) -> tuple[TelegramFile, Words]:
    if not is_object(item) or str(item.get("type")) not in _ALBUM_KINDS:
        raise TelegramRefused("can't parse InputMedia: type must be specified")
    kind, reference = _ALBUM_KINDS[str(item["type"])], str(item.get("media") or "")
    words = caption_of(str(item.get("caption") or ""), str(item.get("parse_mode") or ""))
    upload = params.attached(reference)
    if upload is not None:
        return keep_upload(world, upload, kind), words
    return known_file(world, reference, kind), words


def _draft(
    world: World,
    room: ChatRoom,
    params: Params,
    markup: Markup,
    *,
    words: Words,
    text: str | None = None,
    kept: TelegramFile | None = None,
    album_id: str | None = None,
) -> TelegramPost:
    reply_to, topic_id = read_reply(room, params), read_topic(room, params)
    return TelegramPost(
        ref=PostRef(room.chat_id, world.state.next_message_id(room.chat_id)),
        sender=world.state.bot,
        sent_at_s=int(world.state.now()),
        text=text,
        caption=words.plain if text is None and words.plain else None,
        entities=words.entities,
        attachment=kept,
        keyboard=markup.keyboard,
        other_markup=markup.other,
        reply_to=reply_to,
        topic_id=topic_id,
        album_id=album_id,
    )
