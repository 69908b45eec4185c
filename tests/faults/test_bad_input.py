import asyncio
import os
import shutil
import signal
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from bot.brandbook import BrandErrors, load_book
from bot.chat import Pressed, Typed
from bot.content import brand_dirs
from bot.domain.campaign import State
from bot.domain.conversation import Address
from bot.domain.ids import Digest
from bot.domain.member import Role
from bot.house import Ground
from bot.ports import Renderer
from bot.rendering import PillowRenderer
from bot.store import Media
from bot.testing import World, open_core_world
from bot.testing.core import CorePost, find_button
from bot.testing.core_surface import CoreSurface
from bot.testing.files import sample_file
from bot.testing.world import Cast
from tests.faults.story import SENTENCE, ask_for_approval, campaigns_of, words_since

CAST = (
    Cast(name="maria", place="old-mill", platform="telegram"),
    Cast(name="sam", role=Role.APPROVER, place="springfield", platform="slack"),
    Cast(name="grace", role=Role.APPROVER, place="springfield", platform="slack"),
    Cast(name="ana", role=Role.ADMIN, platform="slack"),
)
NO_ROOM = "I cannot store pictures right now. Your draft is kept; please send it again in a few minutes."
ART = "templates/weekend-offer/art/square.png"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Open a house with an owner, two approvers and an admin, and a media folder of its own."""
    async with open_core_world(CAST, tmp_path, media=tmp_path / "media") as opened:
        yield opened


@pytest.fixture
def brand_dir(tmp_path: Path) -> Path:
    """Copy the brand that is shipped, to be spoiled."""
    return Path(shutil.copytree(brand_dirs()[0], tmp_path / "brand" / "ovenlark"))


async def one_child(ground: Ground, stack: AsyncExitStack) -> Renderer:
    """Draw for real, with a single child."""
    renderer = PillowRenderer(locate=ground.media.path, children=1)
    stack.push_async_callback(renderer.close)
    await renderer.start()
    return renderer


@contextmanager
def full_disk() -> Iterator[None]:
    """Let every write of media meet the kernel's own ENOSPC."""

    def write_nowhere(_media: Media, _path: Path, data: bytes) -> None:
        with Path("/dev/full").open("wb", buffering=0) as file:
            file.write(data)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Media, "_write", write_nowhere)
        yield


def core(world: World) -> CoreSurface:
    """Give the surface, which makes single events."""
    assert isinstance(world.surface, CoreSurface)
    return world.surface


async def test_an_event_that_comes_five_times_is_answered_once(world: World) -> None:
    """Four copies at once and one long after are only acknowledged."""
    maria = world["maria"]
    here = Address(platform="telegram", workspace="CORE", conversation_id=f"D{maria.user_id}")
    event = core(world).incoming(maria, Typed(text=SENTENCE), here)
    taken = await asyncio.gather(*(world.house.answerer.record(event) for _ in range(4)))
    await world.settles()
    taken.append(await world.house.answerer.record(event))
    await world.settles()
    assert sum(taken) == 1
    assert len(maria.sees()) == 1


async def test_of_two_presses_in_the_same_instant_one_wins(world: World) -> None:
    """Two approvers press different buttons of one card at once: one decision, and the other is told whose."""
    await ask_for_approval(world["maria"])
    card = next(post for post in reversed(world.platforms["slack"].posts) if post.drawings[-1].is_card)
    events = []
    for name, label in (("sam", "Approve"), ("grace", "Approve")):
        button = find_button(card.rows[-1], label)
        assert button
        content = Pressed(action=button.action, post_id=card.post_id)
        events.append(core(world).incoming(world[name], content, card.address))
    await asyncio.gather(*(world.house.answerer.record(event) for event in events))
    await world.settles()
    private = [post for post in world.platforms["slack"].posts if post.only_for]
    assert [post.drawings[-1].words for post in private] == ["Sam was faster and approved it."]
    assert private[0].only_for == world["grace"].user_id
    async with world.house.ground.store.reading() as uow:
        logged = [one.event.what for one in await uow.audit.read(0, 1000)]
    assert logged.count("request.approve") == 1


def test_a_missing_image_is_named_by_the_check(brand_dir: Path) -> None:
    """A layout that shows a file nobody has is refused with the layout's line and the file's name."""
    (brand_dir / ART).unlink()
    with pytest.raises(BrandErrors, match=r"weekend-offer/layout\.yaml:\d+:\d+: unknown file “square\.png”"):
        load_book(brand_dir)


async def test_a_missing_image_costs_a_running_house_a_sentence(tmp_path: Path) -> None:
    """When an image vanishes under a running house, the owner's words are taken and the card says what is missing."""
    media = tmp_path / "media"
    async with open_core_world(CAST, tmp_path, media=media, renderer=one_child) as world:
        book = world.house.ground.shelf.book()
        lost = [digest for digest, path in book.files.items() if path.match(ART)]
        assert lost
        for digest in lost:
            world.house.ground.media.path(digest).unlink()
        await world["maria"].says(SENTENCE)
        await world["maria"].presses("Weekend offer")
        await world["maria"].presses("Confirm all")
        card = world["maria"].card()
        assert card.pictures == ()
        assert "preview" in card.words.lower()
        before = len(world["maria"].sees())
        await world["maria"].presses("Ask for approval")
        (told,) = words_since(world["maria"], before)
        assert told == "Something is set up wrongly at headquarters. Nothing was changed; please tell your admin."
        (campaign,) = await campaigns_of(world)
        assert campaign.state is State.DRAFT


async def test_a_typo_is_refused_with_file_and_line(tmp_path: Path, brand_dir: Path) -> None:
    """`/glocal reload` names file, line and the nearest right word, and the old files stay in force."""
    async with open_core_world(CAST, tmp_path, brand_dir=brand_dir) as world:
        version = world.house.ground.shelf.book().version
        file = brand_dir / "templates/weekend-offer/template.yaml"
        lines = file.read_text(encoding="utf-8").splitlines()
        number = next(index for index, line in enumerate(lines) if "type: percent" in line)
        lines[number] = lines[number].replace("type: percent", "type: percnt")
        file.write_text("\n".join(lines), encoding="utf-8")
        await world["ana"].says("/glocal reload")
        answer = world["ana"].sees()[-1].words
        assert f"templates/weekend-offer/template.yaml:{number + 1}" in answer
        assert "percent" in answer
        assert world.house.ground.shelf.book().version == version
        await ask_for_approval(world["maria"])
        assert "Waiting for" in world["maria"].card().words


async def test_a_full_disk_is_said_and_nothing_is_lost(world: World) -> None:
    """A photo that cannot be kept is refused in one sentence; the draft stands, and the same photo works later."""
    maria, photo = world["maria"], sample_file("croissant.png")
    await maria.says("new product sourdough loaf for $6.50")
    await maria.presses("New product")
    (before,) = await campaigns_of(world)
    seen = len(maria.sees())
    with full_disk():
        await maria.uploads("croissant.png", photo)
    assert words_since(maria, seen) == [NO_ROOM]
    assert await campaigns_of(world) == [before]
    await maria.uploads("croissant.png", photo)
    (after,) = await campaigns_of(world)
    assert after.revision == before.revision + 1
    assert "photo" in after.values


async def test_words_are_taken_while_the_disk_is_full(world: World) -> None:
    """A draft can be written without its preview; asking for approval waits until there are pictures to approve."""
    maria = world["maria"]
    with full_disk():
        await maria.says(SENTENCE)
        await maria.presses("Weekend offer")
        await maria.presses("Confirm all")
        assert maria.card().pictures == ()
        assert "The preview could not be drawn." in maria.card().words
        seen = len(maria.sees())
        await maria.presses("Ask for approval")
        assert words_since(maria, seen) == [NO_ROOM]
    await maria.presses("Ask for approval")
    assert len(world["sam"].card().pictures) == 3


async def test_a_card_without_its_pictures_cannot_be_approved(world: World) -> None:
    """The press is refused and draws them, because a decision is bound to what was seen; the next press counts."""
    await ask_for_approval(world["maria"])
    (campaign,) = await campaigns_of(world)
    shown = world["sam"].card().pictures
    for digest in shown:
        world.house.ground.media.path(Digest(digest)).unlink()
    async with world.house.ground.store.writing() as uow:
        for placement in await uow.placements.of_campaign(campaign.id):
            await uow.placements.stale(placement.id)
        await uow.commit()
    with full_disk():
        await world.house.redrawer.sweep()
    assert world["sam"].card().pictures == ()
    await world["sam"].presses("Approve")
    assert world["sam"].card().pictures == shown
    assert (await campaigns_of(world))[0].state is State.SUBMITTED
    await world["sam"].presses("Approve")
    assert (await campaigns_of(world))[0].state is State.DELIVERED


async def test_a_copy_nobody_knows_is_brought_in_step_by_a_press(world: World) -> None:
    """A card whose first post was doubled by a crash is adopted even when the press on it comes too late."""
    maria = world["maria"]
    await maria.says(SENTENCE)
    await maria.presses("Weekend offer")
    known = next(post for post in world.platforms["telegram"].posts if post.drawings[-1].is_card)
    doubled = CorePost(post_id="doubled", address=known.address, drawings=[*known.drawings], rows=[*known.rows])
    await maria.presses("Confirm all")
    world.platforms["telegram"].posts.append(doubled)
    await maria.presses("Confirm all")
    assert maria.sees()[-1].words.startswith("This has changed since")
    assert doubled.drawings[-1] == known.drawings[-1]
    assert doubled.rows[-1] == known.rows[-1]


async def test_a_database_locked_for_two_seconds_is_waited_for(world: World, tmp_path: Path) -> None:
    """Somebody else holds the database for two seconds: the event is taken in and answered, nothing is refused."""
    other = sqlite3.connect(tmp_path / "glocal.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    asyncio.get_running_loop().call_later(2, other.execute, "COMMIT")
    await world["maria"].says(SENTENCE)
    other.close()
    assert [seen.words.splitlines()[0] for seen in world["maria"].sees()] == ["Is this what you mean?"]


@pytest.mark.postgres
async def test_postgresql_locked_for_two_seconds_is_waited_for(postgres_url: str, tmp_path: Path) -> None:
    """The same on PostgreSQL, where somebody holds the inbox."""
    async with open_core_world(CAST, tmp_path, database_url=postgres_url) as world:
        other = psycopg.connect(postgres_url.replace("+psycopg", ""))
        other.execute("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE")
        asyncio.get_running_loop().call_later(2, other.close)
        await world["maria"].says(SENTENCE)
        assert [seen.words.splitlines()[0] for seen in world["maria"].sees()] == ["Is this what you mean?"]


async def test_a_render_child_that_is_killed_is_replaced(tmp_path: Path) -> None:
    """Children killed in the middle of a picture cost time, not the picture."""
    async with open_core_world(CAST, tmp_path, media=tmp_path / "media", renderer=one_child) as world:
        renderer = world.house.answerer.renderer
        assert isinstance(renderer, PillowRenderer)
        await world["maria"].says(SENTENCE)
        asyncio.get_running_loop().call_later(0.02, kill, renderer.child_pids)
        await world["maria"].presses("Weekend offer")
        card = world["maria"].card()
        assert len(card.pictures) == 1
        assert world.house.ground.media.has(Digest(card.pictures[0]))


def kill(pids: tuple[int, ...]) -> None:
    """End our own children as the kernel does when memory runs out."""
    for pid in filter(None, pids):
        os.kill(pid, signal.SIGKILL)
