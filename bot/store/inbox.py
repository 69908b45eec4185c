"""Events from people, each kept once: recorded before it is acknowledged, done in the turn's own transaction."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, or_, select, update

from bot.chat import Incoming, Owed
from bot.crash import crash_point
from bot.store.rows import Rows, same
from bot.store.tables import inbox

CLAIM_S = 60
"""How long a process that died may keep others from taking its event up."""

_IS_OPEN = (*same(inbox, "event_id"), inbox.c.state == "open")
_OPEN = select(inbox.c.event_id).where(*_IS_OPEN)
_FINISH = update(inbox).where(*_IS_OPEN)
_POSTED = update(inbox).where(*same(inbox, "event_id"))
_IS_LAPSED = inbox.c.claimed_until <= bindparam("now")
_IS_FREE = or_(inbox.c.claimed_until.is_(None), _IS_LAPSED, inbox.c.claimed_by == bindparam("owner"))
_CLAIM = update(inbox).where(*_IS_OPEN, _IS_FREE)


class InboxRepository(Rows):
    """What came in, and what is still owed for it."""

    async def record(self, incoming: Incoming) -> bool:
        """Keep an event; False when it is there already (a platform's redelivery)."""
        crash_point("before_record")
        return await self._insert_once(
            inbox,
            event_id=incoming.event_id,
            state="open",
            received_at=incoming.received_at,
            incoming=incoming,
        )

    async def open(self, limit: int, *, older_than: datetime | None = None) -> tuple[Incoming, ...]:
        """List events that no turn has finished, oldest first."""
        query = select(inbox.c.incoming).where(self._of(inbox), inbox.c.state == "open")
        if older_than is not None:
            query = query.where(inbox.c.received_at < older_than)
        found = await self._all(query.order_by(inbox.c.received_at, inbox.c.event_id).limit(limit))
        return tuple(row.incoming for row in found)

    async def is_open(self, event_id: str) -> bool:
        """Tell whether an event still waits for its turn; when writing, it waits for nobody else until the commit."""
        return await self._hold(_OPEN, inbox, of_event_id=event_id) is not None

    async def claim(self, event_id: str, owner: str, now: datetime, *, for_s: float = CLAIM_S) -> bool:
        """Take an open event upon one process; False when it is done or another process has it.

        Inside the turn's own transaction the row stays locked until the commit.
        """
        until = now + timedelta(seconds=for_s)
        given = {"of_event_id": event_id, "now": now, "owner": owner, "claimed_by": owner, "claimed_until": until}
        return await self._changes(_CLAIM, **given) == 1

    async def done(self, event_id: str, owed: tuple[Owed, ...], at: datetime) -> bool:
        """Finish an event together with the replies it owes; False when it was finished before."""
        finished = {"state": "done", "owed": owed, "is_owing": bool(owed), "done_at": at}
        return await self._changes(_FINISH, of_event_id=event_id, **finished) == 1

    async def owed(
        self, limit: int, *, older_than: datetime | None = None
    ) -> tuple[tuple[Incoming, tuple[Owed, ...]], ...]:
        """List finished events whose replies have not been posted, oldest first."""
        query = select(inbox.c.incoming, inbox.c.owed).where(self._of(inbox), inbox.c.is_owing)
        if older_than is not None:
            query = query.where(inbox.c.received_at < older_than)
        found = await self._all(query.order_by(inbox.c.received_at, inbox.c.event_id).limit(limit))
        return tuple((row.incoming, row.owed) for row in found)

    async def posted(self, event_id: str) -> None:
        """Note that everything owed for an event has been posted."""
        await self._changes(_POSTED, of_event_id=event_id, is_owing=False)

    async def failed(self, event_id: str, reason: str) -> None:
        """Give an event up: it is kept with the reason and not taken up again."""
        is_open = update(inbox).where(*self._is(event_id), inbox.c.state == "open")
        await self._changes(is_open.values(state="failed", reason=reason))

    def _is(self, event_id: str) -> tuple[ColumnElement[bool], ...]:
        return (self._of(inbox), inbox.c.event_id == event_id)
