"""A Telegram that runs here: the Bot API over HTTP, the people in its chats, and the traffic for the inspector.

`TelegramDouble` is started by the playground, the driver and the tests, inside their process; `telegram_control` gives
the same to another process. Point python-telegram-bot at `bot_url` and `file_url`.
"""

import time
from collections.abc import Callable
from typing import Final, Self

from aiohttp import web

from bot.playground.telegram_api import TelegramApi
from bot.playground.telegram_feed import TelegramFeed
from bot.playground.telegram_json import JsonObject
from bot.playground.telegram_people import TelegramPeople
from bot.playground.telegram_rules import UPLOAD_LIMIT_BYTES
from bot.playground.telegram_sending import World
from bot.playground.telegram_state import TelegramState
from bot.playground.telegram_traffic import Exchange, TelegramFaults
from bot.playground.telegram_updates import TelegramUpdates

DEMO_BOT_ID: Final = 7_000_000_001


def made_up_token(bot_id: int = DEMO_BOT_ID) -> str:
    """Build a token of the right shape that no real bot has."""
    return f"{bot_id}:" + "A" * 8 + "-double-" + "x" * 19


class TelegramDouble:
    """One bot's Telegram."""

    def __init__(
        self,
        *,
        token: str = "",
        bot_username: str = "glocal_bot",
        now: Callable[[], float] = time.time,
    ) -> None:
        self.token = token or made_up_token()
        bot_id = int(self.token.partition(":")[0])
        self.state = TelegramState(bot_id=bot_id, bot_username=bot_username, now=now)
        self.traffic: TelegramFeed[Exchange] = TelegramFeed()
        self.updates = TelegramUpdates(on_delivered=self._note_update)
        self.faults = TelegramFaults()
        self.world = World(self.state, self.updates)
        self.people = TelegramPeople(self.world)
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def base_url(self) -> str:
        """Where the double listens."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def bot_url(self) -> str:
        """The `base_url` of a python-telegram-bot Application."""
        return f"{self.base_url}/bot"

    @property
    def file_url(self) -> str:
        """The `base_file_url` of a python-telegram-bot Application."""
        return f"{self.base_url}/file/bot"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_reason: object) -> None:
        await self.stop()

    async def start(self, *, port: int = 0, extra_routes: tuple[web.RouteDef, ...] = ()) -> None:
        """Listen on the loopback; port 0 takes a free one."""
        api = TelegramApi(token=self.token, world=self.world, faults=self.faults, traffic=self.traffic)
        app = web.Application(client_max_size=UPLOAD_LIMIT_BYTES + 1024 * 1024)
        app.add_routes([*extra_routes, *api.routes()])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self._port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Close the port; chats and traffic stay readable."""
        await self.updates.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _note_update(self, update: JsonObject) -> None:
        kind = next(name for name in update if name != "update_id")
        self.traffic.add(Exchange("update", self.state.now(), kind, update))
