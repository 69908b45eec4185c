"""Loaded versions of templates, brand and policies, named by digest: an old revision reads as it did.

A version never changes, so each process parses it once and keeps it (KeptVersions).
"""

from typing import TypeVar

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.brand import Brand
from bot.domain.frozen import Frozen
from bot.domain.ids import Digest
from bot.domain.policy import Policies
from bot.domain.template import Template, TemplateRef
from bot.store.rows import Rows
from bot.store.tables import brands, policies, templates

T = TypeVar("T", bound=Frozen)
MOST_KEPT = 256


class KeptVersions:
    """Parsed versions in memory; the one kept longest goes first."""

    def __init__(self) -> None:
        self._by_key: dict[tuple[str, ...], Frozen] = {}

    def get(self, key: tuple[str, ...]) -> Frozen | None:
        """Give a version that was parsed before."""
        return self._by_key.get(key)

    def put(self, key: tuple[str, ...], version: Frozen) -> None:
        """Keep a version."""
        self._by_key[key] = version
        if len(self._by_key) > MOST_KEPT:
            del self._by_key[next(iter(self._by_key))]


class TemplateRepository(Rows):
    """Every version that a campaign or decision may still point at. Loading an unknown one raises KeyError."""

    def __init__(self, connection: AsyncConnection, *, brand: str, is_writing: bool, kept: KeptVersions) -> None:
        super().__init__(connection, brand=brand, is_writing=is_writing)
        self._kept = kept

    async def keep(self, template: Template) -> None:
        """Keep a version of a template; nothing happens when it is there."""
        await self._insert_once(templates, name=template.name, version=template.version, data=template)

    async def load(self, ref: TemplateRef) -> Template:
        """Read a template at a version."""
        return await self._load(Template, templates, name=ref.name, version=ref.version)

    async def keep_brand(self, brand: Brand) -> None:
        """Keep a version of the brand."""
        await self._insert_once(brands, version=brand.version, data=brand)

    async def load_brand(self, version: Digest) -> Brand:
        """Read the brand at a version."""
        return await self._load(Brand, brands, version=version)

    async def keep_policies(self, kept: Policies) -> None:
        """Keep a version of the rules."""
        await self._insert_once(policies, version=kept.version, data=kept)

    async def load_policies(self, version: Digest) -> Policies:
        """Read the rules at a version."""
        return await self._load(Policies, policies, version=version)

    async def _load(self, kind: type[T], table: Table, **wanted: str) -> T:
        key = (table.name, *wanted.values())
        found: object = self._kept.get(key)
        if found is None:
            same = [table.c[name] == value for name, value in wanted.items()]
            row = await self._first(select(table.c.data).where(self._of(table), *same))
            found = row.data if row else None
        if not isinstance(found, kind):
            raise KeyError(key)
        self._kept.put(key, found)
        return found
