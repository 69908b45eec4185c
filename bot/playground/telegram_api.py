"""The HTTP face of the Telegram double: /bot<token>/<method> and /file/bot<token>/<path>.

`telegram_double` mounts the routes. Each call is read, met by the ordered faults, carried out by one function of the
table METHODS and written to the traffic.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from aiohttp import web

from bot.playground import telegram_chats, telegram_edits, telegram_posts
from bot.playground.telegram_feed import TelegramFeed
from bot.playground.telegram_json import JsonObject, JsonValue
from bot.playground.telegram_params import Params, read_params
from bot.playground.telegram_rules import UPLOAD_TOO_LARGE, TelegramRefused
from bot.playground.telegram_sending import World
from bot.playground.telegram_traffic import Exchange, TelegramFaults

Method = Callable[[World, Params], Awaitable[JsonValue]]

METHODS: Final[Mapping[str, Method]] = {
    "getme": telegram_chats.get_me,
    "getupdates": telegram_chats.get_updates,
    "setwebhook": telegram_chats.set_webhook,
    "deletewebhook": telegram_chats.delete_webhook,
    "getwebhookinfo": telegram_chats.get_webhook_info,
    "setmycommands": telegram_chats.set_commands,
    "getfile": telegram_chats.get_file,
    "sendchataction": telegram_chats.send_action,
    "getchat": telegram_chats.get_chat,
    "getchatmember": telegram_chats.get_member,
    "sendmessage": telegram_posts.send_text,
    "sendphoto": telegram_posts.send_photo,
    "senddocument": telegram_posts.send_document,
    "sendmediagroup": telegram_posts.send_album,
    "editmessagetext": telegram_edits.edit_text,
    "editmessagecaption": telegram_edits.edit_caption,
    "editmessagemedia": telegram_edits.edit_media,
    "editmessagereplymarkup": telegram_edits.edit_keyboard,
    "deletemessage": telegram_edits.delete_post,
    "setmessagereaction": telegram_edits.set_reaction,
    "answercallbackquery": telegram_edits.answer_press,
}


class TelegramApi:
    """Serves the Bot API for one token."""

    def __init__(self, *, token: str, world: World, faults: TelegramFaults, traffic: TelegramFeed[Exchange]) -> None:
        self._token = token
        self._world = world
        self._faults = faults
        self._traffic = traffic

    def routes(self) -> tuple[web.RouteDef, ...]:
        """Return the routes to mount."""
        return (
            web.route("*", "/bot{token}/{method}", self._serve_call),
            web.get("/file/bot{token}/{path:.+}", self._serve_file),
        )

    async def _serve_call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params = Params({})
        try:
            self._check_token(request.match_info["token"])
            params = await read_params(request)
            is_lost = await self._faults.before(method.lower(), params.integer("chat_id") or None)
            result = await self._find(method)(self._world, params)
        except TelegramRefused as refused:
            if request.transport is None:
                return web.Response()  # nobody is left to hear that a younger poll took over
            return self._answer(method, params, _draw_refusal(refused), refused.code)
        except web.HTTPRequestEntityTooLarge:
            return web.json_response(_draw_refusal(UPLOAD_TOO_LARGE), status=413)
        if is_lost:
            self._note(method, params, "(done, but the answer was lost)", 0)
            if request.transport is not None:
                request.transport.abort()
        return self._answer(method, params, {"ok": True, "result": result}, 200)

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        kept = self._world.state.files.by_path(request.match_info["path"])
        if request.match_info["token"] != self._token or kept is None:
            return web.json_response(_draw_refusal(TelegramRefused("Not Found", code=404)), status=404)
        return web.Response(body=kept.data, content_type="application/octet-stream")

    def _check_token(self, token: str) -> None:
        if ":" not in token:
            raise TelegramRefused("Not Found", code=404)
        if token != self._token:
            raise TelegramRefused("Unauthorized", code=401)

    def _find(self, method: str) -> Method:
        found = METHODS.get(method.lower())
        if found is None:
            raise TelegramRefused("Not Found", code=404)
        return found

    def _answer(self, method: str, params: Params, drawn: JsonObject, status: int) -> web.Response:
        is_empty_poll = method.lower() == "getupdates" and drawn.get("result") == []
        if not is_empty_poll:
            self._note(method, params, drawn, status)
        return web.json_response(drawn, status=status)

    def _note(self, method: str, params: Params, answer: JsonValue, status: int) -> None:
        at_s = self._world.state.now()
        self._traffic.add(Exchange("call", at_s, method, params.for_the_log(), answer, status))


def _draw_refusal(refused: TelegramRefused) -> JsonObject:
    drawn: JsonObject = {
        "ok": False,
        "error_code": refused.code,
        "description": refused.description,
    }
    if refused.retry_after_s is not None:
        drawn["parameters"] = {"retry_after": refused.retry_after_s}
    if refused.migrate_to_chat_id is not None:
        drawn["parameters"] = {"migrate_to_chat_id": refused.migrate_to_chat_id}
    return drawn
