"""Fixtures of the platform tests: the real adapter between a strict double and an inbox kept in a list."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from bot.chat import Incoming
from bot.domain.conversation import Address
from bot.domain.ids import Digest
from bot.platforms.slack import SlackPlatform
from bot.platforms.slack_manifest import manifest
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram_pace import Rates
from bot.playground.slack_double import SlackDouble
from bot.playground.slack_json import JsonObject
from bot.playground.slack_state import Person, Place
from bot.playground.telegram_double import TelegramDouble
from bot.playground.telegram_state import ChatRoom, TelegramPost, TelegramUser
from bot.store import Media

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


class StandingClock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant


@dataclass
class Inbox:
    """An inbox that keeps each event once; `failure` makes it refuse to write."""

    taken: dict[str, Incoming] = field(default_factory=dict)
    failure: Exception | None = None
    answer: Callable[[Incoming], Awaitable[None]] | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def record(self, incoming: Incoming) -> bool:
        if self.failure is not None:
            raise self.failure
        if self.answer is not None:
            self.tasks.append(asyncio.ensure_future(_run(self.answer, incoming)))
        if incoming.event_id in self.taken:
            return False
        self.taken[incoming.event_id] = incoming
        return True

    @property
    def events(self) -> list[Incoming]:
        return list(self.taken.values())

    @property
    def last(self) -> Incoming:
        return self.events[-1]


async def _run(answer: Callable[[Incoming], Awaitable[None]], incoming: Incoming) -> None:
    await answer(incoming)


@dataclass
class SlackStage:
    """A Slack double, the platform under test, and what reached its inbox."""

    double: SlackDouble
    platform: SlackPlatform
    inbox: Inbox
    media: Media
    clock: StandingClock
    sam: Person
    channel: Place

    @property
    def direct(self) -> Place:
        return self.double.people.direct(self.sam.id)

    async def settles(self) -> None:
        """Wait until Slack has delivered everything."""
        await self.double.sender.delivered()

    async def keep(self, data: bytes) -> Digest:
        return await self.media.put(data)


@pytest.fixture
async def slack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SlackStage]:
    """Return the platform at a double that grants just what the manifest asks for."""
    monkeypatch.setattr("bot.playground.slack_events.ACK_WITHIN_S", 60.0)  # a busy machine is not what is tested
    asked: JsonObject = json.loads(json.dumps(manifest("https://bot.example")))
    double = SlackDouble(manifest=asked, team_id="T0GLOCAL01", retry_delays_s=(), upload_delay_s=0.01)
    inbox, clock, media = Inbox(), StandingClock(), Media(tmp_path)
    async with double:
        platform = SlackPlatform(
            double.token,
            double.signing_secret,
            media=media,
            record=inbox.record,
            clock=clock,
            base_url=double.base_url,
        )
        await platform.start()
        app = web.Application()
        app.add_routes(platform.routes())
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        double.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        sam = double.workspace.add_person("sam", user_id="U0SAM00001")
        channel = double.workspace.add_channel("approvals", channel_id="C0APPROVE1", members=(sam.id,))
        yield SlackStage(double, platform, inbox, media, clock, sam, channel)
        await runner.cleanup()
        await platform.close()


FAST = Rates(overall_per_s=10_000, chat_per_s=10_000, chat_burst=10_000)


@dataclass
class TelegramStage:
    """A Telegram double, the platform under test, and what reached its inbox."""

    double: TelegramDouble
    platform: TelegramPlatform
    inbox: Inbox
    media: Media
    clock: StandingClock
    maria: TelegramUser
    sam: TelegramUser
    group: ChatRoom

    @property
    def direct(self) -> Address:
        return self.at(self.maria.user_id)

    @property
    def shared(self) -> Address:
        return self.at(self.group.chat_id)

    def at(self, chat_id: int) -> Address:
        workspace = self.double.token.partition(":")[0]
        is_direct = chat_id > 0
        return Address(platform="telegram", workspace=workspace, conversation_id=str(chat_id), is_direct=is_direct)

    def posts(self, chat_id: int | None = None) -> list[TelegramPost]:
        """Return what the bot posted in a chat."""
        room = self.double.state.chats[chat_id or self.maria.user_id]
        return [post for post in room.posts.values() if post.sender == self.double.state.bot]

    def methods(self) -> list[str]:
        """Return the calls the bot made, without asking for itself and for updates."""
        calls = [exchange.method for _, exchange in self.double.traffic.since(0) if exchange.kind == "call"]
        return [method for method in calls if method not in {"getMe", "getUpdates", "deleteWebhook", "setWebhook"}]

    async def settles(self) -> Incoming:
        """Wait until the bot has taken every update; return the last event in the inbox."""
        await asyncio.wait_for(self.double.updates.drained(), 5)
        return self.inbox.last


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[TelegramStage]:
    """Return the platform at a double, polling, with Maria in a private chat and Sam in a group."""
    inbox, clock, media = Inbox(), StandingClock(), Media(tmp_path)
    async with TelegramDouble() as double:
        platform = TelegramPlatform(
            double.token, media=media, record=inbox.record, clock=clock, base_url=double.base_url, rates=FAST
        )
        maria = double.state.add_user("Maria", user_id=5_000_000_001)
        sam = double.state.add_user("Sam", user_id=5_000_000_002)
        group = double.state.add_group("Approvals", members=(maria, sam))
        double.state.open_private(maria)
        await platform.start()
        await asyncio.wait_for(double.updates.heard(), 5)
        yield TelegramStage(double, platform, inbox, media, clock, maria, sam, group)
        await platform.close()
