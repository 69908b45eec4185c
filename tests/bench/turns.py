"""Event in to reply out, against a bare commit of one row in the same store.

A typed answer to an open question is measured, and a free sentence that starts something. Commits and turns take
their rounds in turn, so that whatever else the machine does weighs on both alike.
"""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bot.chat import Content, Incoming, Pressed, Reply, Typed
from bot.domain.conversation import Address, Conversation
from bot.testing.core_surface import WORKSPACE, CoreSurface
from bot.testing.people import Person
from bot.testing.world import Cast, World, open_core_world

TURNS = 160
CROWD = 16
SENTENCE = "20% off croissants this weekend"
ASKED = 3
"""The slot of the weekend offer that is asked again and again: its headline."""

Act = Callable[[int, int], Awaitable[float]]
"""Do something as a person in a round; gives milliseconds."""


@dataclass
class Bench:
    """A house whose platform notes when each reply reaches it."""

    world: World
    surface: CoreSurface
    replied: dict[str, asyncio.Future[float]] = field(default_factory=dict)

    def listen(self) -> None:
        """Stand between the house and its platform."""
        platform = self.surface.platforms["slack"]
        post = platform.post

        async def note_and_post(to: Address, reply: Reply, *, cause: Incoming | None = None) -> None:
            if cause and cause.event_id in self.replied:
                self.replied.pop(cause.event_id).set_result(time.perf_counter())
            await post(to, reply, cause=cause)

        platform.post = note_and_post  # type: ignore[method-assign]

    async def time_turn(self, person: Person, content: Content) -> float:
        """Time from the event's arrival to the moment the platform is handed the reply."""
        address = Address(platform="slack", workspace=WORKSPACE, conversation_id=f"D{person.user_id}")
        incoming = self.surface.incoming(person, content, address)
        replied = self.replied[incoming.event_id] = asyncio.get_running_loop().create_future()
        start = time.perf_counter()
        await self.world.house.answerer.record(incoming)
        replied_at: float = await replied
        return (replied_at - start) * 1000

    async def time_commit(self, name: str) -> float:
        """Time one small row, committed the way a turn commits."""
        row = Conversation(platform="bench", workspace="b", conversation_id=name)
        start = time.perf_counter()
        async with self.world.house.ground.store.writing() as uow:
            await uow.conversations.put(row)
            await uow.commit()
        return (time.perf_counter() - start) * 1000

    async def ask_again(self, person: Person) -> None:
        """Have the same question put once more, at the draft's present revision."""
        here = Address(platform="slack", workspace=WORKSPACE, conversation_id=f"D{person.user_id}")
        async with self.world.house.ground.store.reading() as uow:
            focus = await uow.focus.get(person.member_id, here)
            campaign = await uow.campaigns.load(focus.campaign_id) if focus.campaign_id else None
        if campaign is None:
            message = f"{person.name} has no draft open"
            raise LookupError(message)
        await self.time_turn(person, Pressed(action=f"ask:{campaign.id}:{campaign.revision}:{ASKED}", post_id=""))


async def measure_turns(folder: Path) -> dict[str, dict[str, float]]:
    """Time one owner, then sixteen at once: commits and answers by turns, and sentences by themselves."""
    cast = [Cast(name=f"owner{number}", place="old-mill") for number in range(CROWD)]
    figures: dict[str, dict[str, float]] = {}
    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(open_core_world(cast, folder / "turns"))
        bench = _listening(world)
        people = list(world.people.values())
        for name, crowd in (("1 chat", people[:1]), (f"{CROWD} chats", people)):
            sentences, commits = await _time_in_rounds(bench, crowd, _sentence(bench, crowd), ready=_at_once)
            figures |= _ratios(f"sentence {{}}, {name}", sentences, commits)
            for person in crowd:
                await person.presses("Weekend offer")
            answers, commits = await _time_in_rounds(bench, crowd, _answer(bench, crowd), ready=bench.ask_again)
            figures |= _ratios(f"turn {{}}, {name}", answers, commits)
    return dict(sorted(figures.items(), key=lambda figure: figure[0].startswith("sentence")))


def _listening(world: World) -> Bench:
    if not isinstance(world.surface, CoreSurface):
        message = "the bench runs on the core surface"
        raise TypeError(message)
    bench = Bench(world, world.surface)
    bench.listen()
    return bench


def _sentence(bench: Bench, crowd: list[Person]) -> Act:
    return lambda one, _: bench.time_turn(crowd[one], Typed(text=SENTENCE))


def _answer(bench: Bench, crowd: list[Person]) -> Act:
    return lambda one, number: bench.time_turn(crowd[one], Typed(text=f"Warm buns, slow day {number}"))


async def _at_once(person: Person) -> None:
    """Need nothing first."""


async def _time_in_rounds(
    bench: Bench, crowd: list[Person], act: Act, *, ready: Callable[[Person], Awaitable[None]]
) -> tuple[list[float], list[float]]:
    """Let everybody act at once, round after round, and commit as many bare rows in between; two rounds warm up."""
    timed: list[float] = []
    commits: list[float] = []
    for number in range(max(2, TURNS // len(crowd)) + 2):
        for person in crowd:
            await ready(person)
        await bench.world.settles()
        bare = await asyncio.gather(*(bench.time_commit(f"{number}-{one}") for one in range(len(crowd))))
        found = await asyncio.gather(*(act(one, number) for one in range(len(crowd))))
        commits += bare if number > 1 else []
        timed += found if number > 1 else []
        await bench.world.settles()
    return timed, commits


def _ratios(name: str, timed: list[float], commits: list[float]) -> dict[str, dict[str, float]]:
    figures: dict[str, dict[str, float]] = {}
    for label, percent in (("p50", 50), ("p99", 99)):
        turn_ms, commit_ms = _percentile(timed, percent), _percentile(commits, percent)
        figures[name.format(label)] = {"ratio": turn_ms / commit_ms, "turn_ms": turn_ms, "commit_ms": commit_ms}
    return figures


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
