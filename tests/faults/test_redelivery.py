"""A thousand events, each delivered one to five times, in any order, to four workers that share one store."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import JsonValue

from bot.answer import Answerer
from bot.chat import Action, Content, Incoming, Pressed, Typed
from bot.domain.conversation import Address
from bot.domain.focus import Choice, Pending
from bot.domain.ids import PendingId, new_id
from bot.store import Store
from bot.testing import Person, World, open_core_world
from bot.testing.core_surface import CoreSurface
from bot.testing.world import Cast
from tests.faults.story import SENTENCE, campaigns_of

EVENTS = 1_000
WORKERS = 4
MOST_COPIES = 5
OWNERS = 10
"""Half of them start a campaign with every press, the others ask what could be made of a sentence."""
STARTS_EVERY = 5
AT_ONCE = 40
SEED = 271_828


@pytest.mark.slow
async def test_a_thousand_events_have_a_thousand_effects(database_url: str, tmp_path: Path) -> None:
    """Each press starts one campaign and each sentence is answered once, however often and wherever they arrive."""
    chance = random.Random(SEED)
    cast = [Cast(name=f"owner{number}", place="old-mill", platform="slack") for number in range(OWNERS)]
    async with open_core_world(cast, tmp_path, database_url=database_url) as world:
        first = await _first_campaign(world["owner0"], world)
        events = [await _event(world, number) for number in range(EVENTS)]
        deliveries = [event for event in events for _ in range(chance.randint(1, MOST_COPIES))]
        chance.shuffle(deliveries)
        async with _workers(world) as workers:
            new = 0
            for start in range(0, len(deliveries), AT_ONCE):
                batch = deliveries[start : start + AT_ONCE]
                new += sum(await asyncio.gather(*(chance.choice(workers).record(event) for event in batch)))
                await asyncio.gather(*(worker.settle() for worker in workers))
            world.clock.passes(minutes=5)
            for worker in workers:
                await worker.take_up(older_than=world.clock.now())
            await asyncio.gather(*(worker.settle() for worker in workers))
        print(f"\nseed {SEED}: {len(deliveries)} deliveries of {EVENTS} events to {WORKERS} workers")
        assert new == EVENTS
        await _check_effects(world, first)


async def _first_campaign(owner: Person, world: World) -> str:
    await owner.says(SENTENCE)
    await owner.presses("Weekend offer")
    (campaign,) = await campaigns_of(world)
    return campaign.id


async def _event(world: World, number: int) -> Incoming:
    """Make a press on an offer of its own, or a sentence of somebody who has nothing open."""
    surface = world.surface
    assert isinstance(surface, CoreSurface)
    is_start = number % STARTS_EVERY == 0
    person = world[f"owner{2 * (number // 2 % (OWNERS // 2)) + (0 if is_start else 1)}"]
    at = Address(platform="slack", workspace="CORE", conversation_id=f"D{person.user_id}")
    content: Content = (
        Pressed(action=await _offer(world, person, number), post_id="1") if is_start else Typed(text=SENTENCE)
    )
    return surface.incoming(person, content, at)


async def _offer(world: World, person: Person, number: int) -> str:
    """Keep an offer of a template with a product of its own, as a sentence would have; give what its button says."""
    arguments: dict[str, JsonValue] = {
        "template": "weekend-offer",
        "values": {"product": {"text": f"Bun {number}"}},
    }
    offer = Pending(
        id=PendingId(new_id("p")),
        verb="start",
        member_id=person.member_id,
        choices=(Choice(arguments=arguments),),
        created_at=world.clock.now(),
    )
    async with world.house.ground.store.writing() as uow:
        await uow.pendings.add(offer)
        await uow.commit()
    return str(Action(verb="start", subject=offer.id, index=0))


@asynccontextmanager
async def _workers(world: World) -> AsyncIterator[list[Answerer]]:
    """Give four answerers, each with a store of its own where several processes may share one (PostgreSQL)."""
    settings, shared = world.house.ground.settings, world.house.ground.store
    stores = [
        Store.open(settings.database_url, brand=shared.brand, busy_timeout_s=settings.database_busy_timeout_s)
        if shared.is_shared
        else shared
        for _ in range(WORKERS)
    ]
    yield [replace(world.house.answerer, store=store, name=f"worker{n}") for n, store in enumerate(stores)]
    for store in stores:
        if store is not shared:
            await store.close()


async def _check_effects(world: World, first: str) -> None:
    starts = len(range(0, EVENTS, STARTS_EVERY))
    campaigns = [one for one in await campaigns_of(world) if one.id != first]
    assert len(campaigns) == starts
    async with world.house.ground.store.reading() as uow:
        assert await uow.inbox.open(10) == ()
        assert await uow.inbox.owed(10) == ()
        assert await uow.placements.behind(10) == ()
        assert await uow.audit.verify() is None
        placements = [one for campaign in campaigns for one in await uow.placements.of_campaign(campaign.id)]
    posts = world.platforms["slack"].posts
    cards = {post.post_id for post in posts if post.drawings[-1].is_card}
    assert {placement.post_id for placement in placements} <= cards
    assert (len(placements), len(cards)) == (starts, starts + 1), "every card stands once"
    offers = [post for post in posts if post.drawings[-1].words.startswith("Is this what you mean?")]
    assert len(offers) == EVENTS - starts + 1, "every sentence is answered once"
