"""The one port says whether the process lives and keeps up, and takes no foreign webhook."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.app import lag_of
from bot.chat import Actor, Incoming, Typed
from bot.domain.conversation import Address
from bot.errors import StoreBusy
from bot.testing import World, open_core_world
from bot.testing.world import Cast
from bot.web import Lag, WebServer, health_routes


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Give a running house."""
    async with open_core_world([Cast(name="maria", place="old-mill")], tmp_path) as opened:
        yield opened


@pytest.fixture
async def url(world: World) -> AsyncIterator[str]:
    """Serve its health pages."""
    server = WebServer(health_routes(lag_of(world.house)), host="127.0.0.1", port=0)
    await server.start()
    yield server.url
    await server.close()


async def _get(url: str) -> tuple[int, dict[str, object]]:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.json()


async def test_a_living_process_says_so(url: str) -> None:
    """/healthz answers as long as the process serves."""
    assert await _get(f"{url}/healthz") == (200, {"status": "alive"})


async def test_an_idle_house_is_ready(url: str) -> None:
    """/readyz answers 200 when nothing waits."""
    status, said = await _get(f"{url}/readyz")
    assert (status, said["status"], said["waiting"]) == (200, "ready", 0)


async def test_a_house_that_does_not_keep_up_is_not_ready(url: str, world: World) -> None:
    """/readyz answers 503 when an event has waited for more than a minute."""
    waiting = Incoming(
        event_id="slack:CORE:late",
        actor=Actor(user_id="UMARIA"),
        address=Address(platform="slack", workspace="CORE", conversation_id="DUMARIA"),
        content=Typed(text="hello"),
        received_at=world.clock.now() - timedelta(minutes=2),
    )
    async with world.house.ground.store.writing() as uow:
        await uow.inbox.record(waiting)
        await uow.commit()
    status, said = await _get(f"{url}/readyz")
    assert (status, said["status"], said["waiting"]) == (503, "late", 1)


async def test_a_house_without_its_database_is_not_ready() -> None:
    """/readyz answers 503 with a word when the database does not answer."""

    async def locked() -> Lag:
        raise StoreBusy

    server = WebServer(health_routes(locked), host="127.0.0.1", port=0)
    await server.start()
    try:
        assert await _get(f"{server.url}/readyz") == (503, {"status": "no database"})
    finally:
        await server.close()
