"""Serves a set of routes on one address until it is closed."""

from collections.abc import Iterable

from aiohttp import web

MOST_BODY_BYTES = 4 * 1024 * 1024
"""Platform events are small; pictures are fetched, not pushed."""


class WebServer:
    """One aiohttp site."""

    def __init__(self, routes: Iterable[web.RouteDef], *, host: str, port: int) -> None:
        application = web.Application(client_max_size=MOST_BODY_BYTES)
        application.add_routes(list(routes))
        self._runner = web.AppRunner(application, access_log=None)
        self._host = host
        self._port = port

    @property
    def url(self) -> str:
        """Give the address it is reached at, once started."""
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def start(self) -> None:
        """Open the port; 0 takes a free one. Raises OSError when it is taken."""
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()

    async def close(self) -> None:
        """Close the port; requests underway are finished."""
        await self._runner.cleanup()
