"""What a reload does to drafts that are open: what headquarters locks or takes away holds at once."""

import shutil
from pathlib import Path

import pytest

from bot.content import brand_dirs
from bot.domain.member import Role
from bot.testing.world import Cast, World, open_core_world
from tests.faults.story import campaigns_of

CAST = (
    Cast(name="ana", role=Role.ADMIN, platform="slack"),
    Cast(name="maria", place="old-mill", platform="telegram"),
)
LOCKED = "The headline is the same everywhere this month."


@pytest.fixture
def brand(tmp_path: Path) -> Path:
    """Copy the brand that is shipped, to be changed."""
    return Path(shutil.copytree(brand_dirs()[0], tmp_path / "ovenlark"))


async def reload(world: World) -> None:
    """Take the changed files into force."""
    await world["ana"].says("/glocal reload")
    await world["ana"].presses("Reload")
    assert world["ana"].sees()[-1].words == "The new brand files are in force."


def rewrite(path: Path, old: str, new: str) -> None:
    """Change a brand file."""
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new), encoding="utf-8")


def lock_headline(brand: Path) -> None:
    """Lock the weekend offer's headline, and say why in every language."""
    folder = brand / "templates" / "weekend-offer"
    rewrite(
        folder / "template.yaml", "headline, type: text, is_suggested: true,", "headline, type: text, is_locked: true,"
    )
    for copy in (folder / "copy").glob("*.yaml"):
        rewrite(copy, "  headline:\n", f"  headline:\n    locked_why: {LOCKED}\n")


async def test_an_open_question_for_a_slot_that_was_locked_since_is_refused(brand: Path, tmp_path: Path) -> None:
    """Words and buttons that were asked for before the reload fill nothing that is locked now."""
    async with open_core_world(CAST, tmp_path / "data", brand_dir=brand) as world:
        await world["maria"].says("20% off croissants this weekend")
        await world["maria"].presses("Weekend offer")
        await world["maria"].says("edit")
        await world["maria"].presses("Headline")
        before = (await campaigns_of(world))[0].values["headline"]
        lock_headline(brand)
        await reload(world)

        await world["maria"].says("Buns for the whole street")

        assert LOCKED in world["maria"].sees()[-1].words
        assert (await campaigns_of(world))[0].values["headline"] == before


async def test_what_headquarters_took_away_is_not_submitted(brand: Path, tmp_path: Path) -> None:
    """A draft of a template that is gone is kept, and its request is refused with another way on."""
    async with open_core_world(CAST, tmp_path / "data", brand_dir=brand) as world:
        await world["maria"].says("20% off croissants this weekend")
        await world["maria"].presses("Weekend offer")
        await world["maria"].presses("Confirm all")
        (brand / "templates" / "weekend-offer").rename(brand / "templates" / "weekend-treat")
        for policy in ("approval", "guardrails"):
            rewrite(brand / "policies" / f"{policy}.yaml", "weekend-offer", "weekend-treat")
        await reload(world)

        await world["maria"].presses("Ask for approval")

        assert world["maria"].sees()[-1].words.startswith("Headquarters has taken that template away")
        assert "Croissants" in world["maria"].card().words


async def test_undo_gives_the_older_template_back_with_its_words(brand: Path, tmp_path: Path) -> None:
    """Undoing the edit that moved the draft gives words and template of before, together."""
    async with open_core_world(CAST, tmp_path / "data", brand_dir=brand) as world:
        await world["maria"].says("20% off croissants this weekend")
        await world["maria"].presses("Weekend offer")
        first = (await campaigns_of(world))[0]
        await world["maria"].says("Cinnamon buns")
        await world["maria"].presses("Product")
        rewrite(brand / "templates" / "weekend-offer" / "copy" / "en.yaml", "Percent off", "How much off")
        await reload(world)
        await world["maria"].says("15%")
        moved = (await campaigns_of(world))[0]
        assert moved.template != first.template

        await world["maria"].says("undo")
        await world["maria"].says("undo")

        undone = (await campaigns_of(world))[0]
        assert (undone.template, undone.values) == (first.template, first.values)
