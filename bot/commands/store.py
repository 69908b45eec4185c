"""`migrate`, `seed` and `audit`: what is done to the store of a network."""

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.commands.command import Command, brand_dir
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.store import Store


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator["Store"]:
    """Open the store as the network does, and bring its tables up to date."""
    from bot.store import Store

    store = Store.open(
        settings.database_url,
        brand=brand_dir(settings).name,
        synchronous=settings.database_synchronous,
        busy_timeout_s=settings.database_busy_timeout_s,
        readers=settings.database_readers,
    )
    try:
        await store.migrate()
        yield store
    finally:
        await store.close()


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="afterwards, compare the tables with the code")


def _add_people(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-people", action="store_true", help="leave out the demo people: for a real network")


async def _migrate(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.store.migrate import find_drift

    async with open_store(settings) as store:
        print("the database is up to date")
        drift = await find_drift(store.access) if arguments.check else ()
    for line in drift:
        print(f"differs from the code: {line}")
    return 1 if drift else 0


async def _seed(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.brandbook import load_book
    from bot.domain.event import AuditEvent
    from bot.shelf import seed

    book = load_book(brand_dir(settings))
    event = AuditEvent(what="network.seeded", subject=book.brand.folder, at=datetime.now(UTC))
    async with open_store(settings) as store:
        await seed(book, store, at=event, with_people=not arguments.no_people)
    people = 0 if arguments.no_people else len(book.seed.people)
    print(
        f"{book.brand.name}: {len(book.seed.territories)} territories, {len(book.seed.locations)} locations, "
        f"{people} people, {len(book.templates)} templates"
    )
    if arguments.no_people:
        print("next: python -m bot invite --role admin")
    return 0


async def _audit(_: argparse.Namespace, settings: Settings) -> int:
    async with open_store(settings) as store, store.reading() as uow:
        broken = await uow.audit.verify()
        head = await uow.audit.head()
    if broken is not None:
        print(f"row {broken} of the audit log was changed or is missing")
        return 1
    print(f"{head.number} rows, unbroken; the last digest is {head.digest}")
    return 0


MIGRATE = Command(
    name="migrate",
    summary="bring the database to the newest tables",
    story="Safe to run at every start and by several processes at once.",
    run=lambda arguments, settings: asyncio.run(_migrate(arguments, settings)),
    add_arguments=_add_check,
)
SEED = Command(
    name="seed",
    summary="write territories, locations and demo people of the brand into the store",
    story="Reads seed.yaml of the brand. Running it again adds what is new and keeps what people changed.",
    run=lambda arguments, settings: asyncio.run(_seed(arguments, settings)),
    add_arguments=_add_people,
)
AUDIT = Command(
    name="audit",
    summary="recompute the hash chain of the audit log",
    story="Prints the last digest, to be kept outside; exits 1 when a row was changed or is missing.",
    run=lambda arguments, settings: asyncio.run(_audit(arguments, settings)),
)
