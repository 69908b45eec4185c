"""The Telegram double's control surface for another process: HTTP and JSON under /_control/telegram/.

Tests that kill the bot keep the double in a process of its own and drive it here: POST an act, GET the state, the
traffic or a file. Mount `control_routes(double)` with `TelegramDouble.start(extra_routes=…)`.
"""

import base64
import dataclasses
from collections.abc import Callable
from dataclasses import asdict, is_dataclass

from aiohttp import web

from bot.playground import telegram_rooms
from bot.playground.telegram_double import TelegramDouble
from bot.playground.telegram_json import JsonObject, JsonValue, draw_chat, draw_post
from bot.playground.telegram_params import is_object
from bot.playground.telegram_people import PersonCannot
from bot.playground.telegram_rules import TelegramRefused
from bot.playground.telegram_state import ChatRoom, PostRef, TelegramPost, TelegramUser
from bot.playground.telegram_traffic import Fault

Act = Callable[..., object]
PREFIX = "/_control/telegram"


def control_routes(double: TelegramDouble) -> tuple[web.RouteDef, ...]:
    """Return the routes of the control surface."""
    control = _Control(double)
    return (
        web.post(PREFIX + "/{act}", control.act),
        web.get(PREFIX + "/state", control.state),
        web.get(PREFIX + "/traffic", control.traffic),
        web.get(PREFIX + "/file/{file_id}", control.file),
    )


class _Control:
    """Reads JSON, calls the double, writes JSON."""

    def __init__(self, double: TelegramDouble) -> None:
        self._double = double
        people, state, updates = double.people, double.state, double.updates
        self._acts: dict[str, Act] = {
            "add_user": state.add_user,
            "add_group": self._add_group,
            "add_topic": state.add_topic,
            "say": people.say,
            "start": people.start,
            "press": people.press,
            "press_data": people.press_data,
            "react": people.react,
            "send_photo": people.send_photo,
            "send_document": people.send_document,
            "send_sticker": people.send_sticker,
            "send_voice": people.send_voice,
            "edit": people.edit,
            "expire_presses": people.expire_presses,
            "block": self._block,
            "unblock": self._unblock,
            "disturb": updates.disturb,
            "hold": updates.hold,
            "fault": self._fault,
            "migrate": self._migrate,
            "open_private": self._open_private,
        }

    async def act(self, request: web.Request) -> web.Response:
        """Carry out one act; its arguments are the fields of the body."""
        act = self._acts.get(request.match_info["act"])
        body: JsonValue = await request.json()
        if act is None or not is_object(body):
            return web.json_response({"error": "no such act"}, status=404)
        try:
            result = act(**_read_arguments(body))
        except (PersonCannot, TelegramRefused, TypeError, KeyError) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)
        return web.json_response({"result": self._draw(result)})

    async def state(self, _request: web.Request) -> web.Response:
        """Return every chat with its posts, and every answered press."""
        state = self._double.state
        chats: list[JsonValue] = [self._draw_room(room) for room in state.chats.values()]
        answers: list[JsonValue] = [self._draw(query) for query in state.queries.values() if query.answer is not None]
        drawn: JsonObject = {
            "chats": chats,
            "answers": answers,
            "pending_updates": self._double.updates.pending_count,
            "last_change": state.changes.last_number,
        }
        return web.json_response(drawn)

    async def traffic(self, request: web.Request) -> web.Response:
        """Return the traffic after the number `after`."""
        after = int(request.query.get("after", "0"))
        items = [{"number": number, **asdict(exchange)} for number, exchange in self._double.traffic.since(after)]
        return web.json_response({"traffic": items})

    async def file(self, request: web.Request) -> web.Response:
        """Return the bytes of a file that went through the double."""
        try:
            kept = self._double.state.files.by_id(request.match_info["file_id"])
        except TelegramRefused as refused:
            return web.json_response({"error": refused.description}, status=404)
        return web.Response(body=kept.data, content_type=kept.mime_type)

    def _draw_room(self, room: ChatRoom) -> JsonObject:
        posts: list[JsonValue] = [self._draw(post) for post in room.posts.values()]
        return draw_chat(self._double.state, room) | {"posts": posts}

    def _draw(self, result: object) -> JsonValue:
        match result:
            case TelegramPost():
                reactions: JsonObject = {str(user_id): [*emoji] for user_id, emoji in result.reactions.items()}
                return draw_post(self._double.state, result) | {"reactions": reactions}
            case ChatRoom():
                return draw_chat(self._double.state, result)
            case None | bool() | int() | str():
                return result
            case _ if is_dataclass(result) and not isinstance(result, type):
                drawn: JsonObject = dataclasses.asdict(result)
                return drawn
            case _:
                return str(result)

    def _add_group(self, title: str, member_ids: list[int], *, chat_id: int | None = None, **options: bool) -> ChatRoom:
        members: tuple[TelegramUser, ...] = tuple(self._double.state.users[user_id] for user_id in member_ids)
        return self._double.state.add_group(
            title,
            members=members,
            is_forum=options.get("is_forum", False),
            is_basic=options.get("is_basic", False),
            bot_is_admin=options.get("bot_is_admin", True),
            chat_id=chat_id,
        )

    def _block(self, user_id: int) -> None:
        telegram_rooms.block(self._double.world, user_id)

    def _unblock(self, user_id: int) -> None:
        telegram_rooms.unblock(self._double.world, user_id)

    def _migrate(self, chat_id: int) -> int:
        return telegram_rooms.migrate(self._double.world, chat_id)

    def _open_private(self, user_id: int) -> ChatRoom:
        state = self._double.state
        return state.open_private(state.users[user_id])

    def _fault(self, **fields: object) -> None:
        self._double.faults.order(Fault(**fields))  # type: ignore[arg-type]


def _read_arguments(body: JsonObject) -> dict[str, object]:
    """Read a body: `post` is [chat_id, message_id], `data_base64` are the bytes of a file."""
    arguments: dict[str, object] = dict(body)
    post = body.get("post")
    if isinstance(post, list) and len(post) == 2:
        arguments["post"] = PostRef(*(int(str(part)) for part in post))
    encoded = arguments.pop("data_base64", None)
    if isinstance(encoded, str):
        arguments["data"] = base64.b64decode(encoded)
    return arguments
