"""What every repository stands on: one connection, one brand, and the few statements that both databases share.

Statements of the turn's path are built once per process, with named parameters: building one costs more than SQLite
needs to run it. A statement built with `of` takes the brand by itself.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import CursorResult, Executable, Row, Select, Table, UpdateBase, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

AnyRow = Row[*tuple[Any, ...]]
AnyResult = CursorResult[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]
AnyInsert = sqlite.Insert | postgresql.Insert


def of(table: Table) -> ColumnElement[bool]:
    """Keep a statement that is built once to the rows of whichever brand carries it out."""
    return table.c.brand == bindparam("of_brand")


def same(table: Table, *columns: str) -> tuple[ColumnElement[bool], ...]:
    """Compare columns with the parameters `of_<column>`."""
    return (of(table), *(table.c[name] == bindparam(f"of_{name}") for name in columns))


class Rows:
    """A view of the brand's rows inside one transaction; repositories never commit."""

    def __init__(self, connection: AsyncConnection, *, brand: str, is_writing: bool) -> None:
        self._connection = connection
        self._brand = brand
        self._is_writing = is_writing
        self._dialect = connection.dialect.name
        self._near = connection.sync_connection if self._dialect == "sqlite" else None

    def _of(self, table: Table) -> ColumnElement[bool]:
        """Keep a statement that is built for this call to the rows of this brand."""
        return table.c.brand == self._brand

    async def _first(self, select: AnySelect, **parameters: object) -> AnyRow | None:
        return (await self._execute(select, self._with_brand(parameters))).first()

    async def _all(self, select: AnySelect, **parameters: object) -> Sequence[AnyRow]:
        return (await self._execute(select, self._with_brand(parameters))).all()

    async def _hold(self, select: AnySelect, table: Table, **parameters: object) -> AnyRow | None:
        """Read one row and, when writing, keep others from changing it until the commit.

        PostgreSQL locks the row; SQLite already holds its one write lock.
        """
        if self._is_writing and self._dialect != "sqlite":
            select = select.with_for_update(of=table)
        return await self._first(select, **parameters)

    async def _insert(self, table: Table, **values: object) -> None:
        await self._execute(_insert(table), {"brand": self._brand, **values})

    async def _insert_once(self, table: Table, **values: object) -> bool:
        """Insert unless the key is taken; tell whether this call did it."""
        statement = _insert_once(table, self._dialect)
        return (await self._execute(statement, {"brand": self._brand, **values})).first() is not None

    async def _put(self, table: Table, **values: object) -> None:
        """Insert, or bring the row with the same primary key up to date."""
        statement = _put(table, self._dialect, tuple(values))
        await self._execute(statement, {"brand": self._brand, **values})

    async def _changes(self, update: UpdateBase, **parameters: object) -> int:
        """Carry out an UPDATE or DELETE and count its rows (never of an INSERT: psycopg says -1)."""
        given = self._with_brand(parameters) if parameters else None
        return (await self._execute(update, given)).rowcount

    async def _execute(self, statement: Executable, parameters: dict[str, object] | None) -> AnyResult:
        """Carry a statement out; on SQLite it is near and waits for nothing (bot/store/near.py)."""
        if self._near is not None:
            return self._near.execute(statement, parameters)
        return await self._connection.execute(statement, parameters)

    def _with_brand(self, parameters: dict[str, object]) -> dict[str, object]:
        return {"of_brand": self._brand, **parameters}


@cache
def _insert(table: Table) -> UpdateBase:
    return table.insert()


@cache
def _insert_once(table: Table, dialect: str) -> UpdateBase:
    return _inserter(table, dialect).on_conflict_do_nothing().returning(table.c.brand)


@cache
def _put(table: Table, dialect: str, names: tuple[str, ...]) -> UpdateBase:
    insert = _inserter(table, dialect)
    keys = [column.name for column in table.primary_key]
    changed = {name: insert.excluded[name] for name in names if name not in keys}
    return insert.on_conflict_do_update(index_elements=keys, set_=changed)


def _inserter(table: Table, dialect: str) -> AnyInsert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
