"""The strict Slack double: one object to start, act with and look into.

The driver, `demo`, the panes and the tests run it inside their process; the fault tests run it in a
process of its own. It accepts what the real Slack accepts and refuses the rest with Slack's own words;
it keeps nothing after it stops.
"""

import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.playground.slack_api import MOST_UPLOAD_BYTES, SlackApi
from bot.playground.slack_call import Call
from bot.playground.slack_events import RETRY_DELAYS_S, Sender
from bot.playground.slack_faults import Faults
from bot.playground.slack_json import JsonObject, value_at
from bot.playground.slack_people import People
from bot.playground.slack_socket import Sockets
from bot.playground.slack_state import Workspace
from bot.playground.slack_tickets import Tickets

DEMO_TOKEN = "xoxb-playground-slack"  # noqa: S105 - the double knows no other
DEMO_APP_TOKEN = "xapp-playground-slack"  # noqa: S105 - as above
DEMO_SIGNING_SECRET = "the playground signs with this"  # noqa: S105 - a made-up secret of the double


class SlackDouble:
    """A workspace, its API over HTTP, its people, and what it sends to the bot.

    With an app manifest only its scopes are granted and only its events are sent.
    """

    def __init__(
        self,
        *,
        token: str = DEMO_TOKEN,
        app_token: str = DEMO_APP_TOKEN,
        signing_secret: str = DEMO_SIGNING_SECRET,
        team_id: str = "",
        now: Callable[[], float] = time.time,
        upload_delay_s: float = 0.02,
        retry_delays_s: Sequence[float] = RETRY_DELAYS_S,
        manifest: JsonObject | None = None,
    ) -> None:
        self.token = token
        self.app_token = app_token
        self.signing_secret = signing_secret
        self.workspace = Workspace(team_id=team_id, now=now)
        self.tickets = Tickets(now=now)
        self.faults = Faults()
        self.sockets = Sockets()
        self.sender = Sender(
            self.workspace,
            signing_secret=signing_secret,
            sockets=self.sockets,
            retry_delays_s=retry_delays_s,
            events=_listed(manifest, "settings", "event_subscriptions", "bot_events"),
        )
        call = Call(self.workspace, self.tickets, self.sender.emit, upload_delay_s)
        self.people = People(call, self.sender)
        self.app = web.Application(client_max_size=MOST_UPLOAD_BYTES)
        scopes = _listed(manifest, "oauth_config", "scopes", "bot")
        SlackApi(call, token, app_token, self.sockets, self.faults, scopes).add_to(self.app)
        self._runner: web.AppRunner | None = None

    async def start(self, *, port: int = 0, bot_url: str = "") -> None:
        """Serve on 127.0.0.1; port 0 takes a free one."""
        self.bot_url = bot_url or self.bot_url
        self._runner = web.AppRunner(self.app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.workspace.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Stop serving and forget what was under way."""
        await self.sender.close()
        await self.sockets.drop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def base_url(self) -> str:
        """The address a Slack client takes as its `base_url`."""
        return f"{self.workspace.base_url}/api/"

    @property
    def bot_url(self) -> str:
        """Where events, commands and interactions go."""
        return self.sender.bot_url

    @bot_url.setter
    def bot_url(self, url: str) -> None:
        self.sender.bot_url = url


def _listed(manifest: JsonObject | None, *path: str) -> frozenset[str] | None:
    if manifest is None:
        return None
    found = value_at(manifest, *path)
    return frozenset(str(entry) for entry in found) if isinstance(found, list) else frozenset()
