"""Socket Mode of the Slack double: the bot connects, requests travel as envelopes, answers come back by id.

While a socket is open the sender uses it instead of HTTP, as Slack does for an app with Socket Mode on.
"""

import asyncio
import json
import secrets
from collections.abc import Mapping

from aiohttp import WSMsgType, web

from bot.playground.slack_json import Json, JsonObject, object_at, read, text_at

KINDS: Mapping[str, str] = {
    "event_callback": "events_api",
    "block_actions": "interactive",
    "view_submission": "interactive",
}
"""Type of the payload -> type of the envelope; what has none is a slash command."""


class Sockets:
    """The open sockets of one app; each request goes to one of them."""

    def __init__(self) -> None:
        self._tickets: set[str] = set()
        self._open: list[web.WebSocketResponse] = []
        self._answers: dict[str, asyncio.Future[JsonObject]] = {}

    @property
    def is_connected(self) -> bool:
        """Whether the bot is there."""
        return bool(self._open)

    def add_to(self, app: web.Application) -> None:
        """Mount the address that sockets connect to."""
        app.router.add_get("/link/", self._connect)

    def open_address(self, base_url: str) -> JsonObject:
        """Answer `apps.connections.open`: an address that works once."""
        ticket = secrets.token_hex(8)
        self._tickets.add(ticket)
        return {"url": f"{base_url.replace('http', 'ws', 1)}/link/?ticket={ticket}"}

    async def request(self, payload: JsonObject, *, attempt: int) -> JsonObject:
        """Send one request and wait for its answer; the caller limits the time."""
        if not self._open:
            raise ConnectionError("no socket is open")
        envelope_id = secrets.token_hex(16)
        kind = KINDS.get(text_at(payload, "type"), "slash_commands")
        envelope: JsonObject = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if attempt:
            envelope |= {"retry_attempt": attempt, "retry_reason": "timeout"}
        answer: asyncio.Future[JsonObject] = asyncio.get_running_loop().create_future()
        self._answers[envelope_id] = answer
        try:
            await self._open[-1].send_str(json.dumps(envelope))
            return await answer
        finally:
            self._answers.pop(envelope_id, None)

    async def drop(self) -> None:
        """Close every socket, as Slack does now and then."""
        for socket in tuple(self._open):
            await socket.close()

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403, text="invalid ticket")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        hello: Json = {"type": "hello", "num_connections": len(self._open) + 1}
        await socket.send_str(json.dumps(hello))
        self._open.append(socket)
        try:
            async for received in socket:
                if received.type is WSMsgType.TEXT:
                    self._take(read(received.data))
        finally:
            self._open.remove(socket)
        return socket

    def _take(self, answer: Json) -> None:
        waiting = self._answers.get(text_at(answer, "envelope_id"))
        if waiting is not None and not waiting.done():
            waiting.set_result(object_at(answer, "payload"))
