"""A running house on the core surface, with the people a chat needs: `async with open_core_world(…) as world`."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.conversation import Conversation
from bot.domain.ids import LocationId, MemberId, TerritoryId
from bot.domain.member import Account, Member, Membership, Role
from bot.engine.jobs import JOBS
from bot.house import Ground, House, Parts, Record, open_house
from bot.ports import Engine, Platform, Renderer, Writer
from bot.settings import Settings
from bot.testing.core import CorePlatform
from bot.testing.core_surface import WORKSPACE, CoreSurface
from bot.testing.inline_engine import InlineEngine
from bot.testing.people import Person, Surface
from bot.testing.sketch import SketchRenderer
from bot.testing.time import TestClock
from bot.testing.warm import lay_tables, read_book, shared_media
from bot.writing import ExampleWriter

JoinRenderer = Callable[[Ground, AsyncExitStack], Awaitable[Renderer]]


@dataclass(frozen=True)
class Cast:
    """One person of a chat: name, role and place, and the platform they sit on."""

    name: str
    role: Role | None = Role.OWNER
    """None: the bot knows the person, but they have no role."""
    place: str = ""
    """A location's or territory's id; empty for the whole brand."""
    platform: str = ""
    """`slack` or `telegram`; empty for the surface's own."""
    locale: str = "en"
    is_stranger: bool = False
    """The bot does not know the person."""
    same_as: str = ""
    """A second account of this other person."""


@dataclass
class World:
    """A house, its people and its time."""

    house: House
    surface: Surface
    clock: TestClock
    people: dict[str, Person]
    engine: InlineEngine | None = None
    platforms: Mapping[str, CorePlatform] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    async def settles(self) -> None:
        """Wait until the bot has nothing left to do at this instant."""
        await self.house.settle()
        while self.engine and await self.engine.run_due(self.run):
            await self.house.settle()

    async def passes(self, **amount: float) -> None:
        """Let time pass, and let due jobs run: `passes(hours=2)`."""
        self.clock.passes(**amount)
        await self.settles()

    async def run(self, name: str, arguments: Mapping[str, str]) -> None:
        """Carry a job out."""
        await JOBS[name](self.house.job_context(), arguments)


def core_parts(
    platforms: Mapping[str, CorePlatform], engine: InlineEngine, clock: TestClock, *, renderer: JoinRenderer | None
) -> Parts:
    """Give the parts of a house without platforms, workers and pixels."""

    async def join_platforms(ground: Ground, record: Record, stack: AsyncExitStack) -> dict[str, Platform]:
        del ground, record, stack
        return dict(platforms.items())

    async def join_engine(ground: Ground, stack: AsyncExitStack) -> Engine:
        del ground, stack
        return engine

    async def join_renderer(ground: Ground, stack: AsyncExitStack) -> Renderer:
        del ground, stack
        return SketchRenderer()

    def join_writer(ground: Ground) -> Writer:
        del ground
        return ExampleWriter()

    return Parts(
        platforms=join_platforms, engine=join_engine, renderer=renderer or join_renderer, writer=join_writer,
        clock=clock, read_book=read_book,
    )  # fmt: skip


@asynccontextmanager
async def open_core_world(
    cast: Iterable[Cast], folder: Path, *, database_url: str = "", platform: str = "slack", media: Path | None = None,
    brand_dir: Path | None = None, renderer: JoinRenderer | None = None,
) -> AsyncIterator[World]:  # fmt: skip
    """Open a house in a folder, with these people in it and a shared conversation for every territory.

    `renderer` draws for real where a test is about that (bot.app.open_renderer); sketches are the rule.
    """
    clock = TestClock()
    platforms = {name: CorePlatform(name) for name in ("slack", "telegram")}
    engine = InlineEngine(clock)
    settings = Settings(
        _env_file=None,
        data_dir=folder,
        database_url=database_url or f"sqlite:///{folder / 'glocal.db'}",
        media_dir=str(media or shared_media()),
        brand_dir=brand_dir,
    )

    parts = core_parts(platforms, engine, clock, renderer=renderer)
    if not database_url:
        await lay_tables(folder / "glocal.db")
    members = list(cast)
    async with open_house(settings, parts, seeds_people=False) as house:
        channels = await _open_channels(house, members, platform)
        people: dict[str, Person] = {}
        world = World(house=house, surface=None, clock=clock, people=people, engine=engine, platforms=platforms)  # type: ignore[arg-type]
        surface = CoreSurface(
            answerer=house.answerer, platforms=platforms, clock=clock, settles=world.settles, channels=channels
        )
        world.surface = surface
        for one in members:
            people[one.name] = await enrol(house, one, surface, workspace=WORKSPACE, platform=one.platform or platform)
        yield world


async def enrol(
    house: House, one: Cast, surface: Surface, *, workspace: str, platform: str, user_id: str = ""
) -> Person:
    """Make a member with one account and one role (or a second account), and give the person to play."""
    user_id = user_id or f"U{one.name.upper()}"
    member_id = MemberId(f"m-{one.same_as or one.name}")
    account = Account(platform=platform, workspace=workspace, user_id=user_id)
    places = house.ground.shelf.book().seed.places
    async with house.ground.store.writing() as uow:
        if one.same_as:
            await uow.members.add_account(member_id, account)
        elif not one.is_stranger:
            known = {area.id for area in places.territories}
            membership = Membership(
                role=one.role or Role.OWNER,
                location_id=LocationId(one.place) if one.place and one.place not in known else None,
                territory_id=TerritoryId(one.place) if one.place in known else None,
            )
            await uow.members.add(
                Member(
                    id=member_id, name=one.name.capitalize(), locale=one.locale, accounts=(account,),
                    memberships=(membership,) if one.role else (),
                )
            )  # fmt: skip
        await uow.commit()
    area = one.place if one.place in {area.id for area in places.territories} else places.territories[0].id
    territory = area if one.same_as or one.role in {Role.APPROVER, Role.ADMIN, Role.AUDITOR} else ""
    return Person(
        name=one.name, member_id=member_id, platform=platform, user_id=user_id, surface=surface, territory_id=territory
    )


async def _open_channels(house: House, cast: list[Cast], platform: str) -> dict[str, tuple[str, str]]:
    """Give every territory a shared conversation, on the platform of its first approver."""
    channels: dict[str, tuple[str, str]] = {}
    approvers = {one.place: one.platform for one in cast if one.role is Role.APPROVER and one.platform}
    anywhere = next(iter(approvers.values()), platform)
    async with house.ground.store.writing() as uow:
        for area in house.ground.shelf.book().seed.territories:
            where = approvers.get(area.id, anywhere)
            conversation = Conversation(
                platform=where, workspace=WORKSPACE, conversation_id=f"C{area.id}", is_direct=False,
                territory_id=area.id,
            )  # fmt: skip
            await uow.conversations.put(conversation)
            channels[area.id] = (where, conversation.conversation_id)
        await uow.commit()
    return channels
