"""What editing does to campaigns that were already on their way."""

from bot.domain.approval import RequestState
from bot.domain.campaign import Campaign, State
from bot.domain.ids import RequestId
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
