"""Heartbeats of the processes that carry out jobs, so that another one takes up what a dead one left."""

from datetime import datetime

from sqlalchemy import delete, select

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

    async def forget(self, executor_id: str, *, silent_since: datetime) -> bool:
        """Take a silent process off the list; True for the one caller who did, and who resumes its work."""
        is_silent = (executors.c.id == executor_id) & (executors.c.beat_at < silent_since)
        return await self._changes(delete(executors).where(self._of(executors), is_silent)) == 1
