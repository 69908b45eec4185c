"""What editing does to campaigns that were already on their way."""

from bot.domain.approval import RequestState
from bot.domain.campaign import Campaign, State
from bot.domain.ids import LocationId, RequestId
from bot.domain.member import Membership, Role
from bot.testing.world import World


async def submit(world: World) -> Campaign:
    """Bring Tom's offer to the approvers."""
    await world["tom"].says("weekend offer")
    await world["tom"].presses("Weekend offer")
    await world["tom"].presses("Edit")
    await world["tom"].fills(product="Cinnamon buns", percent="20%", dates="this weekend")
    await world["tom"].presses("Ask for approval")
    return await newest(world)


async def newest(world: World) -> Campaign:
    """Give the newest campaign of Tom's shop."""
    async with world.house.ground.store.reading() as uow:
        location = next(p for p in (await uow.places.load()).locations if p.id == "sangamon")
        found = await uow.campaigns.last(location.id)
        assert found is not None
        return found


async def test_editing_a_submitted_campaign_voids_its_request(world: World) -> None:
    """The approvers' card says so, and their buttons are gone."""
    submitted = await submit(world)
    await world["tom"].presses("Edit")

    await world["tom"].fills(percent="15%")

    async with world.house.ground.store.reading() as uow:
        request = await uow.requests.get(RequestId(submitted.request_id or ""))
    assert request is not None
    assert request.state is RequestState.VOIDED
    assert (await newest(world)).state is State.DRAFT
    assert world["sam"].card().buttons == ()


async def test_editing_a_delivered_campaign_starts_a_new_one(world: World) -> None:
    """What has gone out stays as it was; the new campaign names its parent."""
    await submit(world)
    await world["sam"].presses("Approve")
    delivered = await newest(world)
    assert delivered.state is State.DELIVERED
    world.clock.passes(minutes=1)
    await world["tom"].says("edit")

    await world["tom"].presses("Percent off")
    await world["tom"].presses("15%")

    branch = await newest(world)
    assert branch.id != delivered.id
    assert branch.parent_id == delivered.id
    assert branch.values["percent"].data == {"percent": "15"}
    async with world.house.ground.store.reading() as uow:
        assert await uow.campaigns.load(delivered.id) == delivered


async def test_a_second_press_continues_the_campaign_that_the_first_began(world: World) -> None:
    """Two taps on an answer for a delivered campaign start one new campaign, not two."""
    await submit(world)
    await world["sam"].presses("Approve")
    delivered = await newest(world)
    world.clock.passes(minutes=1)
    await world["tom"].says("edit")
    await world["tom"].presses("Percent off")

    await world["tom"].presses("15%")
    await world["tom"].presses("15%")
    await world["tom"].presses("10%")

    (branch,) = await drafts(world)
    assert branch.parent_id == delivered.id
    assert branch.values["percent"].data == {"percent": "10"}


async def test_use_again_pressed_twice_makes_one_copy(world: World) -> None:
    """A double tap shows the copy that the first tap made."""
    await submit(world)
    await world["sam"].presses("Approve")

    await world["tom"].presses("Use again")
    await world["tom"].presses("Use again")

    assert len(await drafts(world)) == 1
    assert world["tom"].sees()[-1].words.startswith("This one is already started")


async def test_drafts_of_a_shop_one_has_left_are_not_offered(world: World) -> None:
    """Whoever has lost the role at a shop finds none of its drafts, the own ones included."""
    await world["tom"].says("weekend offer")
    await world["tom"].presses("Weekend offer")
    async with world.house.ground.store.writing() as uow:
        tom = await uow.members.get(world["tom"].member_id)
        assert tom is not None
        await uow.members.revoke(tom.id, tom.memberships[0])
        await uow.members.grant(tom.id, Membership(role=Role.OWNER, location_id=LocationId("old-mill")))
        await uow.commit()

    await world["tom"].says("my drafts")

    assert world["tom"].sees()[-1].words.startswith("You have no unfinished drafts")


async def drafts(world: World) -> tuple[Campaign, ...]:
    """List Tom's unfinished campaigns."""
    async with world.house.ground.store.reading() as uow:
        tom = await uow.members.get(world["tom"].member_id)
        assert tom is not None
        return await uow.campaigns.unfinished(tom)
