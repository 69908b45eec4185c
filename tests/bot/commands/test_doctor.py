import json
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from bot.commands.examine import Finding, examine
from bot.platforms.slack_manifest import manifest
from bot.playground.slack_double import DEMO_TOKEN, SlackDouble
from bot.playground.telegram_double import TelegramDouble
from bot.settings import Settings
from tests.bot.commands.conftest import Run


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramDouble]:
    """Start a double of the Bot API."""
    async with TelegramDouble() as double:
        yield double


async def look(settings: Settings) -> dict[str, Finding]:
    """Examine, and find each finding by its name."""
    return {finding.name: finding for finding in await examine(settings)}


async def test_telegram_token_is_tried(telegram: TelegramDouble) -> None:
    """A token that Telegram takes shows the bot's name; another one shows what Telegram says."""
    known = Settings.model_validate({"telegram_token": telegram.token, "telegram_api_url": telegram.base_url})
    assert (await look(known))["Telegram"] == Finding("Telegram", is_well=True, detail="@glocal_bot")
    wrong = known.model_copy(update={"telegram_token": SecretStr("1:x")})
    found = (await look(wrong))["Telegram"]
    assert not found.is_well
    assert "refuses the token" in found.detail


async def test_slack_app_is_tried() -> None:
    """A token with every scope of the manifest is well; another one shows what Slack says."""
    secrets = {"slack_signing_secret": "made-up", "slack_bot_token": DEMO_TOKEN}
    async with SlackDouble(manifest=manifest("https://glocal.example")) as double:
        settings = Settings.model_validate({**secrets, "slack_api_url": double.base_url})
        assert (await look(settings))["Slack"].is_well
        wrong = settings.model_copy(update={"slack_bot_token": SecretStr("another")})
        assert "Slack refuses the token" in (await look(wrong))["Slack"].detail


async def test_slack_needs_its_signing_secret() -> None:
    """A bot token alone is not enough: without signing secret or socket nobody proves to be Slack."""
    found = (await look(Settings.model_validate({"slack_bot_token": "made-up"})))["Slack"]
    assert not found.is_well
    assert "GLOCAL_SLACK_SIGNING_SECRET" in found.detail


async def test_unreachable_platform_is_a_finding() -> None:
    """A platform that does not answer is told by kind of failure, without its token."""
    settings = Settings.model_validate({"telegram_token": "s3cret", "telegram_api_url": "http://127.0.0.1:9"})
    found = (await look(settings))["Telegram"]
    assert not found.is_well
    assert "s3cret" not in found.detail


def test_manifest_is_printed_for_an_address(run: Run) -> None:
    """`doctor --slack-manifest` prints the manifest with the address that Slack shall call."""
    code, said = run("doctor", "--slack-manifest", "https://glocal.example")
    assert code == 0
    printed = json.loads(said)
    assert printed["settings"]["event_subscriptions"]["request_url"] == "https://glocal.example/slack/events"
    code, said = run("doctor", "--slack-manifest")
    assert code == 0
    assert json.loads(said)["settings"]["socket_mode_enabled"] is True
