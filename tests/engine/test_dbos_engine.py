"""The real DBOS in both databases: what was committed happens once, what was rolled back never."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.engine import run
from bot.engine.context import JobContext
from bot.engine.dbos_engine import DbosEngine
from bot.errors import RateLimited
from bot.ports import Job
from bot.store.migrate import find_drift
from tests.engine.room import Room

POLL_S = 0.05
PATIENCE_S = 15.0


class Now:
    """The clock that DBOS goes by."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace the table of jobs by one that notes what was carried out."""
    done: list[str] = []

    async def note(_: JobContext, arguments: Mapping[str, str]) -> None:
        await asyncio.to_thread(lambda: None)
        done.append(arguments["name"])
        if arguments["name"] == "slow down" and done.count("slow down") == 1:
            raise RateLimited(1)

    monkeypatch.setattr(run, "JOBS", {"note": note})
    return done


@asynccontextmanager
async def launched(room: Room) -> AsyncIterator[DbosEngine]:
    """Carry out jobs in the room, with its real engine."""
    engine = DbosEngine(room.store, clock=Now(), poll_s=POLL_S)
    await engine.launch(room.context)
    try:
        yield engine
    finally:
        await engine.close()


async def test_work_survives_and_happens_once(room: Room, done: list[str]) -> None:
    """Committed jobs run once each, rolled back and cancelled ones never; pauses are waited out and timers fire."""
    async with launched(room) as engine:
        async with room.store.writing() as uow:
            await engine.enqueue(uow, _job("committed"))
            await engine.enqueue(uow, _job("committed"))
            await engine.enqueue(uow, _job("slow down"))
            await engine.schedule_at(uow, _job("soon"), datetime.now(UTC) + timedelta(seconds=1))
            await engine.schedule_at(uow, _job("cancelled"), datetime.now(UTC) + timedelta(seconds=1))
            await engine.schedule_at(uow, _job("tomorrow"), datetime.now(UTC) + timedelta(days=1))
            await uow.commit()
        async with room.store.writing() as uow:
            await engine.enqueue(uow, _job("rolled back"))
        async with room.store.writing() as uow:
            await engine.cancel(uow, "c1:cancelled")
            await uow.commit()
        await _until(lambda: len(done) == 4)
        await asyncio.sleep(10 * POLL_S)
    assert sorted(done) == ["committed", "slow down", "slow down", "soon"]


async def test_what_waits_is_taken_up_by_the_next_launch(room: Room, done: list[str]) -> None:
    """A process that only enqueues leaves its jobs for one that carries them out, and both stop without a trace."""
    if not room.store.is_shared:  # one process on SQLite: its first launch made the tables
        async with launched(room):
            pass
    web_only = DbosEngine(room.store, clock=Now())
    await web_only.migrate()
    async with room.store.writing() as uow:
        await web_only.enqueue(uow, _job("left over"))
        await uow.commit()
    await web_only.close()
    before = set(threading.enumerate())
    async with launched(room):
        await _until(lambda: done == ["left over"])
    assert await asyncio.to_thread(lambda: "the loop still has an executor")
    left = {thread for thread in set(threading.enumerate()) - before if not thread.daemon}
    assert {thread.name.split("_")[0] for thread in left} <= {"after-dbos"}
    assert await find_drift(room.store.access) == ()


async def test_a_launch_does_not_wait_for_a_turn_that_waits_for_it(room: Room, done: list[str]) -> None:
    """Events that come in while DBOS makes its tables on the loop's thread are written before or after, not never."""

    async def beat() -> None:
        async with room.store.writing() as uow:
            await uow.executors.beat("busy", datetime.now(UTC))
            await asyncio.sleep(0)
            await uow.commit()

    turns = [asyncio.create_task(beat()) for _ in range(8)]
    await asyncio.sleep(0)
    async with asyncio.timeout(PATIENCE_S), launched(room):
        await asyncio.gather(*turns)


def _job(name: str) -> Job:
    return Job(name="note", key=f"c1:{name.replace(' ', '-')}", arguments={"name": name})


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not is_so():  # noqa: ASYNC110 - DBOS has no event for it
            await asyncio.sleep(POLL_S)
