"""The hash-chained log: each row's digest covers the row before, so that no row can be changed or left out unseen.

Rows hold no personal data (people appear by id), so that a person can be forgotten without breaking the chain.
`append` collects; the chain is written by UnitOfWork.commit, last of all, under the writer (SQLite) or the locked
head row (PostgreSQL), so that numbers follow each other without gaps.
"""

import hashlib
import json

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.event import AuditEvent
from bot.domain.frozen import Frozen
from bot.domain.ids import Digest
from bot.store.rows import AnyRow, Rows, of
from bot.store.tables import audit, audit_heads

START = Digest("0" * 64)
PAGE = 500

_HEAD = select(audit_heads.c.number, audit_heads.c.digest).where(of(audit_heads))
_MOVE_HEAD = update(audit_heads).where(of(audit_heads))


class Head(Frozen):
    """The last row of the chain; number 0 before the first."""

    number: int = 0
    digest: Digest = START


class Entry(Frozen):
    """One row of the log."""

    number: int
    event: AuditEvent
    digest: Digest


class AuditRepository(Rows):
    """What happened, in order; nothing here is updated or deleted."""

    def __init__(self, connection: AsyncConnection, *, brand: str, is_writing: bool) -> None:
        super().__init__(connection, brand=brand, is_writing=is_writing)
        self._new: list[AuditEvent] = []

    async def append(self, event: AuditEvent) -> None:
        """Add an event to the log; it is there after the commit."""
        self._new.append(event)

    async def write(self) -> None:
        """Chain the new events to the head; called once, by the commit."""
        if not self._new:
            return
        row = await self._hold(_HEAD, audit_heads)
        if row is None:
            await self._insert_once(audit_heads, **Head().model_dump())
            row = await self._hold(_HEAD, audit_heads)
        head = Head(number=row.number, digest=row.digest) if row else Head()
        for event in self._new:
            head = Head(number=head.number + 1, digest=_chain(head.digest, head.number + 1, event))
            await self._insert(audit, number=head.number, digest=head.digest, **_columns(event))
        await self._changes(_MOVE_HEAD, **head.model_dump())
        self._new.clear()

    async def head(self) -> Head:
        """Read the end of the chain, to be noted outside the database."""
        row = await self._first(_HEAD)
        return Head(number=row.number, digest=row.digest) if row else Head()

    async def read(self, after: int, limit: int) -> tuple[Entry, ...]:
        """List rows in order, beginning after a number."""
        found = await self._all(
            select(audit).where(self._of(audit), audit.c.number > after).order_by(audit.c.number).limit(limit)
        )
        return tuple(_entry(row) for row in found)

    async def verify(self) -> int | None:
        """Recompute the chain; give the number of the first row that is changed or missing, or None."""
        last = Head()
        while page := await self.read(last.number, PAGE):
            for entry in page:
                number = last.number + 1
                if entry.number != number or entry.digest != _chain(last.digest, number, entry.event):
                    return number
                last = Head(number=number, digest=entry.digest)
        return None if last == await self.head() else last.number + 1


def _chain(before: Digest, number: int, event: AuditEvent) -> Digest:
    content = [before, number, event.model_dump(mode="json")]
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Digest(hashlib.sha256(canonical.encode()).hexdigest())


def _columns(event: AuditEvent) -> dict[str, object]:
    return {name: getattr(event, name) for name in AuditEvent.model_fields}


def _entry(row: AnyRow) -> Entry:
    event = AuditEvent(what=row.what, subject=row.subject, member_id=row.member_id, at=row.at, facts=row.facts)
    return Entry(number=row.number, event=event, digest=row.digest)
