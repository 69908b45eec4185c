"""Event in to reply out, against a bare commit of one row in the same store."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.chat import Incoming, Reply, Typed
from bot.domain.conversation import Address, Conversation
from bot.testing.core_surface import CoreSurface
from bot.testing.world import Cast, World, open_core_world

TURNS = 120
CROWD = 16


async def measure_turns(folder: Path) -> dict[str, dict[str, float]]:
    """Time typed answers of one owner, then of sixteen at once."""
    cast = [Cast(name=f"owner{number}", place="old-mill") for number in range(CROWD)]
    figures: dict[str, dict[str, float]] = {}
    async with open_core_world(cast, folder / "turns") as world:
        for name, crowd in (("1 chat", 1), (f"{CROWD} chats", CROWD)):
            bare = await _time_commits(world, crowd)
            turns = await _time_turns(world, crowd)
            for label, quantile in (("p50", 50), ("p99", 99)):
                turn_ms, bare_ms = _percentile(turns, quantile), _percentile(bare, quantile)
                figures[f"turn {label}, {name}"] = {
                    "ratio": turn_ms / bare_ms,
                    "turn_ms": turn_ms,
                    "commit_ms": bare_ms,
                }
    return figures


async def _time_commits(world: World, crowd: int) -> list[float]:
    store = world.house.ground.store

    async def commit(number: int) -> float:
        start = time.perf_counter()
        async with store.writing() as uow:
            await uow.conversations.put(Conversation(platform="bench", workspace="b", conversation_id=f"c{number}"))
            await uow.commit()
        return (time.perf_counter() - start) * 1000

    return await _in_rounds(commit, crowd)


async def _time_turns(world: World, crowd: int) -> list[float]:
    """Time from the event's arrival to the moment the platform is handed the reply."""
    platform = world.platforms["slack"]
    posted: dict[str, asyncio.Future[float]] = {}
    post = platform.post

    async def noting(to: Address, reply: Reply, *, cause: Incoming | None = None) -> None:
        if cause:
            posted[cause.event_id].set_result(time.perf_counter())
        await post(to, reply, cause=cause)

    platform.post = noting  # type: ignore[method-assign]
    people, surface = list(world.people.values()), world.surface
    if not isinstance(surface, CoreSurface):
        message = "the bench runs on the core surface"
        raise TypeError(message)

    async def turn(number: int) -> float:
        person = people[number % crowd]
        address = Address(platform="slack", workspace="CORE", conversation_id=f"D{person.user_id}")
        incoming = surface.incoming(person, Typed(text="20% off croissants this weekend"), address)
        posted[incoming.event_id] = asyncio.get_running_loop().create_future()
        start = time.perf_counter()
        await world.house.answerer.record(incoming)
        return (await posted[incoming.event_id] - start) * 1000

    timed = await _in_rounds(turn, crowd)
    await world.settles()
    platform.post = post  # type: ignore[method-assign]
    return timed


async def _in_rounds(act: Callable[[int], Awaitable[float]], crowd: int) -> list[float]:
    """Let `crowd` act at once, round after round; the first round warms up."""
    timed: list[float] = []
    rounds = max(2, TURNS // crowd)
    for number in range(rounds):
        found = await asyncio.gather(*(act(number * crowd + one) for one in range(crowd)))
        timed += found if number else []
    return timed


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
