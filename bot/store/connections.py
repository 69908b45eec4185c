"""Engines for both databases: one writer and several readers on SQLite, one pool on PostgreSQL.

SQLite takes its write lock when a transaction begins (`BEGIN IMMEDIATE`), never in the middle of one: a read that
turns into a write fails at once, whatever the busy timeout. Opened by bot/store/store.py, the migrations and DBOS.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.domain.frozen import Frozen
from bot.store.near import join_near, teach_subseconds

POSTGRESQL_CONNECTIONS = 8
OWN_TURN_TIMEOUT_S = 60
"""How long a turn waits for the turns before it in this process: a queue that moves is no lock."""


class Access(Frozen):
    """How to reach one database and how patiently."""

    url: str
    synchronous: Literal["NORMAL", "FULL"] = "NORMAL"
    """SQLite only: NORMAL may lose the last commits on a power cut, never on `kill -9`."""
    busy_timeout_s: float = 5
    readers: int = 4

    @property
    def is_sqlite(self) -> bool:
        """Tell whether the database is one file."""
        return self.address.get_backend_name() == "sqlite"

    @property
    def address(self) -> URL:
        """Give the parsed URL."""
        return make_url(self.url)


def open_writer(access: Access) -> AsyncEngine:
    """Open the engine that writes: a single connection on SQLite."""
    if not access.is_sqlite:
        return _open_postgresql(access)
    make_folder(access)
    return _open_sqlite(access, connections=1, begin="BEGIN IMMEDIATE")


def open_reader(access: Access) -> AsyncEngine:
    """Open the engine that reads a consistent snapshot and never waits for a writer."""
    return _open_sqlite(access, connections=access.readers, begin="BEGIN", is_read_only=True)


def open_for_dbos(access: Access) -> Engine:
    """Open the synchronous engine that DBOS keeps for itself in the same database.

    DBOS begins its transactions by its own rules, so the driver's IMMEDIATE does here what our `begin` event does.
    """
    if not access.is_sqlite:
        return create_engine(access.address, pool_size=4, max_overflow=8, pool_pre_ping=True)
    make_folder(access)
    arguments = {"timeout": access.busy_timeout_s, "isolation_level": "IMMEDIATE", "check_same_thread": False}
    engine = create_engine(access.address.set(drivername="sqlite"), connect_args=arguments)
    _set_pragmas(engine, access)
    event.listen(engine, "connect", lambda connection, _: teach_subseconds(connection))
    return engine


def open_for_migrations(access: Access) -> Engine:
    """Open the synchronous engine that alembic works with, one transaction for all steps."""
    if not access.is_sqlite:
        return create_engine(access.address)
    make_folder(access)
    engine = create_engine(access.address.set(drivername="sqlite"), connect_args=_sqlite_arguments(access))
    _set_pragmas(engine, access)
    _begin_with(engine, "BEGIN IMMEDIATE")
    return engine


def make_folder(access: Access) -> None:
    """Make the folder of the SQLite file."""
    if access.address.database:
        Path(access.address.database).parent.mkdir(parents=True, exist_ok=True)


def _open_postgresql(access: Access) -> AsyncEngine:
    options = f"-c lock_timeout={int(access.busy_timeout_s * 1000)} -c timezone=UTC"
    return create_async_engine(
        access.address,
        connect_args={"options": options},
        pool_size=POSTGRESQL_CONNECTIONS,
        max_overflow=POSTGRESQL_CONNECTIONS,
        pool_timeout=OWN_TURN_TIMEOUT_S,
        pool_pre_ping=True,
    )


def _open_sqlite(access: Access, *, connections: int, begin: str, is_read_only: bool = False) -> AsyncEngine:
    engine = create_async_engine(
        access.address,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=OWN_TURN_TIMEOUT_S,
    )
    join_near(engine, access.address.database or "", timeout_s=access.busy_timeout_s)
    _set_pragmas(engine.sync_engine, access, is_read_only=is_read_only)
    _begin_with(engine.sync_engine, begin)
    return engine


def _sqlite_arguments(access: Access) -> Mapping[str, object]:
    return {"timeout": access.busy_timeout_s, "isolation_level": None}


def _set_pragmas(engine: Engine, access: Access, *, is_read_only: bool = False) -> None:
    pragmas = {
        "busy_timeout": str(int(access.busy_timeout_s * 1000)),
        "journal_mode": "WAL",
        "synchronous": access.synchronous,
        "foreign_keys": "ON",
        "query_only": "ON" if is_read_only else "OFF",
    }

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()


def _begin_with(engine: Engine, begin: str) -> None:
    @event.listens_for(engine, "begin")
    def begin_explicitly(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
