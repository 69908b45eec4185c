"""Alembic's entry: works on the connection that bot/store/migrate.py hands over, in its transaction."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator

from bot.store.tables import metadata


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Skip what DBOS keeps in the same database."""
    return kind != "table" or name in metadata.tables


def write_type(kind: str, value: object, _autogen: AutogenContext) -> str | Literal[False]:
    """Write plain column types, so that an old migration needs none of our classes."""
    if kind == "type" and isinstance(value, TypeDecorator):
        return f"sa.{value.impl!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_name=is_ours,
    render_item=write_type,
    compare_type=True,
    compare_server_default=True,
    transactional_ddl=True,
)
context.run_migrations()
