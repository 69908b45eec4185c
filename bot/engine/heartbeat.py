"""Several workers on PostgreSQL: each says that it is alive, and takes over the jobs of one that fell silent.

DBOS's open core does not fail over by itself. A launched DbosEngine runs `watch_forever` where the database is shared;
a worker that comes back under its own id takes its jobs up itself.
"""

import asyncio
from datetime import timedelta
from typing import Protocol

import structlog

from bot.ports import Clock
from bot.store import Store

log = structlog.get_logger(__name__)

BEAT_S = 10.0
SILENT_AFTER_S = 60.0


class Resumes(Protocol):
    """An engine that can take over."""

    async def resume_from(self, executor_id: str) -> int:
        """Begin the jobs again that another process left; count them."""
        ...


async def watch_forever(engine: Resumes, store: Store, *, clock: Clock, executor_id: str) -> None:
    """Beat and look around every few seconds, until cancelled."""
    while True:
        try:
            await beat(engine, store, clock=clock, executor_id=executor_id)
        except Exception:
            log.exception("heartbeat.failed")
        await asyncio.sleep(BEAT_S)


async def beat(engine: Resumes, store: Store, *, clock: Clock, executor_id: str) -> int:
    """Say that this process is alive, and resume the jobs of those that are not; count the jobs."""
    now = clock.now()
    silent_since = now - timedelta(seconds=SILENT_AFTER_S)
    async with store.writing() as uow:
        await uow.executors.beat(executor_id, now)
        silent = await uow.executors.silent(silent_since)
        claimed = [each for each in silent if await uow.executors.take_over(each, silent_since=silent_since, at=now)]
        await uow.commit()
    return sum([await _resume(engine, store, executor_id=each) for each in claimed])


async def _resume(engine: Resumes, store: Store, *, executor_id: str) -> int:
    count = await engine.resume_from(executor_id)
    log.warning("heartbeat.took_over", executor=executor_id, jobs=count)
    async with store.writing() as uow:
        await uow.executors.forget(executor_id)
        await uow.commit()
    return count
