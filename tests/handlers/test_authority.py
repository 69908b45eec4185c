"""Buttons carry no authority: whoever presses is authorised afresh."""

from bot.chat import Action, Button, Pressed
from bot.domain.campaign import Campaign
from bot.domain.conversation import Address
from bot.domain.ids import CampaignId
from bot.testing.core_surface import CoreSurface
from bot.testing.people import Person
from bot.testing.world import World


async def start_offer(world: World, who: str) -> Campaign:
    """Let somebody start a weekend offer, and give it."""
    await world[who].says("weekend offer")
    await world[who].presses("Weekend offer")
    return (await campaigns(world, who))[0]


async def campaigns(world: World, who: str) -> tuple[Campaign, ...]:
    """List somebody's drafts, newest first."""
    async with world.house.ground.store.reading() as uow:
        member = await uow.members.get(world[who].member_id)
        assert member is not None
        return await uow.campaigns.unfinished(member)


async def press_data(world: World, who: Person, action: str) -> None:
    """Send a press with any data, as a changed client could."""
    surface = world.surface
    assert isinstance(surface, CoreSurface)
    here = Address(platform=who.platform, workspace="CORE", conversation_id=f"D{who.user_id}")
    await world.house.answerer.record(surface.incoming(who, Pressed(action=action, post_id="0"), here))
    await world.settles()


def buttons(world: World, who: str) -> list[Button]:
    """List every button in somebody's direct chat, newest post first."""
    person = world[who]
    posts = [p for p in world.platforms[person.platform].posts if p.address.conversation_id == f"D{person.user_id}"]
    return [button for post in reversed(posts) for row in post.rows[-1] for button in row]


async def test_somebody_elses_campaign_cannot_be_pressed(world: World) -> None:
    """A copied button of another shop's card is refused, and nothing changes."""
    before = await start_offer(world, "maria")

    for verb in ("confirm", "submit", "cancel", "undo", "next", "edit", "duplicate", "show_card", "format"):
        copied = Action(verb=verb, subject=before.id, revision=before.revision, index=0)
        await press_data(world, world["tom"], str(copied))
        assert world["tom"].sees()[-1].words == "That campaign belongs to another shop.", verb

    assert (await campaigns(world, "maria"))[0] == before
    assert await campaigns(world, "tom") == ()


async def test_somebody_elses_choice_cannot_be_pressed(world: World) -> None:
    """Offered choices belong to the person they were offered to."""
    await world["maria"].says("weekend offer")
    offered = next(button for button in buttons(world, "maria") if button.label == "Weekend offer")

    await press_data(world, world["tom"], offered.action)

    assert world["tom"].sees()[-1].words.startswith("That button was for somebody else.")


async def test_data_that_is_no_button_of_ours_is_answered(world: World) -> None:
    """Garbage, unknown verbs and invented subjects each get a sentence."""
    for data in ("garbage", "dance:c123:1", "confirm:c0000000000000:1", "fill:p0000000000000:1:9", "ask::0:99"):
        seen = len(world["maria"].sees())
        await press_data(world, world["maria"], data)
        assert len(world["maria"].sees()) == seen + 1, data


async def test_a_locked_slot_cannot_be_opened(world: World) -> None:
    """Asking for a locked slot by its number says why it is locked."""
    draft = await start_offer(world, "maria")
    template = world.house.ground.shelf.book().templates["weekend-offer"]
    index = [slot.name for slot in template.slots].index("shop")

    await press_data(world, world["maria"], str(Action(verb="ask", subject=draft.id, revision=1, index=index)))

    assert "is locked by headquarters" in world["maria"].sees()[-1].words


async def test_the_same_choice_pressed_twice_starts_one_campaign(world: World) -> None:
    """A double tap shows the campaign that the first tap started."""
    await world["maria"].says("weekend offer")
    offered = next(button for button in buttons(world, "maria") if button.label == "Weekend offer")

    await press_data(world, world["maria"], offered.action)
    await press_data(world, world["maria"], offered.action)

    assert len(await campaigns(world, "maria")) == 1
    assert "already started" in world["maria"].sees()[-1].words


async def test_a_form_cannot_fill_a_locked_slot(world: World) -> None:
    """Fields that the form never had are not read."""
    draft = await start_offer(world, "tom")
    await world["tom"].presses("Edit")

    await world["tom"].fills(shop="My own name", product="Buns")

    async with world.house.ground.store.reading() as uow:
        after = await uow.campaigns.load(CampaignId(draft.id))
    assert after.values["shop"] == draft.values["shop"]
    assert after.values["product"].data == {"text": "Buns"}
