"""Who may use the page: only a browser on this machine, only from the page itself.

The page acts as any person of the demo, so another site must not be able to reach it through a visitor's browser.
"""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.errors import Misconfigured
from bot.settings import Settings

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
POLICY = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; form-action 'self'; base-uri 'none'"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def refuse_real_tokens(settings: Settings) -> None:
    """Keep the playground away from an installation that talks to real people.

    Raises:
        Misconfigured: a token of Slack or Telegram is set.
    """
    if settings.slack_bot_token or settings.telegram_token:
        raise Misconfigured("real tokens are set, and the playground acts as anybody: unset them first")


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Check Host and Origin, and forbid what a page of ours never needs."""
    host = request.headers.get("Host", "")
    if host.rpartition(":")[0] not in NAMES:
        return web.Response(status=403, text="this page is served on 127.0.0.1 only")
    if request.method != "GET" and request.headers.get("Origin") != f"http://{host}":
        return web.Response(status=403, text="acts come from the page itself only")
    answer = await handler(request)
    if not answer.prepared:
        answer.headers["Content-Security-Policy"] = POLICY
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Cache-Control"] = "no-store"
    return answer
