"""Sixteen approvers press at once on fifty campaigns, each of which stands in four conversations."""

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest

from bot.chat import Incoming, Pressed
from bot.domain.approval import ApprovalRequest, RequestState
from bot.domain.campaign import State
from bot.domain.conversation import Address, Placement, View
from bot.domain.ids import CampaignId, LocationId, PlacementId, RequestId
from bot.domain.member import Membership, Role
from bot.testing import Person, World, open_core_world
from bot.testing.core import CorePost, find_button
from bot.testing.core_surface import CoreSurface
from bot.testing.world import Cast
from tests.faults.story import ask_for_approval, campaigns_of

APPROVERS = 16
AUTHORS = 4
"""So many of the approvers also own the shop, and press on campaigns of their own like everybody else."""
CAMPAIGNS = 50
CIRCLES = 4
"""Conversations with four approvers and a copy of every card each; turns in one conversation follow each other."""
SEED = 20_261_123


@pytest.mark.slow
async def test_one_decision_each_and_none_by_an_author(database_url: str, tmp_path: Path) -> None:
    """800 presses in the same instant make 50 decisions; every loser is told who won."""
    names = [f"approver{number:02}" for number in range(APPROVERS)]
    cast = [Cast(name=name, role=Role.APPROVER, place="springfield", platform="slack") for name in names]
    async with open_core_world(cast, tmp_path, database_url=database_url) as world:
        requests = await _submit_all(world, names[:AUTHORS])
        await _place_everywhere(world, requests)
        presses = [press for number, name in enumerate(names) for press in _presses(world, world[name], number)]
        assert len(presses) == len(names) * len(requests)
        random.Random(SEED).shuffle(presses)
        seen_before = len(world.platforms["slack"].posts)

        await asyncio.gather(*(world.house.answerer.record(press) for press in presses))
        await world.settles()

        won = await _check_decisions(world, requests)
        answers = world.platforms["slack"].posts[seen_before:]
        told = _check_losers([world[name] for name in names], answers, won)
        print(f"\nseed {SEED}: {len(presses)} presses, {won.total()} decisions by {len(won)} people, told: {told}")


async def _submit_all(world: World, authors: list[str]) -> list[ApprovalRequest]:
    """Bring one campaign of every author to the approvers, and copies of it until there are enough."""
    async with world.house.ground.store.writing() as uow:
        for name in authors:
            membership = Membership(role=Role.OWNER, location_id=LocationId("old-mill"))
            await uow.members.grant(world[name].member_id, membership)
        await uow.commit()
    for name in authors:
        await ask_for_approval(world[name])
    submitted = await campaigns_of(world)
    requests: list[ApprovalRequest] = []
    async with world.house.ground.store.writing() as uow:
        for number in range(CAMPAIGNS):
            original = submitted[number % len(submitted)]
            asked = await uow.requests.get(original.request_id or RequestId(""))
            assert asked
            ids = {"campaign_id": CampaignId(f"c{number:03}"), "request_id": RequestId(f"q{number:03}")}
            campaign = original.model_copy(update={"id": ids["campaign_id"], "request_id": ids["request_id"]})
            requests.append(asked.model_copy(update={"id": ids["request_id"], "campaign_id": campaign.id}))
            await uow.campaigns.add(campaign)
            await uow.requests.add(requests[-1])
        await uow.commit()
    return requests


async def _place_everywhere(world: World, requests: list[ApprovalRequest]) -> None:
    """Give every circle a copy of every card, drawn and up to date."""
    async with world.house.ground.store.writing() as uow:
        for circle in range(CIRCLES):
            for request in requests:
                copy = Placement(
                    id=PlacementId(f"k{circle}-{request.id}"), campaign_id=request.campaign_id,
                    address=_circle(circle), view=View.APPROVER, locale="en", request_id=request.id,
                    created_at=world.clock.now(),
                )  # fmt: skip
                await uow.placements.add(copy)
        await uow.commit()
    await world.house.redrawer.sweep(limit=CIRCLES * len(requests))


def _circle(number: int) -> Address:
    return Address(platform="slack", workspace="CORE", conversation_id=f"Ccircle{number}", is_direct=False)


def _presses(world: World, person: Person, number: int) -> list[Incoming]:
    """Make a person's press on Approve on every card of their circle."""
    surface = world.surface
    assert isinstance(surface, CoreSurface)
    here = _circle(number % CIRCLES)
    found: list[Incoming] = []
    for post in world.platforms["slack"].posts:
        approve = find_button(post.rows[-1], "Approve") if post.address == here else None
        if approve:
            found.append(surface.incoming(person, Pressed(action=approve.action, post_id=post.post_id), here))
    return found


async def _check_decisions(world: World, requests: list[ApprovalRequest]) -> Counter[str]:
    """Count decisions by the name of who made them."""
    won: Counter[str] = Counter()
    async with world.house.ground.store.reading() as uow:
        for asked in requests:
            request = await uow.requests.get(asked.id)
            campaign = await uow.campaigns.load(asked.campaign_id)
            assert request
            assert request.state is RequestState.APPROVED
            assert len(request.decisions) == 1
            assert request.decisions[0].member_id not in {campaign.author_id, campaign.last_editor_id}
            assert campaign.state is State.DELIVERED
            won[request.decisions[0].member_id.removeprefix("m-").capitalize()] += 1
        approvals = [one for one in await uow.audit.read(0, 1_000_000) if one.event.what == "request.approve"]
        assert len(approvals) == CAMPAIGNS
        assert await uow.audit.verify() is None
    assert won.total() == CAMPAIGNS
    return won


def _check_losers(people: list[Person], answers: list[CorePost], won: Counter[str]) -> dict[str, int]:
    """Every lost press is answered privately with a winner's name, or with why an author may not."""
    lost = barred = 0
    for person in people:
        mine = [post.drawings[-1].words for post in answers if post.only_for == person.user_id]
        named = Counter(words.split(" was faster")[0] for words in mine if "was faster and approved it" in words)
        barred_here = sum(words.startswith("You made, changed or sent in this one yourself") for words in mine)
        own_name = person.name.capitalize()
        assert named.total() + barred_here == CAMPAIGNS - won[own_name], mine
        assert own_name not in named
        assert not named - won, "nobody is said to have won more often than they did"
        lost, barred = lost + named.total(), barred + barred_here
    assert lost + barred == (len(people) - 1) * CAMPAIGNS
    return {"who was faster": lost, "not your own": barred}
