"""Where the platforms call: their own routes, mounted on the one port."""

from collections.abc import Mapping

from aiohttp import web

from bot.platforms.slack import SlackPlatform
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram_transport import SECRET_HEADER
from bot.ports import Platform

TELEGRAM_PATH = "/telegram/webhook"


def webhook_routes(platforms: Mapping[str, Platform]) -> tuple[web.RouteDef, ...]:
    """Give the routes at which the connected platforms are called."""
    routes: list[web.RouteDef] = []
    for platform in platforms.values():
        if isinstance(platform, SlackPlatform):
            routes.extend(platform.routes())
        if isinstance(platform, TelegramPlatform):
            routes.append(_telegram_route(platform))
    return tuple(routes)


def _telegram_route(telegram: TelegramPlatform) -> web.RouteDef:
    async def receive(request: web.Request) -> web.Response:
        status = await telegram.receive(await request.read(), request.headers.get(SECRET_HEADER, ""))
        return web.Response(status=status)

    return web.post(TELEGRAM_PATH, receive)
