"""`/glocal reload`: files are checked first, refused with file and line, and in force after a press."""

import shutil
from pathlib import Path

import pytest

from bot.content import brand_dirs
from bot.domain.ids import LocationId
from bot.domain.member import Role
from bot.testing import open_core_world
from bot.testing.world import Cast

ADMIN = Cast(name="ana", role=Role.ADMIN, platform="slack")


@pytest.fixture
def brand(tmp_path: Path) -> Path:
    """Give a copy of the sample brand that a test may spoil."""
    return Path(shutil.copytree(brand_dirs()[0], tmp_path / "ovenlark"))


async def test_a_typo_is_refused_with_its_file_and_line(brand: Path, tmp_path: Path) -> None:
    """A misspelt word is named with file, line and the nearest right word; the old files stay in force."""
    async with open_core_world([ADMIN], tmp_path / "world", brand_dir=brand) as world:
        before = world.house.ground.shelf.book()
        _replace(brand / "templates/weekend-offer/template.yaml", "type: percent", "type: percnt")
        await world["ana"].says("/glocal reload")
        said = world["ana"].sees()[-1].words
        assert "templates/weekend-offer/template.yaml:" in said
        assert "percent" in said
        assert world.house.ground.shelf.book() is before


async def test_good_files_are_in_force_after_a_press(brand: Path, tmp_path: Path) -> None:
    """The admin sees what will change, presses, and the new words are in force; the press is in the audit log."""
    async with open_core_world([ADMIN], tmp_path / "world", brand_dir=brand) as world:
        _replace(brand / "templates/weekend-offer/copy/en.yaml", "title: Weekend offer", "title: Weekend treat")
        await world["ana"].says("/glocal reload")
        assert "weekend-offer" in world["ana"].sees()[-1].words
        await world["ana"].presses("Reload")
        copy = world.house.ground.shelf.book().templates["weekend-offer"].copy_for("en")
        assert copy.title == "Weekend treat"
        async with world.house.ground.store.reading() as uow:
            entries = await uow.audit.read(0, 100)
        assert "brand.reloaded" in {entry.event.what for entry in entries}


async def test_files_that_change_between_look_and_press_are_not_taken(brand: Path, tmp_path: Path) -> None:
    """What was checked is what comes into force: files that changed once more have to be looked at again."""
    async with open_core_world([ADMIN], tmp_path / "world", brand_dir=brand) as world:
        path = brand / "templates/weekend-offer/copy/en.yaml"
        _replace(path, "title: Weekend offer", "title: Weekend treat")
        await world["ana"].says("/glocal reload")
        _replace(path, "title: Weekend treat", "title: Weekend feast")
        before = world.house.ground.shelf.book()
        await world["ana"].presses("Reload")
        assert world.house.ground.shelf.book() is before


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


async def test_what_was_asked_is_delivered_as_it_was_seen(brand: Path, tmp_path: Path) -> None:
    """A brand that changes while a request waits changes neither the approvers' pictures nor the originals."""
    cast = [
        ADMIN,
        Cast(name="maria", place="old-mill", platform="slack"),
        Cast(name="sam", role=Role.APPROVER, place="springfield", platform="slack"),
    ]
    async with open_core_world(cast, tmp_path / "world", brand_dir=brand) as world:
        maria, sam, ana = world["maria"], world["sam"], world["ana"]
        await maria.says("20% off croissants this weekend")
        for label in ("Weekend offer", "Confirm all", "Ask for approval"):
            await maria.presses(label)
        seen = sam.card().pictures
        _replace(brand / "brand.yaml", "name: Ovenlark", "name: Ovenlark Bakers")
        await ana.says("/glocal reload")
        await ana.presses("Reload")
        await sam.presses("Approve")
        assert sam.card().pictures == seen
        async with world.house.ground.store.reading() as uow:
            campaign = await uow.campaigns.last(LocationId("old-mill"), template=None)
            request = await uow.requests.get(campaign.request_id) if campaign and campaign.request_id else None
        assert request
        assert request.brand_version != world.house.ground.shelf.book().brand.version
