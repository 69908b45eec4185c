"""One running installation: its parts joined in order, and taken down in the opposite one.

`open_house` is an exit stack: intake, turns, redraws, engine, platforms, render pool, store. Which concrete parts they
are is said by bot/app.py, the test kit or the playground; the joining is the same.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import structlog

from bot.answer import Answerer
from bot.brandbook import BrandBook, load_book
from bot.chat import Incoming
from bot.content import brand_dirs, prompts_dir
from bot.dialog.words import Words
from bot.domain.event import AuditEvent
from bot.engine import JobContext
from bot.ports import Clock, Engine, Platform, Renderer, Writer
from bot.redraw import Redrawer
from bot.renditions import Renditions
from bot.router import Router
from bot.settings import Settings
from bot.shelf import Shelf, keep_files, keep_versions, seed
from bot.store import Media, Store
from handlers import ROUTES

log = structlog.get_logger(__name__)
Record = Callable[[Incoming], Awaitable[bool]]
LEFT_BEHIND = timedelta(seconds=30)
"""A sweep leaves younger events to the turn that has them in hand."""


@dataclass(frozen=True)
class Ground:
    """What every part stands on; the factories of parts take it."""

    settings: Settings
    clock: Clock
    store: Store
    media: Media
    shelf: Shelf
    words: Words


@dataclass(frozen=True)
class Parts:
    """The concrete parts of one installation; a test replaces those that it fakes."""

    renderer: Callable[[Ground, AsyncExitStack], Awaitable[Renderer]]
    platforms: Callable[[Ground, Record, AsyncExitStack], Awaitable[Mapping[str, Platform]]]
    engine: Callable[[Ground, AsyncExitStack], Awaitable[Engine]]
    writer: Callable[[Ground], Writer]
    clock: Clock
    launch: Callable[[Engine, JobContext], Awaitable[None]] | None = None
    """Begin to carry jobs out in this process; None where another one does, or a test."""
    read_book: Callable[[Path], BrandBook] = load_book


@dataclass(frozen=True)
class House:
    """One running installation."""

    ground: Ground
    platforms: Mapping[str, Platform]
    renditions: Renditions
    redrawer: Redrawer
    engine: Engine
    answerer: Answerer

    def job_context(self) -> JobContext:
        """Give what jobs may use."""
        ground = self.ground
        return JobContext(
            store=ground.store, media=ground.media, platforms=self.platforms, renditions=self.renditions,
            clock=ground.clock, words=ground.words, book=ground.shelf.book, redraw=self.redrawer.wake,
            engine=self.engine,
        )  # fmt: skip

    async def settle(self) -> None:
        """Wait until every event taken in is answered and every card drawn."""
        await self.answerer.settle()

    async def sweep(self) -> None:
        """Take up what a stopped process or a pause left behind."""
        await self.answerer.take_up(older_than=self.ground.clock.now() - LEFT_BEHIND)
        await self.redrawer.sweep()

    async def sweep_forever(self) -> None:
        """Sweep every few seconds, until cancelled."""
        while True:
            await asyncio.sleep(self.ground.settings.redraw_sweep_s)
            try:
                await self.sweep()
            except Exception:
                log.exception("sweep.failed")


@asynccontextmanager
async def open_house(
    settings: Settings, parts: Parts, *, seeds_people: bool | None = None, answers: bool = True
) -> AsyncIterator[House]:
    """Open one installation; `seeds_people` seeds the store first (None: leave it as it is).

    `answers` is False in a worker, which leaves events to the process that takes them in.
    """
    async with AsyncExitStack() as stack:
        ground = await _lay_ground(settings, parts, stack)
        await _prepare_store(ground, seeds_people=seeds_people)
        renderer = await parts.renderer(ground, stack)
        intake = _Intake(ground.store)
        platforms = await parts.platforms(ground, intake.record, stack)
        engine = await parts.engine(ground, stack)
        house = _join(ground, parts, platforms, renderer, engine)
        stack.push_async_callback(house.redrawer.stop)
        stack.push_async_callback(house.answerer.stop)
        for platform in platforms.values():
            if stop_intake := getattr(platform, "stop_intake", None):
                stack.push_async_callback(stop_intake)
        if parts.launch:
            await parts.launch(engine, house.job_context())
        if answers:
            intake.answerer = house.answerer
            await house.answerer.take_up()
        await house.redrawer.sweep()
        yield house


@dataclass
class _Intake:
    """Takes events in from the first moment; before the answerer is there they wait in the inbox."""

    store: Store
    answerer: Answerer | None = None

    async def record(self, incoming: Incoming) -> bool:
        if self.answerer:
            return await self.answerer.record(incoming)
        async with self.store.writing() as uow:
            is_new = await uow.inbox.record(incoming)
            await uow.commit()
        return is_new


async def _lay_ground(settings: Settings, parts: Parts, stack: AsyncExitStack) -> Ground:
    shelf = Shelf(settings.brand_dir or brand_dirs()[0], load=parts.read_book)
    brand = shelf.book().brand
    store = Store.open(
        settings.database_url, brand=brand.folder, synchronous=settings.database_synchronous,
        busy_timeout_s=settings.database_busy_timeout_s, readers=settings.database_readers,
    )  # fmt: skip
    stack.push_async_callback(store.close)
    await store.migrate()
    media = Media(Path(settings.media_dir))
    words = Words(prompts_dir(), brand.languages)
    return Ground(settings=settings, clock=parts.clock, store=store, media=media, shelf=shelf, words=words)


async def _prepare_store(ground: Ground, *, seeds_people: bool | None) -> None:
    book = ground.shelf.book()
    await keep_files(book, ground.media)
    if seeds_people is not None:
        event = AuditEvent(what="network.seeded", subject=book.brand.folder, at=ground.clock.now())
        await seed(book, ground.store, at=event, with_people=seeds_people)
        return
    async with ground.store.writing() as uow:
        await keep_versions(book, uow)
        await uow.commit()


def _join(ground: Ground, parts: Parts, platforms: Mapping[str, Platform], renderer: Renderer, engine: Engine) -> House:
    renditions = Renditions(store=ground.store, media=ground.media, renderer=renderer)
    redrawer = Redrawer(
        store=ground.store, renditions=renditions, platforms=platforms, words=ground.words,
        book=ground.shelf.book, clock=ground.clock, name=ground.settings.executor_id,
    )  # fmt: skip
    answerer = Answerer(
        store=ground.store, media=ground.media, platforms=platforms, renderer=renderer, renditions=renditions,
        writer=parts.writer(ground), engine=engine, redrawer=redrawer, clock=ground.clock, words=ground.words,
        router=Router(ROUTES), book=ground.shelf.book, load_book=ground.shelf.load,
        take_book=ground.shelf.take, name=ground.settings.executor_id,
    )  # fmt: skip
    return House(
        ground=ground, platforms=platforms, renditions=renditions, redrawer=redrawer, engine=engine,
        answerer=answerer,
    )  # fmt: skip
