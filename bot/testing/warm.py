"""What every world of one test process begins with: the brand read once, the tables made once."""

import functools
import shutil
import tempfile
from pathlib import Path

from bot.brandbook import BrandBook, load_book
from bot.store import Store


@functools.lru_cache(maxsize=4)
def _read(folder: Path, stamp: float) -> BrandBook:
    del stamp
    return load_book(folder)


def read_book(folder: Path) -> BrandBook:
    """Load a brand, again only when one of its files has changed."""
    return _read(folder, max(path.stat().st_mtime for path in folder.rglob("*")))


@functools.cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="glocal-tests-"))


async def lay_tables(file: Path) -> None:
    """Put a migrated, empty SQLite database at a path."""
    migrated = _folder() / "migrated.db"
    if not migrated.exists():
        store = Store.open(f"sqlite+aiosqlite:///{migrated}", brand="any")
        await store.migrate()
        await store.close()
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(migrated, file)


def shared_media() -> Path:
    """Give a folder of files that many worlds may share: they are named by their content."""
    return _folder() / "media"
