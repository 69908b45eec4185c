"""The shared campaign store of one brand: opens databases, gives out units of work, closes everything again."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Literal, Self

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StoreBusy
from bot.store.connections import Access, open_for_dbos, open_reader, open_writer
from bot.store.migrate import migrate
from bot.store.templates import KeptVersions
from bot.store.unit_of_work import UnitOfWork

BUSY_STATES = frozenset({"55P03", "40P01", "40001"})
"""PostgreSQL, Appendix A: lock_not_available, deadlock_detected, serialization_failure."""


class Store:
    """One brand's rows in one database."""

    def __init__(self, access: Access, *, brand: str, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self.access = access
        self.brand = brand
        self._writer = writer
        self._reader = reader
        self._kept = KeptVersions()

    @classmethod
    def open(
        cls,
        url: str,
        *,
        brand: str,
        synchronous: Literal["NORMAL", "FULL"] = "NORMAL",
        busy_timeout_s: float = 5,
        readers: int = 4,
    ) -> Self:
        """Prepare the engines; nothing is connected before the first unit of work."""
        access = Access(url=url, synchronous=synchronous, busy_timeout_s=busy_timeout_s, readers=readers)
        writer = open_writer(access)
        reader = open_reader(access) if access.is_sqlite else writer
        return cls(access, brand=brand, writer=writer, reader=reader)

    @asynccontextmanager
    async def writers_waiting(self) -> AsyncIterator[None]:
        """Keep this process's turns from holding SQLite's write lock, for a call that blocks the loop and needs it."""
        async with self._writer.connect():
            yield

    @property
    def is_shared(self) -> bool:
        """Tell whether other processes may work on the same rows."""
        return not self.access.is_sqlite

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[UnitOfWork]:
        """Open a transaction that may write; it is rolled back unless `await uow.commit()` is reached.

        Raises:
            StoreBusy: the database stayed locked longer than the busy timeout.
        """
        with _locks_named():
            async with self._writer.connect() as connection:
                await connection.begin()
                yield UnitOfWork(connection, brand=self.brand, is_writing=True, kept=self._kept)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[UnitOfWork]:
        """Open a transaction that only reads, and never waits for a writer on SQLite."""
        with _locks_named():
            async with self._reader.connect() as connection:
                yield UnitOfWork(connection, brand=self.brand, is_writing=False, kept=self._kept)

    def open_for_dbos(self) -> Engine:
        """Open the synchronous engine that the durable engine keeps in the same database; its owner disposes it."""
        return open_for_dbos(self.access)

    async def migrate(self) -> None:
        """Bring the tables to the newest revision; two processes at once do it one after the other."""
        await migrate(self.access)

    async def close(self) -> None:
        """Give back every connection and its thread."""
        await self._writer.dispose()
        await self._reader.dispose()


@contextmanager
def _locks_named() -> Iterator[None]:
    """Turn what databases say of a lasting lock into StoreBusy."""
    try:
        yield
    except PoolTimeoutError as error:
        raise StoreBusy from error
    except DBAPIError as error:
        if "database is locked" in str(error.orig) or getattr(error.orig, "sqlstate", "") in BUSY_STATES:
            raise StoreBusy from error
        raise
