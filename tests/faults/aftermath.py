"""What must be true when everything has calmed down: in the store, in the chats, and between the copies of a card."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import text

from bot.brandbook import load_book
from bot.chat import Action
from bot.content import brand_dirs
from bot.domain.approval import Outcome
from bot.domain.campaign import Campaign, Delivery, State
from bot.domain.event import AuditEvent
from bot.domain.ids import CampaignId, RequestId
from bot.store import Store, UnitOfWork
from tests.faults.chats import LOOK_EVERY_S, PATIENCE_S, Chats, Standing
from tests.faults.lives import Decider, Life, Tally

FORMATS = 3


@dataclass(frozen=True)
class Sums:
    """What the last line of the test says."""

    revisions: int
    decisions: int
    uncertain: int
    events: int


async def until_still(database_url: str) -> None:
    """Wait until no event is open, no reply owed and no card behind."""
    store = Store.open(database_url, brand=load_book(brand_dirs()[0]).brand.folder)
    deadline = time.monotonic() + PATIENCE_S
    try:
        while True:
            async with store.reading() as uow:
                left = (await uow.inbox.open(10), await uow.inbox.owed(10), await uow.placements.behind(10))
            if not any(left):
                return
            assert time.monotonic() < deadline, f"left undone: {left}"
            await asyncio.sleep(LOOK_EVERY_S)
    finally:
        await store.close()


async def check_store(database_url: str, tally: Tally, *, acts: int) -> Sums:
    """Compare the store with what people did.

    Raises:
        AssertionError: something was lost or happened twice.
    """
    store = Store.open(database_url, brand=load_book(brand_dirs()[0]).brand.folder)
    try:
        async with store.reading() as uow:
            assert await uow.audit.verify() is None
            log = [entry.event for entry in await uow.audit.read(0, 1_000_000)]
            events = await _check_inbox(uow, acts)
            campaigns = [await uow.campaigns.load(CampaignId(name)) for name in tally.campaigns]
            started = {event.subject for event in log if event.what == "campaign.started"}
            assert started == set(tally.campaigns), "a campaign was started that nobody has seen, or was lost"
            for campaign in campaigns:
                await _check_campaign(uow, campaign, [event for event in log if event.subject == campaign.id])
            decisions = await _check_requests(uow, log, tally)
            assert await uow.placements.behind(10) == ()
    finally:
        await store.close()
    uncertain = sum(event.what == "campaign.delivery_uncertain" for event in log)
    assert uncertain == tally.sent_again
    revisions = sum(campaign.revision for campaign in campaigns)
    return Sums(revisions=revisions, decisions=decisions, uncertain=uncertain, events=events)


async def _check_inbox(uow: UnitOfWork, acts: int) -> int:
    """Every act on Telegram is one event, every event is done, nothing is owed."""
    assert await uow.inbox.open(10) == ()
    assert await uow.inbox.owed(10) == ()
    counted = await uow.run_sync(lambda connection: connection.execute(text("SELECT event_id, state FROM inbox")).all())
    assert {row.state for row in counted} == {"done"}
    assert sum(row.event_id.startswith("telegram:") for row in counted) == acts
    return len(counted)


async def _check_campaign(uow: UnitOfWork, campaign: Campaign, log: list[AuditEvent]) -> None:
    assert (campaign.state, campaign.delivery) == (State.DELIVERED, Delivery.DONE)
    logged = [event.facts["revision"] for event in log if "revision" in event.facts]
    assert logged == list(range(2, campaign.revision + 1)), "each revision is made once"
    made = [await uow.campaigns.at_revision(campaign.id, number) for number in range(1, campaign.revision + 1)]
    count = Counter(one.what for one in made)
    assert (count["started"], count["confirmed"], count["approved"], count["delivery_done"]) == (1, 1, 1, 1), count
    assert count["submitted"] == 1 + count["changes_requested"]
    assert count["delivery_underway"] == count["delivery_uncertain"]


async def _check_requests(uow: UnitOfWork, log: Iterable[AuditEvent], tally: Tally) -> int:
    """Every request has exactly the one decision that is in the log."""
    decided = Counter(event.subject for event in log if event.what.startswith("request."))
    outcomes: Counter[Outcome] = Counter()
    for name, times in decided.items():
        request = await uow.requests.get(RequestId(name))
        assert request
        assert (times, len(request.decisions)) == (1, 1)
        assert request.decisions[0].member_id not in request.barred
        outcomes[request.decisions[0].outcome] += 1
    assert outcomes == Counter({Outcome.APPROVE: tally.stories, Outcome.REQUEST_CHANGES: tally.changes})
    return outcomes.total()


def check_documents(chats: Chats, tally: Tally, sums: Sums) -> int:
    """Count originals that came twice: none without a person's "Send again"."""
    chosen = set(tally.campaigns.values())
    documents = sum(bool(post.document) for post in chats.posts if post.conversation_id in chosen)
    repeated = documents - FORMATS * tally.stories
    assert 0 <= repeated <= sums.uncertain
    return repeated


async def press_what_is_left(life: Life, deciders: Iterable[Decider]) -> int:
    """Press the old buttons of copies that a crash doubled and nobody pressed yet; give their number."""
    places = {owner: (owner, "confirm") for owner in set(life.tally.campaigns.values())}
    places |= {one.conversation_id: (one.user_id, "approve") for one in deciders}
    left = 0
    for conversation, (user_id, verb) in places.items():
        for post in _left(life.chats, conversation, verb):
            left += 1
            await life.chats.press(user_id, post, post.action(verb))
            gone = partial(_is_gone, life.chats, post, verb)
            await life.chats.until(gone, f"the doubled card {post.post_id} in step")
    return left


def check_copies(chats: Chats) -> int:
    """Give the number of cards' first posts that stand twice; every copy must say and offer the same as the others."""
    standing = {f"{post.conversation_id}:{post.post_id}": post for post in chats.posts}
    for subject, keys in chats.copies.items():
        shown = {(standing[key].words, standing[key].actions) for key in keys}
        assert len(shown) == 1, f"copies of {subject} differ: {shown}"
    return sum(len(keys) - 1 for keys in chats.copies.values())


def _is_gone(chats: Chats, post: Standing, verb: str) -> bool:
    return post.post_id not in {one.post_id for one in _left(chats, post.conversation_id, verb)}


def _left(chats: Chats, conversation: str, verb: str) -> list[Standing]:
    """List cards that still show a first step, although everything is decided and delivered."""
    return [post for post in chats.at(conversation) if _is_on_card(post.action(verb))]


def _is_on_card(data: str) -> bool:
    action = Action.parse(data)
    return bool(action and action.is_on_card)
