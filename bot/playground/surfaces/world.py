"""A running house at the doubles with the people a chat needs: `async with open_platform_world(…) as world`.

The cast is the one of `open_core_world`; each person sits on the platform their chat names, or on `platform`.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.app import launch_engine, open_engine, open_renderer
from bot.domain.conversation import Conversation
from bot.domain.ids import TerritoryId
from bot.domain.member import Account, Role
from bot.house import Ground, Parts
from bot.playground.joined import Joined, dbos_jobs, join_house, no_platforms
from bot.playground.slack_state import stable_id
from bot.playground.stage import SLACK_TEAM, Stage, open_stage
from bot.playground.surfaces.hands import Hands
from bot.playground.surfaces.slack_hands import SlackHands
from bot.playground.surfaces.surface import PlatformSurface
from bot.playground.surfaces.telegram_hands import TelegramHands
from bot.ports import Engine, Renderer, Writer
from bot.settings import Settings
from bot.testing.inline_engine import InlineEngine
from bot.testing.people import Person
from bot.testing.sketch import SketchRenderer
from bot.testing.time import TestClock
from bot.testing.world import Cast, World, enrol
from bot.writing import ExampleWriter

FIRST_USER_ID = 5_000_001_001


@dataclass
class PlatformWorld(World):
    """A world whose people sit at the doubles."""

    joined: Joined = field(kw_only=True)

    async def settles(self) -> None:
        """Wait until bot, jobs and doubles are still."""
        await self.joined.settles()


@asynccontextmanager
async def open_platform_world(
    cast: Iterable[Cast], folder: Path, *, platform: str = "slack", is_real: bool = False
) -> AsyncIterator[PlatformWorld]:
    """Open a house at fresh doubles; `is_real`: DBOS carries out jobs and Pillow draws."""
    clock, members = TestClock(), list(cast)
    inline = None if is_real else InlineEngine(clock)
    settings = Settings(_env_file=None, data_dir=folder, engine_poll_s=0.05, render_processes=1)
    async with AsyncExitStack() as stack:
        stage = await stack.enter_async_context(open_stage())
        joined = await stack.enter_async_context(join_house(stage, settings, _parts(clock, inline), seeds_people=False))
        channels = await _seat(joined, members, platform)
        world = PlatformWorld(
            house=joined.house, surface=_surface(joined, channels), clock=clock, people={}, engine=inline, joined=joined
        )
        joined.run_jobs = (lambda: inline.run_due(world.run)) if inline else dbos_jobs(joined.house)
        for number, one in enumerate(members):
            world.people[one.name] = await _enrol(world, one, number, platform)
        _fill_channels(stage, world.people.values(), channels)
        yield world


def _parts(clock: TestClock, inline: InlineEngine | None) -> Parts:
    async def engine(ground: Ground, stack: AsyncExitStack) -> Engine:
        return inline or await open_engine(ground, stack)

    async def renderer(ground: Ground, stack: AsyncExitStack) -> Renderer:
        return SketchRenderer() if inline else await open_renderer(ground, stack)

    def writer(_: Ground) -> Writer:
        return ExampleWriter()

    launch = None if inline else launch_engine
    return Parts(platforms=no_platforms, engine=engine, renderer=renderer, writer=writer, clock=clock, launch=launch)


def _surface(joined: Joined, channels: dict[str, Conversation]) -> PlatformSurface:
    """Give hands on both platforms, which know the shared conversation of each territory."""
    places = {area: here.conversation_id for area, here in channels.items() if here.platform == "slack"}
    groups = {area: int(here.conversation_id) for area, here in channels.items() if here.platform == "telegram"}
    slack, telegram = SlackHands(joined.stage.slack, places), TelegramHands(joined.stage.telegram, groups)
    hands: dict[str, Hands] = {"slack": slack, "telegram": telegram}
    return PlatformSurface(hands=hands, settles=joined.settles)


async def _seat(joined: Joined, cast: list[Cast], platform: str) -> dict[str, Conversation]:
    """Give every territory a shared conversation, on the platform of its first approver."""
    approvers = {one.place: one.platform for one in cast if one.role is Role.APPROVER and one.platform}
    anywhere = next(iter(approvers.values()), platform)
    channels: dict[str, Conversation] = {}
    async with joined.house.ground.store.writing() as uow:
        for number, area in enumerate(joined.house.ground.shelf.book().seed.territories):
            where = approvers.get(area.id, anywhere)
            channels[area.id] = Conversation(
                platform=where,
                workspace=_workspace(joined.stage, where),
                conversation_id=stable_id("C", area.id) if where == "slack" else f"-100500000020{number}",
                is_direct=False,
                territory_id=TerritoryId(area.id),
            )
            await uow.conversations.put(channels[area.id])
        await uow.commit()
    return channels


async def _enrol(world: PlatformWorld, one: Cast, number: int, platform: str) -> Person:
    platform = one.platform or platform
    stage, name = world.joined.stage, one.name if one.is_stranger else one.name.capitalize()
    user_id = stable_id("U", one.name) if platform == "slack" else str(FIRST_USER_ID + number)
    workspace = _workspace(stage, platform)
    account = Account(platform=platform, workspace=workspace, user_id=user_id)
    stage.seat(name, account, locale=one.locale)
    return await enrol(world.house, one, world.surface, workspace=workspace, platform=platform, user_id=user_id)


def _fill_channels(stage: Stage, people: Iterable[Person], channels: dict[str, Conversation]) -> None:
    """Put whoever decides or steers into the conversation of their territory."""
    known = list(people)
    for area, conversation in channels.items():
        inside = [
            Account(platform=one.platform, workspace=conversation.workspace, user_id=one.user_id)
            for one in known
            if one.territory_id == area
        ]
        stage.open_conversation(conversation, f"{area} approvals", inside)


def _workspace(stage: Stage, platform: str) -> str:
    return SLACK_TEAM if platform == "slack" else str(stage.telegram.state.bot.user_id)
