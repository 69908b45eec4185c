"""The changing half of the Bot API: edit a post's text, caption, picture or buttons; delete; react; answer a press.

Called by `telegram_api` through the table METHODS.
"""

from dataclasses import replace

from bot.playground.telegram_files import FileKind, TelegramFile
from bot.playground.telegram_json import JsonValue, draw_post
from bot.playground.telegram_params import Params, is_object
from bot.playground.telegram_rules import (
    CALLBACK_LIFETIME_S,
    DELETABLE_FOR_S,
    NOT_MODIFIED,
    QUERY_TOO_OLD,
    REACTIONS,
    TelegramRefused,
    check_callback_answer,
)
from bot.playground.telegram_sending import (
    Words,
    World,
    caption_of,
    keep_upload,
    known_file,
    read_caption,
    read_markup,
    read_ref,
    read_room,
    read_text,
)
from bot.playground.telegram_state import TelegramPost


async def edit_text(world: World, params: Params) -> JsonValue:
    """Serve editMessageText."""
    post = _editable(world, params)
    words = read_text(params)
    if post.text is None:
        raise TelegramRefused("there is no text in the message to edit")
    return _put_edit(
        world,
        post,
        replace(
            post,
            text=words.plain,
            entities=words.entities,
            keyboard=read_markup(params).keyboard,
        ),
    )


async def edit_caption(world: World, params: Params) -> JsonValue:
    """Serve editMessageCaption."""
    post = _editable(world, params)
    words = read_caption(params)
    if post.attachment is None:
        raise TelegramRefused("there is no caption in the message to edit")
    return _put_edit(world, post, _with_caption(post, words, params))


async def edit_media(world: World, params: Params) -> JsonValue:
    """Serve editMessageMedia: another photo or document, or the first one of a text post."""
    post = _editable(world, params)
    item = params.structure("media")
    if not is_object(item):
        raise TelegramRefused("can't parse input media JSON object")
    kept = _read_medium(world, params, str(item.get("type")), str(item.get("media") or ""))
    if post.album_id and post.attachment is not None and post.attachment.kind != kept.kind:
        raise TelegramRefused("MEDIA_GROUPED_INVALID")
    words = caption_of(str(item.get("caption") or ""), str(item.get("parse_mode") or ""))
    edited = replace(_with_caption(post, words, params), text=None, attachment=kept)
    return _put_edit(world, post, edited)


async def edit_keyboard(world: World, params: Params) -> JsonValue:
    """Serve editMessageReplyMarkup."""
    post = _editable(world, params)
    return _put_edit(world, post, replace(post, keyboard=read_markup(params).keyboard))


async def delete_post(world: World, params: Params) -> JsonValue:
    """Serve deleteMessage."""
    room = read_room(world, params)
    ref = read_ref(room, params)
    post = room.posts.get(ref.message_id)
    if post is None:
        raise TelegramRefused("message to delete not found")
    is_foreign = post.sender != world.state.bot and not room.bot_is_admin and room.kind != "private"
    if is_foreign or world.state.now() - post.sent_at_s > DELETABLE_FOR_S:
        raise TelegramRefused("message can't be deleted for everyone")
    world.state.remove(ref)
    return True


async def set_reaction(world: World, params: Params) -> JsonValue:
    """Serve setMessageReaction: the bot's own reaction, one emoji or none."""
    room = read_room(world, params)
    ref = read_ref(room, params)
    post = room.posts.get(ref.message_id)
    if post is None:
        raise TelegramRefused("message to react not found")
    asked = params.structure("reaction") or []
    if not isinstance(asked, list):
        raise TelegramRefused("can't parse reaction types JSON object")
    emoji = tuple(str(each.get("emoji")) for each in asked if is_object(each))
    if len(emoji) > 1:
        raise TelegramRefused("REACTIONS_TOO_MANY")
    if not REACTIONS.issuperset(emoji):
        raise TelegramRefused("REACTION_INVALID")
    reactions = {**post.reactions, world.state.bot.user_id: emoji}
    world.state.put(replace(post, reactions=reactions), "reacted")
    return True


async def answer_press(world: World, params: Params) -> JsonValue:
    """Serve answerCallbackQuery: once, in time, in at most 200 characters."""
    text = params.text("text")
    check_callback_answer(text)
    query = world.state.queries.get(params.text("callback_query_id"))
    if query is None or query.answer is not None or query.is_expired:
        raise TelegramRefused(QUERY_TOO_OLD)
    if world.state.now() - query.asked_at_s > CALLBACK_LIFETIME_S:
        raise TelegramRefused(QUERY_TOO_OLD)
    world.state.answer_query(query, text, is_alert=params.flag("show_alert"))
    return True


def _editable(world: World, params: Params) -> TelegramPost:
    room = read_room(world, params)
    post = room.posts.get(read_ref(room, params).message_id)
    if post is None:
        raise TelegramRefused("message to edit not found")
    if post.sender != world.state.bot or post.other_markup is not None:
        raise TelegramRefused("message can't be edited")
    return post


def _with_caption(post: TelegramPost, words: Words, params: Params) -> TelegramPost:
    return replace(
        post,
        caption=words.plain or None,
        entities=words.entities,
        keyboard=read_markup(params).keyboard,
    )


def _read_medium(world: World, params: Params, kind: str, reference: str) -> TelegramFile:
    if kind not in {"photo", "document"}:
        raise TelegramRefused("can't parse InputMedia: type must be specified")
    file_kind: FileKind = "photo" if kind == "photo" else "document"
    upload = params.attached(reference)
    if upload is not None:
        return keep_upload(world, upload, file_kind)
    return known_file(world, reference, file_kind)


def _put_edit(world: World, before: TelegramPost, after: TelegramPost) -> JsonValue:
    if before == after:
        raise TelegramRefused(NOT_MODIFIED)
    edited = replace(after, edited_at_s=int(world.state.now()))
    return draw_post(world.state, world.state.put(edited, "edited"))
