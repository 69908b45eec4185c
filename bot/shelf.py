"""The brand book in force, and every version that old revisions still need.

`bot/app.py` opens a Shelf at start; `/glocal reload` keeps a new book within its turn and swaps it in after the commit.
"""

from collections.abc import Callable
from pathlib import Path

from bot.brandbook import BrandBook, load_book
from bot.domain.event import AuditEvent
from bot.store import Media, Store, UnitOfWork


class Shelf:
    """Holds the present book; loading is a blocking call, swapping is one assignment."""

    def __init__(self, folder: Path, *, load: Callable[[Path], BrandBook] = load_book) -> None:
        self._folder = folder
        self._load = load
        self._book = load(folder)

    def book(self) -> BrandBook:
        """Give the book in force."""
        return self._book

    def load(self) -> BrandBook:
        """Read the files anew, without taking them into force; raises BrandErrors."""
        return self._load(self._folder)

    def take(self, book: BrandBook) -> None:
        """Put a book into force."""
        self._book = book


async def keep_files(book: BrandBook, media: Media) -> None:
    """Copy the book's pictures and typefaces into media, where every version finds its own."""
    for digest, path in book.files.items():
        if not media.has(digest):
            await media.put(path.read_bytes())


async def keep_versions(book: BrandBook, uow: UnitOfWork) -> None:
    """Keep brand, policies and templates at their present versions."""
    await uow.templates.keep_brand(book.brand)
    await uow.templates.keep_policies(book.policies)
    for template in book.templates.values():
        await uow.templates.keep(template)


async def seed(book: BrandBook, store: Store, *, at: AuditEvent, with_people: bool) -> None:
    """Write territories and locations (and the demo people and conversations) into an empty or older store."""
    async with store.writing() as uow:
        for territory in book.seed.territories:
            await uow.places.put_territory(territory)
        for location in book.seed.locations:
            await uow.places.put_location(location)
        for conversation in book.seed.conversations if with_people else ():
            await uow.conversations.put(conversation)
        for person in book.seed.people if with_people else ():
            if await uow.members.get(person.id) is None:
                await uow.members.add(person)
        await keep_versions(book, uow)
        await uow.audit.append(at)
        await uow.commit()
