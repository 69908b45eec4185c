"""What a person sees in the Telegram double, as the driver's `Seen`: words, buttons by label, toasts."""

import hashlib

from bot.playground.surfaces.hands import Drawing
from bot.playground.telegram_feed import TelegramFeed
from bot.playground.telegram_json import JsonObject, JsonValue
from bot.playground.telegram_params import is_object
from bot.playground.telegram_state import CallbackQuery, TelegramPost
from bot.playground.telegram_traffic import Exchange
from bot.testing.people import Seen


def see_post(traffic: TelegramFeed[Exchange], post: TelegramPost, user_id: int) -> Seen:
    """Describe a post."""
    held = post.attachment
    return Seen(
        key=f"telegram:{post.ref.chat_id}:{post.ref.message_id}",
        words=post.words,
        buttons=tuple(key.label for key in post.keys),
        pictures=(hashlib.sha256(held.data).hexdigest(),) if held else (),
        documents=(held.name,) if held and held.kind == "document" else (),
        is_card=any(drawing.is_card for drawing in drawings_of(traffic, post)),
        is_mine=post.sender.user_id == user_id,
    )


def see_answer(query: CallbackQuery) -> Seen:
    """Describe the answer to a press, which only whoever pressed sees."""
    return Seen(key=f"telegram:press:{query.query_id}", words=query.answer or "", is_private=True)


def drawings_of(traffic: TelegramFeed[Exchange], post: TelegramPost) -> tuple[Drawing[str], ...]:
    """Give every drawing a post has had, from the traffic; the last is how it stands."""
    drawn = [_drawing(exchange.sent) for _, exchange in traffic.since(0) if _is_about(exchange, post)]
    keys = [(key.label, key.callback_data) for key in post.keys if key.callback_data]
    return (*drawn[:-1], _as_drawing([(label, data or "") for label, data in keys]))


def _is_about(exchange: Exchange, post: TelegramPost) -> bool:
    result = _at(exchange.answer, "result")
    is_post = exchange.kind == "call" and _at(result, "message_id") == post.ref.message_id
    return is_post and _at(_at(result, "chat"), "id") == post.ref.chat_id


def _drawing(sent: JsonObject) -> Drawing[str]:
    rows = _at(sent.get("reply_markup"), "inline_keyboard")
    keys = [key for row in rows if isinstance(row, list) for key in row] if isinstance(rows, list) else []
    return _as_drawing([(str(_at(key, "text")), str(_at(key, "callback_data") or "")) for key in keys])


def _as_drawing(keys: list[tuple[str, str]]) -> Drawing[str]:
    values = tuple(data for _, data in keys)
    return Drawing(tuple(label for label, _ in keys), values, values)


def _at(source: JsonValue, key: str) -> JsonValue:
    return source.get(key) if is_object(source) else None
