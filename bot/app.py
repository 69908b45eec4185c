"""The composition root: the only file that knows every concrete part. Tests and the demo use the same one.

`open_house` builds the parts in order and, as an exit stack, takes them down in the opposite one:
intake, turns, redraws, engine, platforms, render pool, store.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import structlog

from bot.answer import Answerer
from bot.chat import Incoming
from bot.content import brand_dirs, prompts_dir
from bot.dialog.words import Words
from bot.domain.event import AuditEvent
from bot.ports import Clock, Engine, Platform, Renderer, Writer
from bot.redraw import Redrawer
from bot.renditions import Renditions
from bot.router import Router
from bot.settings import Settings
from bot.shelf import Shelf, keep_files, seed
from bot.store import Media, Store
from handlers import ROUTES

log = structlog.get_logger(__name__)
Record = Callable[[Incoming], Awaitable[bool]]


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the instant, UTC-aware."""
        return datetime.now(UTC)


@dataclass(frozen=True)
class Ground:
    """What every part stands on; factories of parts take it."""

    settings: Settings
    clock: Clock
    store: Store
    media: Media
    shelf: Shelf
    words: Words
    renditions: Renditions
    renderer: Renderer
    redrawer: Redrawer
    platforms: dict[str, Platform]


PlatformsFactory = Callable[[Ground, Record, AsyncExitStack], Awaitable[Mapping[str, Platform]]]
EngineFactory = Callable[[Ground, AsyncExitStack], Awaitable[Engine]]
RendererFactory = Callable[[Settings, Media, AsyncExitStack], Awaitable[Renderer]]
WriterFactory = Callable[[Ground], Writer]


@dataclass(frozen=True)
class Parts:
    """The concrete parts of one installation; a test replaces those that it fakes."""

    platforms: PlatformsFactory
    engine: EngineFactory
    renderer: RendererFactory
    writer: WriterFactory
    clock: Clock = field(default_factory=SystemClock)


@dataclass(frozen=True)
class House:
    """One running installation."""

    ground: Ground
    engine: Engine
    answerer: Answerer

    async def settle(self) -> None:
        """Wait until every event taken in is answered and every card drawn."""
        await self.answerer.settle()

    async def sweep(self) -> None:
        """Take up what a stopped process or a pause left behind."""
        await self.answerer.take_up()
        await self.ground.redrawer.sweep()


@asynccontextmanager
async def open_house(settings: Settings, parts: Parts, *, with_people: bool | None = None) -> AsyncIterator[House]:
    """Open one installation; `with_people` seeds the store first (None: leave it as it is)."""
    async with AsyncExitStack() as stack:
        ground = await _lay_ground(settings, parts, stack)
        await keep_files(ground.shelf.book(), ground.media)
        if with_people is not None:
            event = AuditEvent(what="network.seeded", subject=ground.shelf.book().brand.folder, at=parts.clock.now())
            await seed(ground.shelf.book(), ground.store, at=event, with_people=with_people)
        engine = await parts.engine(ground, stack)
        answerer = _build_answerer(ground, parts, engine)
        stack.push_async_callback(ground.redrawer.stop)
        stack.push_async_callback(answerer.stop)
        ground.platforms.update(await parts.platforms(ground, answerer.record, stack))
        house = House(ground=ground, engine=engine, answerer=answerer)
        await house.sweep()
        yield house


async def _lay_ground(settings: Settings, parts: Parts, stack: AsyncExitStack) -> Ground:
    shelf = Shelf(settings.brand_dir or brand_dirs()[0])
    brand = shelf.book().brand
    words = Words(prompts_dir(), brand.languages)
    store = Store.open(
        settings.database_url,
        brand=brand.folder,
        synchronous=settings.database_synchronous,
        busy_timeout_s=settings.database_busy_timeout_s,
        readers=settings.database_readers,
    )
    stack.push_async_callback(store.close)
    await store.migrate()
    media = Media(Path(settings.media_url))
    renderer = await parts.renderer(settings, media, stack)
    renditions = Renditions(store=store, media=media, renderer=renderer)
    platforms: dict[str, Platform] = {}
    redrawer = Redrawer(
        store=store, renditions=renditions, platforms=platforms, words=words, book=shelf.book,
        clock=parts.clock, name=settings.executor_id,
    )  # fmt: skip
    return Ground(
        settings=settings, clock=parts.clock, store=store, media=media, shelf=shelf, words=words,
        renditions=renditions, renderer=renderer, redrawer=redrawer, platforms=platforms,
    )  # fmt: skip


def _build_answerer(ground: Ground, parts: Parts, engine: Engine) -> Answerer:
    return Answerer(
        store=ground.store, media=ground.media, platforms=ground.platforms, renderer=ground.renderer,
        renditions=ground.renditions, writer=parts.writer(ground), engine=engine, redrawer=ground.redrawer,
        clock=parts.clock, words=ground.words, router=Router(ROUTES), book=ground.shelf.book,
        load_book=ground.shelf.load, take_book=ground.shelf.take, name=ground.settings.executor_id,
    )  # fmt: skip


async def sweep_forever(house: House) -> None:
    """Look for cards and replies left behind, every few seconds, until cancelled."""
    while True:
        await asyncio.sleep(house.ground.settings.redraw_sweep_s)
        try:
            await house.sweep()
        except Exception:
            log.exception("sweep.failed")
