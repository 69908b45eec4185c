"""Heartbeats of the processes that carry out jobs, so that another one takes up what a dead one left."""

from datetime import datetime

from sqlalchemy import delete, select, update

from bot.store.rows import Rows
from bot.store.tables import executors


class ExecutorRepository(Rows):
    """Who is alive."""

    async def beat(self, executor_id: str, at: datetime) -> None:
        """Note that a process is alive."""
        await self._put(executors, id=executor_id, beat_at=at)

    async def silent(self, since: datetime) -> tuple[str, ...]:
        """List processes that have not been heard of since an instant."""
        query = select(executors.c.id).where(self._of(executors), executors.c.beat_at < since)
        return tuple(row.id for row in await self._all(query.order_by(executors.c.id)))

    async def take_over(self, executor_id: str, *, silent_since: datetime, at: datetime) -> bool:
        """Claim a silent process's work; True for one caller. Should that one die too, the row falls silent again."""
        is_silent = (executors.c.id == executor_id) & (executors.c.beat_at < silent_since)
        claimed = update(executors).where(self._of(executors), is_silent).values(beat_at=at)
        return await self._changes(claimed) == 1

    async def forget(self, executor_id: str) -> None:
        """Take a process off the list, once its work is somebody else's."""
        await self._changes(delete(executors).where(self._of(executors), executors.c.id == executor_id))
