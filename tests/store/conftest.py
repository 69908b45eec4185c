"""A store with a few people and places, on both databases."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.ids import TerritoryId
from bot.domain.location import Territory
from bot.store import Store
from tests.store.nouns import ANA, MARIA, SAM, make_location


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """Give a migrated store with two locations and three people."""
    store = Store.open(database_url, brand="ovenlark")
    await store.migrate()
    async with store.writing() as uow:
        await uow.places.put_territory(Territory(id=TerritoryId("land"), name="Country"))
        await uow.places.put_territory(Territory(id=TerritoryId("north"), name="North", parent_id=TerritoryId("land")))
        for name, area in (("lakeside", "north"), ("harbour", "land")):
            await uow.places.put_location(make_location(name, area))
        for member in (MARIA, SAM, ANA):
            await uow.members.add(member)
        await uow.commit()
    yield store
    await store.close()
