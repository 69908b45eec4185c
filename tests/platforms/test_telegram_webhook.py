import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web

from bot.chat import Typed
from bot.errors import Misconfigured, StoreBusy
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram_transport import SECRET_HEADER, Webhook
from bot.playground.telegram_double import TelegramDouble
from bot.store import Media
from tests.platforms.conftest import FAST, Inbox, StandingClock, TelegramStage

SECRET = "kneaded-42"


@pytest.fixture
async def hooked(tmp_path: Path) -> AsyncIterator[TelegramStage]:
    """Return the platform at a double that calls it at a webhook."""
    inbox, clock, media = Inbox(), StandingClock(), Media(tmp_path)
    platforms: list[TelegramPlatform] = []

    async def hear(request: web.Request) -> web.Response:
        status = await platforms[0].receive(await request.read(), request.headers.get(SECRET_HEADER, ""))
        return web.Response(status=status)

    app = web.Application()
    app.add_routes([web.post("/telegram/webhook", hear)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    webhook = Webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/telegram/webhook", SECRET)
    async with TelegramDouble() as double:
        platform = TelegramPlatform(
            double.token, media=media, record=inbox.record, clock=clock, base_url=double.base_url, webhook=webhook,
            rates=FAST,
        )  # fmt: skip
        platforms.append(platform)
        maria, sam = double.state.add_user("Maria"), double.state.add_user("Sam")
        group = double.state.add_group("Approvals", members=(maria, sam))
        await platform.start()
        yield TelegramStage(double, platform, inbox, media, clock, maria, sam, group)
        await platform.close()
    await runner.cleanup()


async def test_updates_come_in_by_webhook(hooked: TelegramStage) -> None:
    """Telegram calls with the secret, and each update is one event."""
    hooked.double.updates.disturb(copies=3)
    hooked.double.people.say(hooked.maria.user_id, hooked.maria.user_id, "20% off")
    incoming = await hooked.settles()
    assert incoming.content == Typed(text="20% off")
    assert len(hooked.inbox.events) == 1


async def test_a_webhook_call_without_the_secret_is_refused(hooked: TelegramStage) -> None:
    """Who does not know the secret, or sends no update, is turned away."""
    body = json.dumps({"update_id": 1}).encode()
    assert await hooked.platform.receive(body, "") == 401
    assert await hooked.platform.receive(body, "kneaded-43") == 401
    assert await hooked.platform.receive(b"[]", SECRET) == 400
    assert await hooked.platform.receive(b"{", SECRET) == 400
    assert await hooked.platform.receive(body, SECRET) == 200


async def test_what_cannot_be_recorded_is_delivered_again(hooked: TelegramStage) -> None:
    """The webhook answers 500 while the store refuses, and Telegram repeats."""
    hooked.double.updates.retry_s = 0.01
    hooked.inbox.failure = StoreBusy()
    hooked.double.people.say(hooked.maria.user_id, hooked.maria.user_id, "20% off")
    await asyncio.sleep(0.05)
    assert "500" in (hooked.double.updates.webhook_error or "")
    hooked.inbox.failure = None
    assert (await hooked.settles()).content == Typed(text="20% off")


async def test_a_wrong_token_is_a_setting_to_correct(tmp_path: Path) -> None:
    """A token that Telegram refuses stops the start with a sentence that does not repeat it."""
    async with TelegramDouble() as double:
        wrong = double.token[:-1] + "y"
        platform = TelegramPlatform(
            wrong, media=Media(tmp_path), record=Inbox().record, clock=StandingClock(), base_url=double.base_url
        )
        with pytest.raises(Misconfigured) as refused:
            await platform.start()
        assert wrong not in str(refused.value)
        assert refused.value.__suppress_context__


async def test_without_a_network_it_keeps_trying(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Telegram that cannot be reached yet does not stop the start; it is connected to once it is there."""
    monkeypatch.setattr("bot.platforms.telegram_transport.FIRST_PAUSES_S", (0.01,) * 200)
    inbox = Inbox()
    async with TelegramDouble() as probe:
        free_port = int(probe.base_url.rpartition(":")[2])
    double = TelegramDouble()
    platform = TelegramPlatform(
        double.token, media=Media(tmp_path), record=inbox.record, clock=StandingClock(),
        base_url=f"http://127.0.0.1:{free_port}",
    )  # fmt: skip
    await platform.start()
    await double.start(port=free_port)
    maria = double.state.add_user("Maria")
    double.people.say(maria.user_id, maria.user_id, "hello")
    await asyncio.wait_for(double.updates.drained(), 5)
    assert inbox.last.content == Typed(text="hello")
    await platform.close()
    await double.stop()


async def test_two_bots_with_one_token_survive_each_other(telegram: TelegramStage) -> None:
    """A rival's poll ends ours with a conflict; ours goes on, and nothing is lost."""
    rival = replace(telegram, inbox=Inbox())
    await telegram.double.updates.poll(offset=0, limit=1, timeout_s=0)
    telegram.double.people.say(telegram.maria.user_id, telegram.maria.user_id, "still there?")
    assert (await telegram.settles()).content == Typed(text="still there?")
    assert rival.inbox.events == []
