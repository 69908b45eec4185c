"""A SQLite connection whose statements run where they are called, once its transaction has begun.

aiosqlite sends every call to a thread and back, four times for one statement: that is most of a turn's time. Only
taking the write lock (which waits for others) and the commit (which waits for the disk) can take long; what lies
between works on memory, under a lock that is already held. bot/store/connections.py opens its engines with it.
"""

import sqlite3
import time
from collections.abc import Callable
from typing import Any

import aiosqlite

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

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as inherited
        if self._sent == self._finished and not self._may_wait(fn.__name__, args):
            return fn(*args, **kwargs)

        def call_and_count() -> Any:  # noqa: ANN401 - as inherited
            try:
                return fn(*args, **kwargs)
            finally:
                self._finished += 1

        self._sent += 1
        return await super()._execute(call_and_count)  # type: ignore[no-untyped-call]

    def _may_wait(self, call: str, args: tuple[Any, ...]) -> bool:
        match call:
            case "execute" | "executemany" | "executescript":
                return not self._conn.in_transaction and args[0] != "BEGIN"
            case "commit":
                return self._conn.in_transaction
            case _:
                return call not in NEVER_WAITS


async def connect(path: str, *, timeout_s: float) -> aiosqlite.Connection:
    """Open a database file; transactions are begun by hand."""

    def open_here() -> sqlite3.Connection:
        opened = sqlite3.connect(path, timeout=timeout_s, isolation_level=None, check_same_thread=False)
        teach_subseconds(opened)
        return opened

    connection = NearConnection(open_here, iter_chunk_size=CHUNK)
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does with the connections it opens itself
    return await connection


def teach_subseconds(connection: sqlite3.Connection) -> None:
    """Lend an older SQLite the `unixepoch('subsec')` that DBOS asks for on Python 3.12 and later."""
    if sqlite3.sqlite_version_info < KNOWS_SUBSECONDS:
        connection.create_function("unixepoch", 1, lambda _modifier: time.time())
