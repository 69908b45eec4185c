"""Starting campaigns at more than one shop, and on templates that change meanwhile."""

import shutil
from pathlib import Path

from bot.content import brand_dirs
from bot.domain.campaign import Campaign
from bot.domain.ids import LocationId
from bot.domain.member import Role
from bot.testing.world import Cast, World, open_core_world

ANA = Cast(name="ana", role=Role.ADMIN, platform="slack")
MARIA = Cast(name="maria", place="old-mill", platform="telegram")


async def newest(world: World, location: str) -> Campaign:
    """Give the newest campaign of a shop."""
    async with world.house.ground.store.reading() as uow:
        found = await uow.campaigns.last(LocationId(location))
        assert found is not None
        return found


async def test_a_sentence_is_read_with_the_chosen_shops_currency(tmp_path: Path) -> None:
    """Somebody with shops in two countries gets the price of the shop they choose."""
    async with open_core_world([ANA], tmp_path) as world:
        await world["ana"].says("new product: honey rye at $9.50 from tomorrow")
        await world["ana"].presses("New product")
        await world["ana"].presses("Ovenlark Mile End")
        price = (await newest(world, "mile-end")).values["price"]

    assert price.data == {"amount_minor": 950, "currency": "CAD"}


async def test_a_draft_moves_to_the_new_template_with_its_next_edit(tmp_path: Path) -> None:
    """After a reload the next answer takes the new version, and the bot says so; nothing typed is lost."""
    brand = tmp_path / "ovenlark"
    shutil.copytree(brand_dirs()[0], brand)
    async with open_core_world([ANA, MARIA], tmp_path / "data", brand_dir=brand) as world:
        await world["maria"].says("weekend offer")
        await world["maria"].presses("Weekend offer")
        await world["maria"].says("Cinnamon buns")
        before = await newest(world, "old-mill")
        words = brand / "templates" / "weekend-offer" / "copy" / "en.yaml"
        words.write_text(words.read_text(encoding="utf-8").replace("Percent off", "How much off"), encoding="utf-8")
        await world["ana"].says("/glocal reload")
        await world["ana"].presses("Reload")

        await world["maria"].says("20%")

        after = await newest(world, "old-mill")
        assert world["maria"].sees()[-1].words.startswith("Headquarters has updated this template.")
        assert "How much off: 20%" in world["maria"].card().words

    assert after.template.version != before.template.version
    assert after.values["product"] == before.values["product"]


async def test_one_refused_value_does_not_cost_the_others(tmp_path: Path) -> None:
    """Of a sentence into an open draft, what the rules allow is filled; only the rest is refused."""
    async with open_core_world([MARIA], tmp_path) as world:
        await world["maria"].says("weekend offer")
        await world["maria"].presses("Weekend offer")
        await world["maria"].says("never mind")

        await world["maria"].says("half off cinnamon buns this weekend")

        assert world["maria"].sees()[-1].words.startswith("I left this out:\nPercent off: 50%")
        values = (await newest(world, "old-mill")).values

    assert values["dates"].data == {"first": "2026-11-28", "last": "2026-11-29"}
    assert values["product"].data == {"text": "Cinnamon buns"}
    assert "percent" not in values
