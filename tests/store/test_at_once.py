"""Many at once: one decision per request, one turn per event, and a store that says when it is busy."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.chat import Actor, Incoming, Typed
from bot.domain.approval import Outcome, RequestState
from bot.domain.campaign import State
from bot.domain.conversation import Address
from bot.domain.ids import CampaignId, MemberId, RequestId
from bot.errors import StoreBusy
from bot.store import Store
from tests.store.nouns import NOW, make_campaign, make_decision, make_request

APPROVERS = 16
CAMPAIGNS = 50


async def test_one_decision_wins_each_campaign(store: Store) -> None:
    """Sixteen approvers press on fifty campaigns at once: fifty decisions, and every loser learns it."""
    async with store.writing() as uow:
        for number in range(CAMPAIGNS):
            draft = make_campaign(f"c{number}")
            request = make_request(draft, f"q{number}")
            await uow.campaigns.add(draft)
            await uow.campaigns.save(draft.submit(request.id, by=draft.author_id, at=NOW))
            await uow.requests.add(request)
        await uow.commit()
    pressed = [_decide(store, number, f"a{who}") for who in range(APPROVERS) for number in range(CAMPAIGNS)]
    won = await asyncio.gather(*pressed)
    assert sum(won) == CAMPAIGNS
    async with store.reading() as uow:
        for number in range(CAMPAIGNS):
            request_after = await uow.requests.get(RequestId(f"q{number}"))
            campaign = await uow.campaigns.load(CampaignId(f"c{number}"))
            assert request_after
            assert len(request_after.decisions) == 1
            assert request_after.decisions[0].member_id == campaign.changed_by
            assert campaign.state in {State.APPROVED, State.REJECTED}


async def _decide(store: Store, number: int, who: str) -> bool:
    """Decide as a handler does: read, change, compare-and-set both."""
    outcome = Outcome.APPROVE if int(who[1:]) % 2 else Outcome.REJECT
    async with store.writing() as uow:
        request = await uow.requests.get(RequestId(f"q{number}"))
        campaign = await uow.campaigns.load(CampaignId(f"c{number}"))
        if request is None or not request.is_open:
            return False
        decided = request.with_decision(make_decision(request, who, outcome))
        state = State.APPROVED if decided.state is RequestState.APPROVED else State.REJECTED
        saved = await uow.requests.save(decided, was=request.state, was_stage=request.stage, decisions_before=0)
        saved = saved and await uow.campaigns.save(campaign.decide(state, by=MemberId(who), at=NOW))
        await uow.commit()
    return saved


async def test_a_decision_on_what_one_saw_before_is_refused(store: Store) -> None:
    """Even without the row lock, compare-and-set lets one of two stale decisions through."""
    draft = make_campaign()
    request = make_request(draft)
    async with store.writing() as uow:
        await uow.campaigns.add(draft)
        await uow.requests.add(request)
        await uow.commit()

    async def decide(who: str) -> bool:
        decided = request.with_decision(make_decision(request, who))
        async with store.writing() as uow:
            won = await uow.requests.save(decided, was=request.state, was_stage=0, decisions_before=0)
            await uow.commit()
        return won

    assert sum(await asyncio.gather(*(decide(f"a{who}") for who in range(APPROVERS)))) == 1


async def test_an_event_delivered_many_times_has_one_effect(store: Store) -> None:
    """Sixteen redeliveries of one event at once leave one row, and one of them starts the turn."""

    async def deliver() -> bool:
        here = Address(platform="slack", workspace="T0", conversation_id="D0")
        event = Incoming(
            event_id="e1", actor=Actor(user_id="U0"), address=here, content=Typed(text="hi"), received_at=NOW
        )
        async with store.writing() as uow:
            is_new = await uow.inbox.record(event)
            await uow.commit()
        return is_new

    async def take() -> bool:
        async with store.writing() as uow:
            mine = await uow.inbox.is_open("e1") and await uow.inbox.done("e1", (), NOW)
            await uow.commit()
        return mine

    assert sum(await asyncio.gather(*(deliver() for _ in range(16)))) == 1
    assert sum(await asyncio.gather(*(take() for _ in range(16)))) == 1


async def test_a_lock_that_lasts_is_named(tmp_path: Path) -> None:
    """A writer waits for a lock, and says StoreBusy when it lasts longer than the timeout; readers never wait."""
    store = Store.open(f"sqlite+aiosqlite:///{tmp_path / 'busy.db'}", brand="ovenlark", busy_timeout_s=0.2)
    await store.migrate()
    other = sqlite3.connect(tmp_path / "busy.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy):
        async with store.writing() as uow:
            await uow.commit()
    async with store.reading() as uow:
        assert await uow.members.all() == ()
    other.execute("ROLLBACK")
    other.close()
    async with store.writing() as uow:
        await uow.campaigns.add(make_campaign())
        await uow.commit()
    await store.close()


@pytest.mark.postgres
async def test_a_row_that_stays_locked_is_named(postgres_url: str) -> None:
    """On PostgreSQL a second decision waits for the first turn's row, and says StoreBusy when that takes too long."""
    store = Store.open(postgres_url, brand="ovenlark", busy_timeout_s=0.2)
    async with store.writing() as uow:
        await uow.campaigns.add(make_campaign())
        await uow.commit()
    async with store.writing() as slow:
        await slow.campaigns.load(CampaignId("c1"))
        with pytest.raises(StoreBusy):
            async with store.writing() as uow:
                await uow.campaigns.load(CampaignId("c1"))
        async with store.reading() as uow:
            assert (await uow.campaigns.load(CampaignId("c1"))).revision == 1
    await store.close()


async def test_a_short_lock_is_waited_for(tmp_path: Path) -> None:
    """A lock that ends within the timeout costs time and nothing else."""
    store = Store.open(f"sqlite+aiosqlite:///{tmp_path / 'slow.db'}", brand="ovenlark")
    await store.migrate()
    other = sqlite3.connect(tmp_path / "slow.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    asyncio.get_running_loop().call_later(0.3, other.execute, "COMMIT")
    async with store.writing() as uow:
        await uow.campaigns.add(make_campaign())
        await uow.commit()
    other.close()
    await store.close()


async def test_a_turn_cancelled_while_it_waits_leaves_the_store_usable(tmp_path: Path) -> None:
    """Stopping a turn that waits for the lock, or is about to commit, holds nothing up afterwards."""
    store = Store.open(f"sqlite+aiosqlite:///{tmp_path / 'glocal.db'}", brand="ovenlark")
    await store.migrate()
    other = sqlite3.connect(tmp_path / "glocal.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write(campaign_id: str) -> None:
        async with store.writing() as uow:
            await uow.campaigns.add(make_campaign(campaign_id))
            await uow.commit()

    for number in range(3):
        waiting = asyncio.create_task(write(f"cancelled{number}"))
        await asyncio.sleep(0.05)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    other.execute("ROLLBACK")
    other.close()
    for number in range(20):
        torn = asyncio.create_task(write(f"torn{number}"))
        for _ in range(number):
            await asyncio.sleep(0)
        torn.cancel()
        await asyncio.gather(torn, return_exceptions=True)
    await write("kept")
    async with store.reading() as uow:
        assert (await uow.campaigns.load(CampaignId("kept"))).revision == 1
    await store.close()


async def test_a_reader_cannot_write(tmp_path: Path) -> None:
    """What is opened for reading refuses to write, so that no write lock is ever taken late."""
    store = Store.open(f"sqlite+aiosqlite:///{tmp_path / 'glocal.db'}", brand="ovenlark")
    await store.migrate()
    with pytest.raises(Exception, match="readonly"):
        async with store.reading() as uow:
            await uow.campaigns.add(make_campaign())
    await store.close()
