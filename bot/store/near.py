"""A SQLite connection whose statements run where they are called, once its transaction has begun.

aiosqlite sends every call to a thread and back, four times for one statement, and SQLAlchemy switches greenlets for
each: that is most of a turn's time. Only taking the write lock (which waits for others) and the commit (which waits
for the disk) can take long; what lies between works on memory, under a lock that is already held, and needs no
event loop (Rows._execute). bot/store/connections.py opens its engines with `join_near`.
"""

import sqlite3
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import aiosqlite
from sqlalchemy import event
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_cursor
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import await_only

NEVER_WAITS = frozenset({"cursor", "fetchone", "fetchmany", "fetchall", "rollback", "close"})
KNOWS_SUBSECONDS = (3, 42)
"""SQLite changes, 3.42: the `subsec` modifier of unixepoch."""
CHUNK = 64
"""Rows per fetch when somebody iterates; the default of aiosqlite."""


class NearConnection(aiosqlite.Connection):
    """An aiosqlite connection that uses its thread only for what may wait."""

    _sent = 0
    _finished = 0
    """Calls to the thread, counted on either side. A cancelled task leaves one behind: all others queue after it."""

    @property
    def is_idle(self) -> bool:
        """Tell whether the thread has nothing left to do."""
        return self._sent == self._finished

    def call(self, fn: Callable[..., Any], *args: Any) -> Any:  # noqa: ANN401 - as inherited
        """Call the driver where we are, or in the thread when it may wait (SQLAlchemy waits for that in a greenlet)."""
        if self._is_near(fn.__name__, args):
            return fn(*args)
        return await_only(self._execute(fn, *args))

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as inherited
        if self._is_near(fn.__name__, args):
            return fn(*args, **kwargs)

        def call_and_count() -> Any:  # noqa: ANN401 - as inherited
            try:
                return fn(*args, **kwargs)
            finally:
                self._finished += 1

        self._sent += 1
        return await super()._execute(call_and_count)  # type: ignore[no-untyped-call]

    def _is_near(self, call: str, args: tuple[Any, ...]) -> bool:
        return self.is_idle and not self._may_wait(call, args)

    def _may_wait(self, call: str, args: tuple[Any, ...]) -> bool:
        match call:
            case "execute" | "executemany" | "executescript":
                return not self._conn.in_transaction and args[0] != "BEGIN"
            case "commit":
                return self._conn.in_transaction
            case _:
                return call not in NEVER_WAITS


class NearCursor(AsyncAdapt_aiosqlite_cursor):
    """The driver's own cursor under SQLAlchemy's name for it."""

    __slots__ = ()
    _awaitable_cursor_close = False
    _connection: Any
    _cursor: Any

    def _make_new_cursor(self, connection: Any) -> Any:  # noqa: ANN401 - as inherited
        return connection._conn.cursor()  # noqa: SLF001 - aiosqlite has no other name for it

    def _aenter_cursor(self, cursor: Any) -> Any:  # noqa: ANN401 - as inherited
        return cursor

    def execute(self, operation: Any, parameters: Any = None) -> None:  # noqa: ANN401 - as inherited
        self._call(self._cursor.execute, operation, () if parameters is None else parameters)

    def executemany(self, operation: Any, seq_of_parameters: Any) -> None:  # noqa: ANN401 - as inherited
        self._call(self._cursor.executemany, operation, seq_of_parameters)

    def close(self) -> None:
        """Close unless a cancelled call still uses it in the thread."""
        self._rows.clear()
        if self._connection.is_idle:
            self._cursor.close()

    def _call(self, fn: Callable[..., Any], *args: Any) -> None:  # noqa: ANN401 - as inherited
        self._connection.call(fn, *args)
        if self._cursor.description:
            self._rows = deque(self._cursor.fetchall())


class NearAdapter(AsyncAdapt_aiosqlite_connection):
    """What SQLAlchemy talks to."""

    __slots__ = ()
    _cursor_cls = NearCursor


def join_near(engine: AsyncEngine, path: str, *, timeout_s: float) -> None:
    """Let an engine open its connections here."""

    @event.listens_for(engine.sync_engine, "do_connect")
    def connect_near(dialect: Dialect, *_: object) -> NearAdapter:
        near: Any = await_only(connect(path, timeout_s=timeout_s))
        return NearAdapter(dialect.loaded_dbapi, near)


async def connect(path: str, *, timeout_s: float) -> NearConnection:
    """Open a database file; transactions are begun by hand."""

    def open_here() -> sqlite3.Connection:
        opened = sqlite3.connect(path, timeout=timeout_s, isolation_level=None, check_same_thread=False)
        teach_subseconds(opened)
        return opened

    connection = NearConnection(open_here, iter_chunk_size=CHUNK)
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does with the connections it opens itself
    await connection
    return connection


def teach_subseconds(connection: sqlite3.Connection) -> None:
    """Lend an older SQLite the `unixepoch('subsec')` that DBOS asks for on Python 3.12 and later."""
    if sqlite3.sqlite_version_info < KNOWS_SUBSECONDS:
        connection.create_function("unixepoch", 1, lambda _modifier: time.time())
