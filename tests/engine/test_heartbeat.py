"""A worker that dies in the middle of a job, in a process of its own, and the one that takes the job over."""

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.crash import EXIT_CODE, VARIABLE
from bot.engine.dbos_engine import DbosEngine
from bot.engine.heartbeat import SILENT_AFTER_S, beat
from bot.testing import TestClock
from tests.engine.room import Room

DYING_WORKER = """
import asyncio, sys
from datetime import UTC, datetime
from bot.engine.context import JobContext
from bot.engine.dbos_engine import DbosEngine
from bot.engine.heartbeat import beat
from bot.ports import Job
from bot.store import Store

class Now:
    def now(self):
        return datetime.now(UTC)

async def main(url, brand):
    store = Store.open(url, brand=brand)
    engine = DbosEngine(store, clock=Now(), executor_id="dying", poll_s=0.05)
    nothing = dict.fromkeys(("media", "platforms", "renditions", "clock", "words", "book", "redraw", "engine"))
    await engine.launch(JobContext(store=store, **nothing))
    await beat(engine, store, clock=Now(), executor_id="dying")
    async with store.writing() as uow:
        await engine.enqueue(uow, Job(name="deliver", key="c1:deliver:3", arguments={"campaign_id": "c1"}))
        await uow.commit()
    await asyncio.sleep(30)

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.parametrize("database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_the_job_of_a_dead_worker_is_finished_by_another(room: Room) -> None:
    """A delivery whose worker was killed is taken over once the worker is silent, and every file arrives once."""
    await room.approve()
    environment = {**os.environ, VARIABLE: "job_started", "PYTHONPATH": str(Path.cwd())}
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-c", DYING_WORKER, room.store.access.url, room.store.brand, env=environment
    )
    assert await asyncio.wait_for(worker.wait(), 25) == EXIT_CODE
    engine = DbosEngine(room.store, clock=TestClock(datetime.now(UTC)), executor_id="living", poll_s=0.05)
    await engine.launch(room.context)
    try:
        clock = TestClock(datetime.now(UTC))
        assert await beat(engine, room.store, clock=clock, executor_id="living") == 0
        clock = TestClock(datetime.now(UTC) + timedelta(seconds=SILENT_AFTER_S + 5))
        assert await beat(engine, room.store, clock=clock, executor_id="living") == 1
        assert await beat(engine, room.store, clock=clock, executor_id="living") == 0
        async with asyncio.timeout(10):
            while (await room.campaign()).state != "delivered":  # noqa: ASYNC110 - DBOS has no event for it
                await asyncio.sleep(0.05)
    finally:
        await engine.close()
    assert len(room.telegram.files) == 3
    assert len(room.telegram.posts) == 4
