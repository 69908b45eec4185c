"""What the Slack double sends to the bot: signed HTTP requests, and the judgement of the answers.

Events are repeated until they are acknowledged, as Slack repeats them; interactions and commands are
not. A test may hold events back and let them go in another order, several times each.
"""

import asyncio
import hashlib
import hmac
import json
import random
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp

from bot.playground.slack_json import Json, JsonObject, read, text_at
from bot.playground.slack_socket import Sockets
from bot.playground.slack_state import Workspace, fresh_id

ACK_WITHIN_S = 3.0
RETRY_DELAYS_S = (0.0, 60.0, 300.0)
MOST_AT_ONCE = 50
"""Requests under way side by side; the time of the others has not begun."""
LATE = "operation_timeout: no answer in time"
_OK = 200


@dataclass(frozen=True, slots=True)
class Ack:
    """How the bot answered one request; status 0 means that it did not."""

    status: int
    body: str = ""
    problem: str = ""

    @property
    def is_ok(self) -> bool:
        """Whether Slack would be content."""
        return self.status == _OK and not self.problem


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to deliver one event."""

    event_id: str
    attempt: int
    ack: Ack


class Sender:
    """Delivers to one bot address; `held` is None while events go out at once."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        signing_secret: str,
        sockets: Sockets,
        retry_delays_s: Sequence[float] = RETRY_DELAYS_S,
        events: frozenset[str] | None = None,
    ) -> None:
        self.bot_url = ""
        self.deliveries: list[Delivery] = []
        self._workspace = workspace
        self._secret = signing_secret
        self._sockets = sockets
        self._retry_delays_s = tuple(retry_delays_s)
        self._events = events
        self._held: list[JsonObject] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way = 0
        self._still = asyncio.Event()
        self._still.set()
        self._session: aiohttp.ClientSession | None = None
        self._lines = asyncio.Semaphore(MOST_AT_ONCE)

    def emit(self, event: JsonObject) -> None:
        """Deliver an event the app has subscribed to, where the bot may see it."""
        place = self._workspace.places.get(text_at(event, "channel"))
        if place is not None and self._workspace.bot.id not in place.members:
            return
        if place is not None and text_at(event, "type") == "message":
            event = {**event, "channel_type": "im" if place.is_direct else "channel"}
        if self._events is None or self._subscription(event) in self._events:
            self._queue(self._envelope(event))

    def hold(self) -> None:
        """Keep events back until `release`."""
        self._held = [] if self._held is None else self._held

    def release(self, *, copies: int = 1, shuffled: random.Random | None = None) -> int:
        """Let the held events go, each so many times, in another order if asked; return how many."""
        waiting, self._held = self._held or [], None
        waiting = [envelope for envelope in waiting for _ in range(copies)]
        if shuffled is not None:
            shuffled.shuffle(waiting)
        for envelope in waiting:
            self._queue(envelope)
        return len(waiting)

    def repeat(self, event_id: str, *, copies: int = 1) -> None:
        """Deliver an event once more that was delivered before."""
        for exchange in self._workspace.record.exchanges:
            if exchange.direction == "to_bot" and text_at(exchange.request, "event_id") == event_id:
                request = exchange.request
                break
        else:
            raise LookupError(event_id)
        for _ in range(copies):
            self._queue(request if isinstance(request, dict) else {})

    async def interact(self, name: str, payload: JsonObject) -> Ack:
        """Send a press or a submission and wait for the answer."""
        body = urlencode({"payload": json.dumps(payload)})
        return await self._post(name, body, form=True, shown=payload)

    async def command(self, fields: dict[str, str]) -> Ack:
        """Send a slash command and wait for the answer."""
        shown: JsonObject = dict(fields)
        return await self._post(fields["command"], urlencode(fields), form=True, shown=shown)

    async def delivered(self) -> None:
        """Wait until no request is under way (a retry that is due later does not count)."""
        await self._still.wait()

    async def finished(self) -> None:
        """Wait until every delivery has ended, late retries included."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def close(self) -> None:
        """End deliveries and the connection."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _subscription(self, event: JsonObject) -> str:
        kind = text_at(event, "type")
        if kind != "message":
            return kind
        return f"message.{'im' if text_at(event, 'channel_type') == 'im' else 'channels'}"

    def _envelope(self, event: JsonObject) -> JsonObject:
        bot: Json = {
            "enterprise_id": None,
            "team_id": self._workspace.team_id,
            "user_id": self._workspace.bot.id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": "made-up",
            "team_id": self._workspace.team_id,
            "api_app_id": self._workspace.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": fresh_id("Ev"),
            "event_time": int(self._workspace.now()),
            "authorizations": [bot],
            "is_ext_shared_channel": False,
        }

    def _queue(self, envelope: JsonObject) -> None:
        if self._held is not None:
            self._held.append(envelope)
        else:
            self._spawn(self._deliver(envelope))

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        self._enter()
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, envelope: JsonObject) -> None:
        name, body = text_at(envelope, "event_id"), json.dumps(envelope)
        shown_name = text_at(envelope, "event", "type")
        is_counted = True
        try:
            for attempt, delay_s in enumerate((0.0, *self._retry_delays_s)):
                if attempt and delay_s:
                    self._leave()
                    is_counted = False
                    await asyncio.sleep(delay_s)
                    self._enter()
                    is_counted = True
                ack = await self._post(shown_name, body, shown=envelope, attempt=attempt)
                self.deliveries.append(Delivery(name, attempt, ack))
                if ack.is_ok:
                    return
        finally:
            if is_counted:
                self._leave()

    def _enter(self) -> None:
        self._under_way += 1
        self._still.clear()

    def _leave(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._still.set()

    async def _post(self, name: str, body: str, *, shown: JsonObject, form: bool = False, attempt: int = 0) -> Ack:
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        headers = {"Content-Type": kind, **self._signature(body)}
        if attempt:
            headers |= {"x-slack-retry-num": str(attempt), "x-slack-retry-reason": "http_error"}
        if self._sockets.is_connected:
            ack = await self._send_by_socket(shown, attempt=attempt)
        else:
            ack = await self._send(body, headers)
        answer: Json = read(ack.body) if ack.body.startswith("{") else ack.body or ack.problem
        self._workspace.record.add(name, direction="to_bot", request=shown, status=ack.status, answer=answer)
        return ack

    async def _send_by_socket(self, payload: JsonObject, *, attempt: int) -> Ack:
        try:
            answer = await asyncio.wait_for(self._sockets.request(payload, attempt=attempt), ACK_WITHIN_S)
        except TimeoutError:
            return Ack(0, problem=LATE)
        except ConnectionError as failure:
            return Ack(0, problem=f"dispatch_failed: {type(failure).__name__}")
        return Ack(_OK, json.dumps(answer) if answer else "")

    async def _send(self, body: str, headers: dict[str, str]) -> Ack:
        if self._session is None:
            limit = aiohttp.ClientTimeout(total=ACK_WITHIN_S)
            self._session = aiohttp.ClientSession(timeout=limit)
        try:
            async with self._lines, self._session.post(self.bot_url, data=body, headers=headers) as answer:
                return Ack(answer.status, await answer.text())
        except TimeoutError:
            return Ack(0, problem=LATE)
        except aiohttp.ClientError as failure:
            return Ack(0, problem=f"dispatch_failed: {type(failure).__name__}")

    def _signature(self, body: str) -> dict[str, str]:
        """Sign as Slack does ("Verifying requests from Slack", version v0); real time is required."""
        stamp = str(int(time.time()))
        digest = hmac.new(self._secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256)
        return {
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={digest.hexdigest()}",
        }
