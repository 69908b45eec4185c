import asyncio
from pathlib import Path

from sqlalchemy import text

from bot.store import Store
from bot.store.connections import open_for_migrations
from bot.store.migrate import find_drift, newest_revision


async def test_migrations_make_exactly_the_tables_of_the_code(database_url: str) -> None:
    """`alembic check` finds nothing to do on a migrated database."""
    store = Store.open(database_url, brand="ovenlark")
    await store.migrate()
    assert await find_drift(store.access) == ()
    await store.close()


async def test_a_difference_is_named(database_url: str) -> None:
    """A column that the code does not know is reported, and a foreign table is not."""
    store = Store.open(database_url, brand="ovenlark")
    await store.migrate()
    engine = open_for_migrations(store.access)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE workflow_status (id INTEGER)"))
        connection.execute(text("ALTER TABLE members ADD COLUMN shoe_size INTEGER"))
    engine.dispose()
    (difference,) = await find_drift(store.access)
    assert "shoe_size" in difference
    await store.close()


async def test_an_empty_database_is_reported_as_old(tmp_path: Path) -> None:
    """A database without migrations is not up to date."""
    store = Store.open(f"sqlite+aiosqlite:///{tmp_path}/empty.db", brand="ovenlark")
    (reason,) = await find_drift(store.access)
    assert "not up to date" in reason
    await store.close()


async def test_starting_together_migrates_once(tmp_path: Path) -> None:
    """Processes that start at the same time wait for each other, and a second time there is nothing to do."""
    url = f"sqlite+aiosqlite:///{tmp_path}/shared.db"
    stores = [Store.open(url, brand="ovenlark") for _ in range(3)]
    await asyncio.gather(*(store.migrate() for store in stores))
    engine = open_for_migrations(stores[0].access)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    engine.dispose()
    assert found == [newest_revision()]
    for store in stores:
        await store.close()
