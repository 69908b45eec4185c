"""Drafts the next migration, for developers: `python -m bot.store.draft 0002_birthdays "Members have birthdays"`.

It compares the tables of the code with all migrations so far, on a scratch database; read what it wrote before you
commit it, and let tests/store/test_migrations.py agree on both databases.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command

from bot.store.connections import Access, open_for_migrations
from bot.store.migrate import configure


def draft(name: str, sentence: str, *, folder: Path) -> None:
    """Write the migration `name`, which is also its revision; migrations are numbered."""
    engine = open_for_migrations(Access(url=f"sqlite+aiosqlite:///{folder / 'scratch.db'}"))
    try:
        with engine.begin() as connection:
            command.upgrade(configure(connection), "head")
        with engine.connect() as connection:
            command.revision(configure(connection), sentence, autogenerate=True, rev_id=name)
    finally:
        engine.dispose()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        draft(sys.argv[1], sys.argv[2], folder=Path(scratch))
