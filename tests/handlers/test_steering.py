"""Nobody gives away more than they have: what an admin of one territory may and may not do."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat import Action, Pressed
from bot.domain.conversation import Address
from bot.domain.ids import LocationId, TerritoryId
from bot.domain.location import Location, Places, Territory
from bot.domain.member import Member, Membership, Role
from bot.testing.core import CorePost
from bot.testing.core_surface import CoreSurface
from bot.testing.playing import newest_code
from bot.testing.world import Cast, World, open_core_world

BEYOND = "That reaches beyond the places you steer."
CAST = (
    Cast(name="ana", role=Role.ADMIN, platform="slack"),
    Cast(name="rita", role=Role.ADMIN, place="springfield", platform="slack"),
    Cast(name="sam", role=Role.APPROVER, place="springfield", platform="slack"),
    Cast(name="maria", place="old-mill", platform="slack"),
    Cast(name="jo", platform="slack", is_stranger=True),
)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Open a house with an admin of everything, an admin of Springfield, an approver, an owner and a stranger."""
    async with open_core_world(CAST, tmp_path) as opened:
        yield opened


async def member(world: World, name: str) -> Member:
    """Give a person as the store knows them."""
    async with world.house.ground.store.reading() as uow:
        found = await uow.members.get(world[name].member_id)
    assert found is not None
    return found


async def press_data(world: World, name: str, action: str) -> None:
    """Send a press with any data, as a changed client could."""
    who, surface = world[name], world.surface
    assert isinstance(surface, CoreSurface)
    here = Address(platform=who.platform, workspace="CORE", conversation_id=f"D{who.user_id}")
    await world.house.answerer.record(surface.incoming(who, Pressed(action=action, post_id="0"), here))
    await world.settles()


@pytest.mark.parametrize(
    "words",
    [
        "/glocal role rita admin",
        "/glocal role maria approver at montreal",
        "/glocal role maria manager at mile-end",
        "/glocal role ana remove admin",
        "/glocal invite admin",
        "/glocal invite approver at montreal",
        "/glocal invite owner at mile-end",
        "/glocal templates weekend-offer off",
        "/glocal reload",
    ],
)
async def test_an_admin_of_a_territory_steers_only_there(world: World, words: str) -> None:
    """Roles, codes and switches that reach beyond the territory are refused before anything is offered."""
    before = {name: await member(world, name) for name in ("ana", "rita", "maria")}

    await world["rita"].says(words)

    said = world["rita"].sees()[-1]
    assert said.words.startswith(BEYOND)
    assert said.is_private
    assert {name: await member(world, name) for name in before} == before


async def test_an_admin_of_a_territory_names_people_there(world: World) -> None:
    """Within the territory everything works, and only its shops are offered."""
    await world["rita"].says("/glocal invite owner")
    assert "Ovenlark Old Mill" in world["rita"].sees()[-1].buttons
    assert "Ovenlark Mile End" not in world["rita"].sees()[-1].buttons

    await world["rita"].says("/glocal role maria manager at old-mill")
    await world["rita"].presses("Give the role")

    assert any(one.role is Role.MANAGER for one in (await member(world, "maria")).memberships)


@pytest.mark.parametrize("words", ["/glocal role sam admin", "/glocal invite owner at mile-end", "/glocal here quebec"])
async def test_an_approver_does_not_steer(world: World, words: str) -> None:
    """Deciding is not steering, in the own territory or in another."""
    await world["sam"].says(words)

    assert world["sam"].sees()[-1].words == "That is for admins. Ask one of yours to do it."


async def test_a_role_taken_away_between_question_and_press_counts(world: World) -> None:
    """Whoever is no admin any more cannot carry out what they were asked to confirm."""
    await world["rita"].says("/glocal role maria manager at old-mill")
    async with world.house.ground.store.writing() as uow:
        await uow.members.revoke(world["rita"].member_id, (await member(world, "rita")).memberships[0])
        await uow.commit()

    await world["rita"].presses("Give the role")

    assert all(one.role is Role.OWNER for one in (await member(world, "maria")).memberships)


async def test_a_code_ends_with_the_authority_of_whoever_made_it(world: World) -> None:
    """A code made by somebody who was an admin then lets nobody in."""
    await world["rita"].says("/glocal invite owner at old-mill")
    await world["rita"].presses("Make the code")
    code = newest_code(world)
    assert code
    async with world.house.ground.store.writing() as uow:
        await uow.members.revoke(world["rita"].member_id, (await member(world, "rita")).memberships[0])
        await uow.commit()

    await world["jo"].says(f"/glocal join {code}")

    assert world["jo"].sees()[-1].words.startswith("That code does not work")


async def test_a_confirmation_is_used_once(world: World) -> None:
    """An old yes does not switch a template a second time, weeks later."""
    await world["ana"].says("/glocal templates weekend-offer off")
    await world["ana"].presses("Switch it")
    await world["ana"].says("/glocal templates weekend-offer on")
    off, on = [post.rows[-1][0][0].action for post in world.platforms["slack"].posts if "Switch it" in _labels(post)]
    await press_data(world, "ana", on)

    await press_data(world, "ana", off)

    assert world["ana"].sees()[-1].words == "That was done already; nothing happens twice."
    async with world.house.ground.store.reading() as uow:
        assert (await uow.switches.get())["weekend-offer"].is_on


async def test_a_button_cannot_be_bent_to_another_command(world: World) -> None:
    """A changed client that sends another verb with a button's choice is refused."""
    await world["ana"].says("/glocal role maria manager at old-mill")
    yes = world.platforms["slack"].posts[-1].rows[-1][0][0].action
    action = Action.parse(yes)
    assert action is not None

    await press_data(world, "ana", str(action.model_copy(update={"verb": "invite_confirmed"})))

    assert world["ana"].sees()[-1].words.startswith("That choice is no longer open.")


def _labels(post: CorePost) -> list[str]:
    return [button.label for row in post.rows[-1] for button in row]


def test_a_role_includes_what_lies_within_its_place() -> None:
    """Brand over region over city over shop, and never the other way."""
    region = Territory(id=TerritoryId("region"), name="Region")
    city = Territory(id=TerritoryId("city"), name="City", parent_id=region.id)
    shop = Location(
        id=LocationId("shop"), name="Shop", territory_ids=(city.id,), locale="en-US", time_zone="America/Chicago",
        currency="USD",
    )  # fmt: skip
    places = Places(territories=(city, region), locations=(shop,))
    ordered = [
        Membership(role=Role.ADMIN),
        Membership(role=Role.ADMIN, territory_id=region.id),
        Membership(role=Role.ADMIN, territory_id=city.id),
        Membership(role=Role.ADMIN, location_id=shop.id),
    ]
    for wide, one in enumerate(ordered):
        assert [one.includes(other, places) for other in ordered] == [narrow >= wide for narrow in range(len(ordered))]
