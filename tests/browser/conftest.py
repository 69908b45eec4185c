"""A playground with a browser in front of it. Without Chromium these tests are skipped, unless it is required."""

import os
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright

from bot.engine.jobs import JOBS
from bot.house import Ground, Parts
from bot.playground.joined import Joined, join_house, no_platforms
from bot.playground.page import open_playground
from bot.playground.stage import open_stage
from bot.playground.troupe import Troupe, gather
from bot.ports import Engine, Renderer, Writer
from bot.settings import Settings
from bot.testing import InlineEngine, SketchRenderer, TestClock
from bot.writing import ExampleWriter

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


@dataclass
class Visit:
    """A visitor of the page, and the house behind it."""

    page: Page
    joined: Joined
    troupe: Troupe

    def pane(self, name: str) -> Locator:
        """Find a pane."""
        return self.page.locator(f'[data-pane="{name}"]')

    async def goes_to(self, name: str) -> Locator:
        """Bring a pane to the front, where they are tabs."""
        tab = self.page.locator(f'[data-to="{name}"]')
        if await tab.is_visible():
            await tab.click()
        return self.pane(name)

    async def writes(self, name: str, words: str) -> None:
        """Type into a pane and send."""
        pane = await self.goes_to(name)
        await pane.locator(".composer textarea").fill(words)
        await pane.locator(".composer textarea").press("Enter")

    async def presses(self, name: str, label: str) -> None:
        """Press the newest button whose label begins so."""
        pane = await self.goes_to(name)
        await pane.locator(".place:not([hidden]) [data-press]").filter(has_text=label).last.click()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Find Chromium, or say why these tests are not run."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        if os.environ.get("GLOCAL_REQUIRE_BROWSER"):
            pytest.fail("Chromium is required here and is not installed")
        pytest.skip("no Chromium on this machine: install it to see the playground tested")
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """Start one headless browser for all tests of this folder."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_house_at_doubles(tmp_path: Path) -> AsyncIterator[tuple[Joined, Troupe, str]]:
    """Open the playground with everybody of the seed, drawing sketches."""
    engine = InlineEngine(TestClock())
    settings = Settings(_env_file=None, data_dir=tmp_path, playground_port=0)
    async with AsyncExitStack() as stack:
        stage = await stack.enter_async_context(open_stage())
        parts = _parts(engine)
        joined = await stack.enter_async_context(join_house(stage, settings, parts, seeds_people=True))

        async def run(name: str, arguments: Mapping[str, str]) -> None:
            await JOBS[name](joined.house.job_context(), arguments)

        joined.run_jobs = lambda: engine.run_due(run)
        troupe = gather(joined)
        yield joined, troupe, await stack.enter_async_context(open_playground(joined, troupe, settings=settings))


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Give the sizes at which the page is used: a desk and a pocket."""
    return SIZES[str(request.param)]


@pytest_asyncio.fixture(loop_scope="session")
async def visit(
    browser: Browser, open_house_at_doubles: tuple[Joined, Troupe, str], size: tuple[int, int]
) -> AsyncIterator[Visit]:
    """Open the page; whatever it complains of fails the test."""
    joined, troupe, address = open_house_at_doubles
    context: BrowserContext = await browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(address)
    yield Visit(page, joined, troupe)
    await context.close()
    assert not complaints


def _parts(engine: InlineEngine) -> Parts:
    async def open_engine(_ground: Ground, _stack: AsyncExitStack) -> Engine:
        return engine

    async def open_renderer(_ground: Ground, _stack: AsyncExitStack) -> Renderer:
        return SketchRenderer()

    def writer(_ground: Ground) -> Writer:
        return ExampleWriter()

    return Parts(platforms=no_platforms, engine=open_engine, renderer=open_renderer, writer=writer, clock=engine.clock)
