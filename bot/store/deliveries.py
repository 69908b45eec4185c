"""Idempotency keys of everything that leaves the house: started before, finished after.

A key that was started and never finished may have gone out: nobody repeats it without a person's press.
"""

from typing import Literal

from sqlalchemy import delete, select, update

from bot.store.rows import Rows
from bot.store.tables import deliveries

Progress = Literal["new", "uncertain", "done"]


class DeliveryRepository(Rows):
    """How far each delivery has come."""

    async def start(self, key: str) -> Progress:
        """Begin a delivery: `new` for whoever may go ahead, else how far the earlier attempt came."""
        return "new" if await self._insert_once(deliveries, key=key, state="started") else await self.state(key)

    async def finish(self, key: str, post_id: str) -> None:
        """Confirm that it went out."""
        started = update(deliveries).where(self._of(deliveries), deliveries.c.key == key)
        await self._changes(started.values(state="done", post_id=post_id))

    async def state(self, key: str) -> Progress:
        """Tell how far a delivery has come; `new` when nobody has begun it."""
        row = await self._first(select(deliveries.c.state).where(self._of(deliveries), deliveries.c.key == key))
        if row is None:
            return "new"
        return "done" if row.state == "done" else "uncertain"

    async def reset(self, key: str) -> None:
        """Allow a delivery again: it surely did not go out, or a person said to send it once more."""
        await self._changes(delete(deliveries).where(self._of(deliveries), deliveries.c.key == key))

    async def allow_again(self, prefix: str) -> int:
        """Forget every delivery under a prefix (`<campaign>:`) that was begun and never confirmed; count them."""
        unconfirmed = (deliveries.c.state == "started") & deliveries.c.key.startswith(prefix, autoescape=True)
        return await self._changes(delete(deliveries).where(self._of(deliveries), unconfirmed))
