"""`/healthz`: alive. `/readyz`: the database answers and events do not pile up."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.errors import GlocalError

LATE_AFTER_S = 60.0
"""An event that waits longer means that this process does not keep up."""


@dataclass(frozen=True)
class Lag:
    """How far behind the inbox is."""

    waiting: int
    oldest_s: float


def health_routes(lag: Callable[[], Awaitable[Lag]]) -> tuple[web.RouteDef, ...]:
    """Give both pages; `lag` asks the database."""

    async def alive(_: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def ready(_: web.Request) -> web.Response:
        try:
            found = await lag()
        except (GlocalError, OSError):
            return web.json_response({"status": "no database"}, status=503)
        is_late = found.oldest_s > LATE_AFTER_S
        content = {"status": "late" if is_late else "ready", "waiting": found.waiting, "oldest_s": found.oldest_s}
        return web.json_response(content, status=503 if is_late else 200)

    return (web.get("/healthz", alive), web.get("/readyz", ready))
