"""The composition root: the only file that knows every concrete part. Slack, Telegram, DBOS, Pillow, writer, port.

`python -m bot serve` and `worker` run it; the playground and the fault tests join the same parts to doubles.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime

import structlog

from bot.dialog.words import Words
from bot.engine import JobContext
from bot.errors import TryLater
from bot.house import Ground, House, Parts, Record, open_house
from bot.ports import Engine, Platform, Renderer, Writer
from bot.rendering import PillowRenderer
from bot.settings import Settings
from bot.web import Lag, WebServer, health_routes, webhook_routes
from bot.writing import open_writer

log = structlog.get_logger(__name__)


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the instant, UTC-aware."""
        return datetime.now(UTC)


def concrete_parts(*, listens: bool = True, works: bool = True) -> Parts:
    """Give the parts of a real installation; `listens`: takes events in, `works`: carries jobs out."""

    async def platforms(ground: Ground, record: Record, stack: AsyncExitStack) -> dict[str, Platform]:
        return await open_platforms(ground, record, stack, listens=listens)

    return Parts(
        renderer=open_renderer,
        platforms=platforms,
        engine=open_engine,
        writer=_writer,
        clock=SystemClock(),
        launch=launch_engine if works else None,
    )


async def open_renderer(ground: Ground, stack: AsyncExitStack) -> Renderer:
    """Start the render children; they warm up while the rest of the house opens, and whoever draws waits for one."""
    renderer = PillowRenderer(locate=ground.media.path, children=max(1, ground.settings.render_processes))
    warming = asyncio.create_task(renderer.start(), name="render children")

    async def stop() -> None:
        warming.cancel()
        await asyncio.gather(warming, return_exceptions=True)
        await renderer.close()

    stack.push_async_callback(stop)
    await asyncio.sleep(0)  # the children begin here, on the loop's thread
    return renderer


async def open_platforms(
    ground: Ground, record: Record, stack: AsyncExitStack, *, listens: bool = True
) -> dict[str, Platform]:
    """Connect every platform whose token is set."""
    settings = ground.settings
    found: dict[str, Platform] = {}
    if settings.slack_bot_token and (settings.slack_signing_secret or settings.slack_app_token):
        found["slack"] = await _open_slack(ground, record, stack, listens=listens)
    if settings.telegram_token:
        found["telegram"] = await _open_telegram(ground, record, stack, listens=listens)
    if not found:
        log.warning("no platform: set GLOCAL_SLACK_BOT_TOKEN or GLOCAL_TELEGRAM_TOKEN")
    return found


async def _open_slack(ground: Ground, record: Record, stack: AsyncExitStack, *, listens: bool) -> Platform:
    from bot.platforms.slack import SlackPlatform

    settings = ground.settings
    token, secret, app = settings.slack_bot_token, settings.slack_signing_secret, settings.slack_app_token
    slack = SlackPlatform(
        token.get_secret_value() if token else "", secret.get_secret_value() if secret else "",
        media=ground.media, record=record, clock=ground.clock, base_url=settings.slack_api_url,
        app_token=app.get_secret_value() if app else "",
    )  # fmt: skip
    stack.push_async_callback(slack.close)
    await slack.start(listens=listens)
    return slack


async def _open_telegram(ground: Ground, record: Record, stack: AsyncExitStack, *, listens: bool) -> Platform:
    from bot.platforms.telegram import TelegramPlatform
    from bot.platforms.telegram_transport import Webhook

    settings = ground.settings
    secret = settings.telegram_webhook_secret.get_secret_value() if settings.telegram_webhook_secret else ""
    url = f"{settings.public_url.rstrip('/')}/telegram/webhook"
    webhook = Webhook(url=url, secret=secret) if settings.public_url and secret else None
    telegram = TelegramPlatform(
        settings.telegram_token.get_secret_value() if settings.telegram_token else "", media=ground.media,
        record=record, clock=ground.clock, base_url=settings.telegram_api_url, webhook=webhook,
    )  # fmt: skip
    stack.push_async_callback(telegram.close)
    await telegram.start(listens=listens)
    if listens:
        with suppress(TryLater):  # a menu that could not be set is set at the next start
            await telegram.offer_commands(_command_menus(ground.words))
    return telegram


def _command_menus(words: Words) -> dict[str, dict[str, str]]:
    """Give Telegram's menu of commands in every language; the first one is for everybody else."""
    spoken = {"": words.languages[0]} | {language: language for language in words.languages}
    return {
        code: {name: words.line(f"commands.{name}", language) for name in ("help", "glocal", "join")}
        for code, language in spoken.items()
    }


async def open_engine(ground: Ground, stack: AsyncExitStack) -> Engine:
    """Open durable work; it takes a second to import."""
    from bot.engine.dbos_engine import DbosEngine

    settings = ground.settings
    engine = DbosEngine(
        ground.store, clock=ground.clock, executor_id=settings.executor_id, poll_s=settings.engine_poll_s
    )
    stack.push_async_callback(engine.close)
    await engine.migrate()
    return engine


async def launch_engine(engine: Engine, context: JobContext) -> None:
    """Carry jobs out in this process from now on."""
    from bot.engine.dbos_engine import DbosEngine

    if isinstance(engine, DbosEngine):
        await engine.launch(context)


def _writer(ground: Ground) -> Writer:
    return open_writer(ground.settings, words=ground.words, book=ground.shelf.book, clock=ground.clock)


async def open_port(house: House, stack: AsyncExitStack, *, settings: Settings | None = None) -> WebServer:
    """Serve the platforms' webhooks and the health pages."""
    settings = settings or house.ground.settings
    routes = [*health_routes(lag_of(house)), *webhook_routes(house.platforms)]
    server = WebServer(routes, host=settings.host, port=settings.port)
    await server.start()
    stack.push_async_callback(server.close)
    log.info("listening", url=server.url)
    return server


def lag_of(house: House) -> Callable[[], Awaitable[Lag]]:
    """Give what /readyz asks: how many events wait, and for how long."""

    async def lag() -> Lag:
        async with house.ground.store.reading() as uow:
            waiting = await uow.inbox.open(200)
        oldest = min((one.received_at for one in waiting), default=None)
        return Lag(
            waiting=len(waiting), oldest_s=(house.ground.clock.now() - oldest).total_seconds() if oldest else 0.0
        )

    return lag


async def serve(settings: Settings, *, web: bool, worker: bool) -> None:
    """Run until SIGTERM or SIGINT: the port and the platforms, the jobs, or both."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with AsyncExitStack() as stack:
        parts = concrete_parts(listens=web, works=worker)
        house = await stack.enter_async_context(open_house(settings, parts, answers=web))
        if web:
            await open_port(house, stack)
        sweeping = asyncio.create_task(house.sweep_forever(), name="sweep")
        stack.push_async_callback(_cancel, sweeping)
        log.info("ready", platforms=sorted(house.platforms), web=web, worker=worker)
        await stop.wait()
        log.info("stopping")


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
