"""Commands that wait for a press: what a 64-byte button stands for."""

from sqlalchemy import select, update

from bot.domain.focus import Pending
from bot.domain.ids import PendingId
from bot.store.rows import Rows
from bot.store.tables import pendings


class PendingRepository(Rows):
    """Offered choices and confirmations."""

    async def add(self, pending: Pending) -> None:
        """Keep a command with its choices."""
        await self._insert(
            pendings, id=pending.id, data=pending, is_used=pending.is_used, created_at=pending.created_at
        )

    async def get(self, pending_id: PendingId) -> Pending | None:
        """Find a command; `is_used` tells whether it was carried out."""
        row = await self._first(
            select(pendings.c.data, pendings.c.is_used).where(self._of(pendings), pendings.c.id == pending_id)
        )
        return row.data.model_copy(update={"is_used": row.is_used}) if row else None

    async def use(self, pending_id: PendingId) -> bool:
        """Use a command up; False when it was used before."""
        unused = update(pendings).where(self._of(pendings), pendings.c.id == pending_id, ~pendings.c.is_used)
        return await self._changes(unused.values(is_used=True)) == 1
