"""What every repository stands on: one connection, one brand, and the few statements that both databases share."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, Table, UpdateBase
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]


class Rows:
    """A view of the brand's rows inside one transaction; repositories never commit."""

    def __init__(self, connection: AsyncConnection, *, brand: str, is_writing: bool) -> None:
        self._connection = connection
        self._brand = brand
        self._is_writing = is_writing

    def _of(self, table: Table) -> ColumnElement[bool]:
        """Keep a statement to the rows of this brand."""
        return table.c.brand == self._brand

    async def _first(self, select: AnySelect) -> AnyRow | None:
        return (await self._connection.execute(select)).first()

    async def _all(self, select: AnySelect) -> Sequence[AnyRow]:
        return (await self._connection.execute(select)).all()

    async def _hold(self, select: AnySelect, table: Table) -> AnyRow | None:
        """Read one row and, when writing, keep others from changing it until the commit.

        PostgreSQL locks the row; SQLite already holds its one write lock.
        """
        return await self._first(select.with_for_update(of=table) if self._is_writing else select)

    async def _insert(self, table: Table, **values: object) -> None:
        await self._connection.execute(table.insert().values(brand=self._brand, **values))

    async def _insert_once(self, table: Table, **values: object) -> bool:
        """Insert unless the key is taken; tell whether this call did it."""
        insert = self._inserter(table).values(brand=self._brand, **values)
        statement = insert.on_conflict_do_nothing().returning(table.c.brand)
        return (await self._connection.execute(statement)).first() is not None

    async def _put(self, table: Table, **values: object) -> None:
        """Insert, or bring the row with the same primary key up to date."""
        keys = [column.name for column in table.primary_key]
        changed = {name: value for name, value in values.items() if name not in keys}
        insert = self._inserter(table).values(brand=self._brand, **values)
        await self._connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=changed))

    async def _changes(self, update: UpdateBase) -> int:
        """Carry out an UPDATE or DELETE and count its rows (never of an INSERT: psycopg says -1)."""
        return (await self._connection.execute(update)).rowcount

    def _inserter(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        return sqlite.insert(table) if self._connection.dialect.name == "sqlite" else postgresql.insert(table)
