import asyncio

from sqlalchemy import text

from bot.domain.event import AuditEvent
from bot.store import Store
from bot.store.connections import open_for_migrations
from tests.store.nouns import MARIA, NOW


def make_event(number: int) -> AuditEvent:
    """Make something that happened."""
    return AuditEvent(what="campaign.filled", subject=f"c{number}", member_id=MARIA.id, at=NOW, facts={"n": number})


async def test_the_log_reads_back_in_order(store: Store) -> None:
    """Events are chained by the commit, page by number, and verify."""
    await _append(store, 1, 2)
    await _append(store, 3)
    async with store.reading() as uow:
        entries = await uow.audit.read(1, 10)
        head = await uow.audit.head()
        assert await uow.audit.verify() is None
    assert [entry.event for entry in entries] == [make_event(2), make_event(3)]
    assert (head.number, head.digest) == (3, entries[-1].digest)


async def test_a_turn_that_is_rolled_back_leaves_no_event(store: Store) -> None:
    """What was appended without a commit is not in the log."""
    async with store.writing() as uow:
        await uow.audit.append(make_event(1))
    async with store.reading() as uow:
        assert (await uow.audit.head()).number == 0
        assert await uow.audit.verify() is None


async def test_a_changed_row_is_found(store: Store) -> None:
    """Editing, removing or cutting off rows breaks the chain at that place."""
    await _append(store, 1, 2, 3)
    _tamper(store, "UPDATE audit SET subject = 'c9' WHERE number = 2")
    assert await _first_broken(store) == 2
    _tamper(store, "DELETE FROM audit WHERE number = 2")
    assert await _first_broken(store) == 2
    _tamper(store, "DELETE FROM audit WHERE number > 1")
    assert await _first_broken(store) == 2


async def test_writers_at_once_make_one_chain(store: Store) -> None:
    """Sixteen turns that append at the same time follow each other without a gap."""
    await asyncio.gather(*(_append(store, number) for number in range(16)))
    async with store.reading() as uow:
        assert (await uow.audit.head()).number == 16
        assert await uow.audit.verify() is None


async def _append(store: Store, *numbers: int) -> None:
    async with store.writing() as uow:
        for number in numbers:
            await uow.audit.append(make_event(number))
        await uow.commit()


async def _first_broken(store: Store) -> int | None:
    async with store.reading() as uow:
        return await uow.audit.verify()


def _tamper(store: Store, statement: str) -> None:
    engine = open_for_migrations(store.access)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
