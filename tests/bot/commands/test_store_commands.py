import asyncio
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.brandbook import load_book
from bot.content import brand_dirs
from bot.domain.invitation import Invitation, digest_code
from bot.domain.member import Role
from bot.store import Store
from tests.bot.commands.conftest import Run


async def redeem(code: str) -> Invitation | None:
    """Redeem a code in the store that the commands wrote."""
    store = Store.open("sqlite+aiosqlite:///var/glocal.db", brand=brand_dirs()[0].name)
    try:
        async with store.writing() as uow:
            found = await uow.codes.redeem(digest_code(code), datetime.now(UTC))
            await uow.commit()
            return found
    finally:
        await store.close()


def test_real_network_starts_without_people(run: Run) -> None:
    """`seed --no-people` writes the places of the brand, no person, and says what comes next."""
    book = load_book(brand_dirs()[0])
    code, said = run("seed", "--no-people")
    assert code == 0
    assert f"{len(book.seed.locations)} locations, 0 people" in said
    assert "invite --role admin" in said


def test_seed_may_be_repeated(run: Run) -> None:
    """Seeding twice leaves everything once."""
    assert run("seed")[0] == 0
    assert run("seed")[0] == 0
    with closing(sqlite3.connect("var/glocal.db")) as database:
        (count,) = database.execute("SELECT count(*) FROM members").fetchone()
    assert count == len(load_book(brand_dirs()[0]).seed.people)


def test_first_admin_gets_a_code_that_works_once(run: Run) -> None:
    """`invite --role admin` prints a code for both platforms; it gives the role, and only once."""
    assert run("seed", "--no-people")[0] == 0
    code, said = run("invite", "--role", "admin")
    assert code == 0
    (word,) = set(re.findall(r"(?:start=|join )(\w+)", said))
    invitation = asyncio.run(redeem(f" {word.upper()} "))
    assert invitation is not None
    assert invitation.membership is not None
    assert invitation.membership.role is Role.ADMIN
    assert asyncio.run(redeem(word)) is None
    assert word not in Path("var/glocal.db").read_bytes().decode("latin-1")


def test_invitation_names_a_known_place(run: Run) -> None:
    """An invitation to a location that does not exist is refused with those that do."""
    assert run("seed", "--no-people")[0] == 0
    code, said = run("invite", "--role", "owner", "--location", "atlantis")
    assert code == 1
    assert "“atlantis” is not known; known: " in said


def test_audit_finds_a_changed_row(run: Run) -> None:
    """The chain is unbroken after seeding and inviting, and broken by one changed row."""
    assert run("seed", "--no-people")[0] == 0
    assert run("invite", "--role", "admin")[0] == 0
    code, said = run("audit")
    assert (code, said.split(",")[0]) == (0, "2 rows")
    with closing(sqlite3.connect("var/glocal.db")) as database, database:
        database.execute("UPDATE audit SET subject = 'owner' WHERE number = 2")
    code, said = run("audit")
    assert code == 1
    assert said.startswith("row 2 of the audit log was changed")


def test_migrate_says_that_tables_and_code_agree(run: Run) -> None:
    """`migrate --check` finds no difference after migrating."""
    code, said = run("migrate", "--check")
    assert (code, said.strip()) == (0, "the database is up to date")


def test_doctor_looks_at_everything(run: Run) -> None:
    """The doctor names what is not well and how to mend it, and is content afterwards."""
    code, said = run("doctor")
    assert code == 1
    assert "not up to date: run `python -m bot migrate`" in said
    assert run("migrate")[0] == 0
    code, said = run("doctor")
    lines = {line[4:].split()[0]: line[:4].strip() for line in said.splitlines()}
    assert set(lines) == {"Python", "SQLite", "FriBiDi", "brand", "database", "media", "Slack", "Telegram", "model"}
    assert {name for name, state in lines.items() if state != "ok"} <= {"FriBiDi", "SQLite"}
