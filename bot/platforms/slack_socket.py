"""Slack without a public address: Socket Mode, and somebody who watches that it is alive.

`slack.py` starts it when an app-level token is set. Clients that go silent after idling have been
reported (bolt #1529, sdk #1701), so a dead one is not mended but replaced.
"""

import asyncio
import contextlib

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

LOOK_EVERY_S = 10.0
CONNECT_WITHIN_S = 30.0
PING_EVERY_S = 10.0

log = structlog.get_logger(__name__)


class SocketIntake:
    """Keeps one Socket Mode connection of an app alive until it is closed."""

    def __init__(self, app: AsyncApp, app_token: str, *, session: aiohttp.ClientSession, base_url: str) -> None:
        self._app = app
        self._app_token = app_token
        self._session = session
        self._base_url = base_url
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Connect in the background; a Slack that cannot be reached is tried again for ever."""
        self._task = asyncio.create_task(self._keep_connected(), name="slack socket")

    async def close(self) -> None:
        """Disconnect."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _keep_connected(self) -> None:
        while True:
            handler = self._build()
            try:
                await asyncio.wait_for(handler.connect_async(), CONNECT_WITHIN_S)  # type: ignore[no-untyped-call]
                log.info("slack_socket_connected")
                await self._watch(handler)
            except TimeoutError:
                log.warning("slack_socket_not_connected")
            finally:
                await handler.close_async()  # type: ignore[no-untyped-call]
            log.warning("slack_socket_replaced")

    async def _watch(self, handler: AsyncSocketModeHandler) -> None:
        """Return when the connection was found dead twice in a row."""
        dead = 0
        while dead < 2:
            await asyncio.sleep(LOOK_EVERY_S)
            dead = 0 if await handler.client.is_connected() else dead + 1

    def _build(self) -> AsyncSocketModeHandler:
        client = AsyncWebClient(token=self._app_token, base_url=self._base_url, session=self._session)
        return AsyncSocketModeHandler(self._app, self._app_token, web_client=client, ping_interval=PING_EVERY_S)
