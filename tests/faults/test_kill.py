"""`kill -9` at fifty points while people go on; afterwards nothing is lost, and nothing happened twice.

The real `python -m bot serve` against the doubles' process: named crash points, all of them, and random instants.
"""

import asyncio
import os
import random
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import aiohttp
import pytest

from bot.crash import CRASH_POINTS
from bot.playground.slack_remote import SlackRemote
from bot.playground.telegram_remote import TelegramRemote
from tests.faults.aftermath import check_copies, check_documents, check_store, press_what_is_left, until_still
from tests.faults.chats import Chats
from tests.faults.lives import Decider, Life, Owner
from tests.faults.processes import Bot, open_bot, open_doubles

SEED = int(os.environ.get("GLOCAL_FAULT_SEED", "31415"))
KILLS = int(os.environ.get("GLOCAL_FAULT_KILLS", "50"))
COMMITS = {"before_store_commit", "after_store_commit"}
"""Points that every start passes: the first passes are left out."""
REACHED_WITHIN_S = 20.0

OWNERS = (
    Owner(user_id="5000000001", sentence="{percent}% off croissants this weekend"),
    Owner(user_id="5000000002", sentence="{percent}% off cinnamon buns this weekend"),
    Owner(user_id="5000000003", sentence="{percent}% de descuento en croissants este fin de semana"),
    Owner(user_id="5000000006", sentence="{percent}% de rabais sur les croissants cette fin de semaine"),
)
DECIDERS = (
    Decider(platform="slack", user_id="U0SAM00001", conversation_id="C0APPROVE1", language="en"),
    Decider(
        platform="telegram", user_id="5000000004", conversation_id="-1005000000101", language="es", changes_every=3
    ),
    Decider(
        platform="telegram", user_id="5000000005", conversation_id="-1005000000102", language="fr", changes_every=2
    ),
)


@dataclass
class Torment:
    """The plan of kills: each named point once at least, the rest at random instants."""

    chance: random.Random
    kills: int
    done: int = 0
    not_reached: int = 0
    goes_on: bool = True

    def plan(self) -> list[str]:
        """Give the points in order, empty for an instant; with fewer kills than names, some of the names."""
        named = [
            f"{name}:{self.chance.randint(3, 12) if name in COMMITS else self.chance.randint(1, 2)}"
            for name in CRASH_POINTS
        ]
        points = named + [""] * (self.kills - len(named))
        self.chance.shuffle(points)
        return points[: self.kills]

    async def run(self, bot: Bot, session: aiohttp.ClientSession) -> None:
        """Start and kill, until the plan is carried out."""
        points = self.plan()
        for number in count():
            if not points:
                break
            point = points.pop(0)
            await bot.start(crash_at=point)
            if not point:
                await self._at_an_instant(bot, session, in_start=number % 4 == 0)
            elif await bot.ready(session) and not await bot.dies_within(REACHED_WITHIN_S):
                await bot.kill()
                self.not_reached += 1
                points.append(point)
                assert self.not_reached < 2 * self.kills, f"{point} is never reached"
                continue
            self.done += 1
        self.goes_on = False

    async def _at_an_instant(self, bot: Bot, session: aiohttp.ClientSession, *, in_start: bool) -> None:
        if in_start:
            await asyncio.sleep(self.chance.uniform(0.3, 3.0))
        else:
            await bot.ready(session)
            await asyncio.sleep(self.chance.uniform(0.0, 2.5))
        assert bot.process
        assert bot.process.returncode is None, bot.log.read_text()[-3000:]
        await bot.kill()


@pytest.mark.slow
async def test_nothing_is_lost_or_doubled_by_kill_9(database_url: str, tmp_path: Path) -> None:
    """Every event, revision and decision survives; deliveries are at most once; doubled cards stay in step."""
    kills = KILLS if database_url.startswith("sqlite") else min(KILLS, len(CRASH_POINTS))
    print(f"\nseed {SEED} (GLOCAL_FAULT_SEED), {kills} kills (GLOCAL_FAULT_KILLS; on PostgreSQL each named point once)")
    torment = Torment(random.Random(SEED), kills)
    async with (
        open_doubles(tmp_path) as doubles,
        open_bot(tmp_path, doubles, database_url=database_url) as bot,
        aiohttp.ClientSession() as session,
    ):
        slack = SlackRemote(session, root_url=doubles.slack["root_url"])
        await slack.act("bot_url", url=f"http://127.0.0.1:{bot.port}/slack/events")
        telegram = TelegramRemote(session, root_url=doubles.telegram["root_url"])
        life = Life(Chats(slack, telegram, channel="C0APPROVE1"), torment.chance)
        async with asyncio.TaskGroup() as beside:
            always = [beside.create_task(life.chats.look_forever())]
            always += [beside.create_task(life.decide(one)) for one in DECIDERS]
            owners = [beside.create_task(life.own(one, goes_on=lambda: torment.goes_on)) for one in OWNERS]
            await torment.run(bot, session)
            await bot.start()
            life.chats.calm_at = time.monotonic()
            await asyncio.gather(*owners)
            left = await press_what_is_left(life, DECIDERS)
            await life.chats.until(lambda: life.chats.updates_waiting == 0, "every update taken")
            await until_still(database_url)
            for task in always:
                task.cancel()
        await life.chats.look()
        assert await bot.stop() == 0
    sums = await check_store(database_url, life.tally, acts=life.chats.acts)
    repeated = check_documents(life.chats, life.tally, sums)
    doubled = check_copies(life.chats)
    tally = life.tally
    print(
        f"{torment.done} kills ({len(CRASH_POINTS)} named points, {torment.not_reached} armed in vain)\n"
        f"{tally.stories} campaigns, {sums.events} events, {sums.revisions} revisions, {sums.decisions} decisions: "
        "none lost, none doubled\n"
        f"deliveries that may have gone out: {sums.uncertain}, each sent again by a press only; "
        f"originals that came twice by it: {repeated}\n"
        f"first posts of cards that stand twice, in step: {doubled} ({left} of them only after a press)\n"
        f"presses that Slack showed as failed: {tally.not_taken}; repeated after a fresh drawing: {tally.pressed_again}"
    )
