"""Fixtures of the doubles: each started on a free port, with the real SDK's client beside it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack_double import SlackDouble
from bot.playground.slack_state import Person, Place


@pytest.fixture
async def slack() -> AsyncIterator[SlackDouble]:
    """Return a running Slack double whose events nobody hears."""
    double = SlackDouble(retry_delays_s=(), upload_delay_s=0.01)
    async with double:
        yield double


@pytest.fixture
async def client(slack: SlackDouble) -> AsyncIterator[AsyncWebClient]:
    """Return the real SDK's client, pointed at the double."""
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(token=slack.token, base_url=slack.base_url, session=session)


@pytest.fixture
def sam(slack: SlackDouble) -> Person:
    """Return a person of the workspace."""
    return slack.workspace.add_person("sam")


@pytest.fixture
def approvals(slack: SlackDouble, sam: Person) -> Place:
    """Return a channel with Sam and the bot in it."""
    return slack.workspace.add_channel("approvals", members=(sam.id,))
