"""A room for jobs: the real store, brand and words; platforms that are lists of posts."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.brandbook import BrandBook, load_book
from bot.content import brand_dirs, prompts_dir
from bot.dialog.words import Words
from bot.domain.event import AuditEvent
from bot.domain.ids import CampaignId
from bot.engine.context import JobContext
from bot.renditions import Renditions
from bot.shelf import keep_versions, seed
from bot.store import Media, Store
from bot.testing import CorePlatform, InlineEngine, SketchRenderer, TestClock
from tests.engine.room import Room


@pytest.fixture(scope="session")
def book() -> BrandBook:
    """Load the sample brand once."""
    return load_book(brand_dirs()[0])


@pytest.fixture
async def room(database_url: str, tmp_path: Path, book: BrandBook) -> AsyncIterator[Room]:
    """Give a seeded store and everything a job may use."""
    store = Store.open(database_url, brand=book.brand.folder)
    await store.migrate()
    clock = TestClock()
    await seed(book, store, at=AuditEvent(what="network.seeded", subject="test", at=clock.now()), with_people=True)
    async with store.writing() as uow:
        await keep_versions(book, uow)
        await uow.commit()
    media, engine = Media(tmp_path / "media"), InlineEngine(clock)
    telegram, slack = CorePlatform("telegram"), CorePlatform("slack")
    redrawn: list[CampaignId] = []
    context = JobContext(
        store=store,
        media=media,
        platforms={"telegram": telegram, "slack": slack},
        renditions=Renditions(store=store, media=media, renderer=SketchRenderer()),
        clock=clock,
        words=Words(prompts_dir(), book.brand.languages),
        book=lambda: book,
        redraw=redrawn.append,
        engine=engine,
    )
    yield Room(context, store, clock, engine, telegram, slack, redrawn)
    await store.close()
