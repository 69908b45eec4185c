"""How often each job was begun and whether it was cancelled; the engine itself keeps when it is due.

A cancellation commits with the turn that causes it, so a timer that fires later finds it and does nothing.
"""

from sqlalchemy import select, update

from bot.store.rows import Rows
from bot.store.tables import jobs


class JobRepository(Rows):
    """One row per job that was begun or cancelled."""

    async def begin(self, key: str) -> int | None:
        """Count one more attempt at a job and give its number; None when it was cancelled."""
        if await self._insert_once(jobs, key=key, attempts=1, is_cancelled=False):
            return 1
        same = (self._of(jobs), jobs.c.key == key)
        await self._changes(update(jobs).where(*same).values(attempts=jobs.c.attempts + 1))
        row = await self._first(select(jobs.c.attempts, jobs.c.is_cancelled).where(*same))
        return None if row is None or row.is_cancelled else int(row.attempts)

    async def cancel(self, key: str) -> None:
        """Have a job do nothing when it fires."""
        if not await self._insert_once(jobs, key=key, attempts=0, is_cancelled=True):
            await self._changes(update(jobs).where(self._of(jobs), jobs.c.key == key).values(is_cancelled=True))
