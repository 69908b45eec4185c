"""A house joined to the doubles: real adapters, the real port, and waiting until everything is still.

The platform surfaces, `demo` and the page open it; what else it is made of (renderer, engine, clock) is theirs to say.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace

from bot.app import open_port
from bot.engine.dbos_engine import DbosEngine
from bot.house import Ground, House, Parts, Record, open_house
from bot.platforms.slack import SlackPlatform
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram_pace import Rates
from bot.playground.stage import Stage
from bot.ports import Platform
from bot.settings import Settings

UNHURRIED = Rates(overall_per_s=1_000, chat_per_s=1_000, chat_burst=1_000)
"""The doubles have no flood limits unless a test orders them."""
PATIENCE_S = 60.0
POLL_S = 0.02


async def _nothing() -> int:
    return 0


async def no_platforms(_ground: Ground, _record: Record, _stack: AsyncExitStack) -> dict[str, Platform]:
    """Stand in `Parts` until `join_house` puts the doubles there."""
    return {}


def dbos_jobs(house: House) -> Callable[[], Awaitable[int]]:
    """Wait for the jobs that DBOS carries out in this process."""

    async def run() -> int:
        engine, waited = house.engine, 0
        while isinstance(engine, DbosEngine) and not await engine.is_idle():
            await asyncio.sleep(POLL_S)
            waited = 1
        return waited

    return run


@dataclass
class Joined:
    """One house and the doubles it talks to."""

    house: House
    stage: Stage
    run_jobs: Callable[[], Awaitable[int]] = field(default=_nothing)
    """Let due jobs run and give their number; 0 when there was nothing to do."""

    async def settles(self) -> None:
        """Wait until nobody has anything left to do at this instant."""
        async with asyncio.timeout(PATIENCE_S):
            before = (-1, -1)
            while (now := self._pulse()) != before:
                before = now
                await self.stage.slack.sender.delivered()
                await self.stage.telegram.updates.drained()
                await self.house.settle()
                while await self.run_jobs():
                    await self.house.settle()

    def _pulse(self) -> tuple[int, int]:
        return self.stage.slack.workspace.record.changes, self.stage.telegram.state.changes.last_number


@asynccontextmanager
async def join_house(
    stage: Stage, settings: Settings, parts: Parts, *, seeds_people: bool | None = None
) -> AsyncIterator[Joined]:
    """Open a house whose platforms are the doubles of a stage that is running."""

    async def platforms(ground: Ground, record: Record, stack: AsyncExitStack) -> dict[str, Platform]:
        return await _open_platforms(stage, ground, record, stack)

    alone = settings.model_copy(update={"host": "127.0.0.1", "port": 0})
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(
            open_house(alone, replace(parts, platforms=platforms), seeds_people=seeds_people)
        )
        server = await open_port(house, stack, settings=alone)
        stage.slack.bot_url = f"{server.url}/slack/events"
        await stage.telegram.updates.heard()
        yield Joined(house, stage)


async def _open_platforms(stage: Stage, ground: Ground, record: Record, stack: AsyncExitStack) -> dict[str, Platform]:
    slack = SlackPlatform(
        stage.slack.token, stage.slack.signing_secret, media=ground.media, record=record, clock=ground.clock,
        base_url=stage.slack.base_url,
    )  # fmt: skip
    stack.push_async_callback(slack.close)
    await slack.start()
    telegram = TelegramPlatform(
        stage.telegram.token, media=ground.media, record=record, clock=ground.clock,
        base_url=stage.telegram.base_url, rates=UNHURRIED,
    )  # fmt: skip
    stack.push_async_callback(telegram.close)
    await telegram.start()
    return {"slack": slack, "telegram": telegram}
