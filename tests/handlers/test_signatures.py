"""A decision is a signature: what it binds, who may give it, and what makes it void."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat import Action, Pressed
from bot.domain.approval import ApprovalRequest, RequestState
from bot.domain.campaign import Campaign, Delivery, State
from bot.domain.conversation import Address
from bot.domain.draft import digest_values
from bot.domain.ids import RequestId
from bot.domain.member import Role
from bot.testing.core_surface import CoreSurface
from bot.testing.world import Cast, World, open_core_world
from tests.faults.story import ask_for_approval, campaigns_of

CAST = (
    Cast(name="maria", place="old-mill", platform="telegram"),
    Cast(name="sam", role=Role.APPROVER, place="springfield", platform="slack"),
    Cast(name="camille", role=Role.APPROVER, place="montreal", platform="slack"),
    Cast(name="olga", role=Role.AUDITOR, platform="slack"),
)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Open a house with an owner, an approver, an approver of elsewhere and an auditor."""
    async with open_core_world(CAST, tmp_path) as opened:
        yield opened


async def asked(world: World) -> tuple[Campaign, ApprovalRequest]:
    """Let Maria ask for approval, and give what waits."""
    await ask_for_approval(world["maria"])
    return await present(world)


async def present(world: World) -> tuple[Campaign, ApprovalRequest]:
    """Give Maria's campaign and its request as they stand."""
    campaign = (await campaigns_of(world))[0]
    async with world.house.ground.store.reading() as uow:
        request = await uow.requests.get(RequestId(await _request_id(world)))
    assert request is not None
    return campaign, request


async def _request_id(world: World) -> str:
    async with world.house.ground.store.reading() as uow:
        cards = await uow.placements.of_campaign((await campaigns_of(world))[0].id)
    return next(card.request_id for card in cards if card.request_id)


async def press_card(world: World, name: str, verb: str, request: ApprovalRequest) -> str:
    """Send the press of a card's button, from wherever somebody sits, and give what they are told."""
    surface, who = world.surface, world[name]
    assert isinstance(surface, CoreSurface)
    shared = world.platforms["slack"].posts[-1].address
    post_id = next(post.post_id for post in world.platforms["slack"].posts if post.drawings[-1].is_card)
    action = str(Action(verb=verb, subject=request.id, revision=request.revision, is_on_card=True))
    at = Address(**{**shared.model_dump(), "conversation_id": "Cspringfield", "is_direct": False, "thread_id": ""})
    content = Pressed(action=action, post_id=post_id)
    await world.house.answerer.record(surface.incoming(who, content, at))
    await world.settles()
    return next(
        (post.drawings[-1].words for post in reversed(world.platforms["slack"].posts) if post.only_for == who.user_id),
        "",
    )


async def test_a_decision_binds_what_was_seen(world: World) -> None:
    """Person, role, place, post, revision, versions and digests stand in the row, and the audit log names them."""
    submitted, request = await asked(world)

    await world["sam"].presses("Approve")

    _, decided = await present(world)
    (decision,) = decided.decisions
    async with world.house.ground.store.reading() as uow:
        cards = await uow.placements.of_campaign(submitted.id)
        entries = [entry.event for entry in await uow.audit.read(0, 1000)]
        assert await uow.audit.verify() is None
    card = next(one for one in cards if one.request_id == request.id)
    assert (decision.member_id, decision.role) == (world["sam"].member_id, Role.APPROVER)
    assert (decision.platform, decision.conversation_id, decision.post_id) == ("slack", "Cspringfield", card.post_id)
    assert (decision.revision, decision.template) == (submitted.revision, submitted.template)
    assert decision.policy_version == world.house.ground.shelf.book().policies.version
    assert decision.values_digest == digest_values(submitted.values)
    assert len(set(decision.rendition_digests)) == 3
    signed = next(event for event in entries if event.what == "request.approve")
    assert signed.member_id == world["sam"].member_id
    assert signed.facts["values"] == decision.values_digest
    assert signed.facts["renditions"] == list(decision.rendition_digests)


async def test_an_approver_decides_only_at_home(world: World) -> None:
    """A button of another territory that was passed on is refused, for every verb, and opens no card."""
    _, request = await asked(world)

    for verb in ("approve", "changes", "reject", "show_card"):
        said = await press_card(world, "camille", verb, request)
        assert said, verb

    assert (await present(world))[1].decisions == ()
    assert all(not seen.is_card for seen in world["camille"].sees())
    await world["camille"].says("/glocal queue")
    assert "Waiting for approval (0)" in world["camille"].sees()[-1].words


async def test_whoever_only_reads_cannot_decide(world: World) -> None:
    """An auditor's button and reaction are answered privately, and nothing is decided."""
    await asked(world)

    await world["olga"].presses("Approve")
    assert world["olga"].sees()[-1].words.startswith("Deciding is for approvers")
    await world["olga"].reacts("white_check_mark")

    assert world["olga"].sees()[-1].words.startswith("Deciding is for approvers")
    assert (await present(world))[1].decisions == ()


async def test_a_role_taken_away_before_the_press_counts(world: World) -> None:
    """Authority is looked up when the button is pressed, not when it is shown."""
    await asked(world)
    async with world.house.ground.store.writing() as uow:
        sam = await uow.members.get(world["sam"].member_id)
        assert sam is not None
        await uow.members.revoke(sam.id, sam.memberships[0])
        await uow.commit()

    await world["sam"].presses("Approve")
    await world["sam"].reacts("white_check_mark")

    assert (await present(world))[1].state is RequestState.OPEN


async def test_a_change_after_approval_voids_it(world: World) -> None:
    """An edit while the files are underway makes a draft again; the approvers' card says that it no longer counts."""
    campaign, request = await asked(world)
    async with world.house.ground.store.writing() as uow:
        await uow.deliveries.start(f"{campaign.id}:{request.id}:story")
        await uow.commit()
    await world["sam"].presses("Approve")
    approved, _ = await present(world)
    assert (approved.state, approved.delivery) == (State.APPROVED, Delivery.UNCERTAIN)

    await world["maria"].says("edit")
    await world["maria"].presses("Percent off")
    await world["maria"].presses("15%")

    changed, request = await present(world)
    assert (changed.state, changed.delivery, changed.request_id) == (State.DRAFT, Delivery.NONE, None)
    assert request.state is RequestState.VOIDED
    assert "The approval no longer counts" in world["maria"].sees()[-1].words
    assert "No longer asked: Maria changed or withdrew it" in world["sam"].card().words


async def test_undo_takes_the_request_back_and_works_in_a_chain(world: World) -> None:
    """Undo of the request, of the yes to all values and of a value, one after the other; then there is nothing left."""
    await world["maria"].says("weekend offer")
    await world["maria"].presses("Weekend offer")
    for words in ("croissants", "20%", "this weekend"):
        await world["maria"].says(words)
    await world["maria"].presses("Confirm all")
    await world["maria"].presses("Ask for approval")
    states = []
    for _ in range(3):
        await world["maria"].says("undo")
        campaign = (await campaigns_of(world))[0]
        states.append((campaign.state, "dates" in campaign.values, campaign.values["product"].is_confirmed))

    assert states == [(State.DRAFT, True, True), (State.DRAFT, True, False), (State.DRAFT, False, False)]
    assert (await present(world))[1].state is RequestState.VOIDED
    assert "No longer asked" in world["sam"].card().words
    assert world["sam"].card().buttons == ()
    assert await press_card(world, "sam", "approve", (await present(world))[1])
    assert (await campaigns_of(world))[0].state is State.DRAFT


async def test_undo_reaches_back_ten_minutes_and_no_further(world: World) -> None:
    """An undo does not open the way to changes of an hour ago."""
    await world["maria"].says("weekend offer")
    await world["maria"].presses("Weekend offer")
    await world["maria"].says("croissants")
    world.clock.passes(hours=1)
    await world["maria"].says("20%")

    await world["maria"].says("undo")
    await world["maria"].says("undo")

    assert world["maria"].sees()[-1].words.startswith("There is nothing to undo")
    assert "product" in (await campaigns_of(world))[0].values


async def test_a_comment_arrives_although_somebody_decided_meanwhile(world: World) -> None:
    """Words that were typed before the decision are passed on when they are only a comment."""
    await asked(world)
    await world["sam"].says("lovely picture", where="thread")
    await world["sam"].presses("Approve")

    await world["sam"].presses("Just a comment")

    assert any("lovely picture" in seen.words for seen in world["maria"].sees())
