"""Fixtures of the doubles: each started on a free port, with the real SDK's client beside it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
import telegram
from slack_sdk.web.async_client import AsyncWebClient
from telegram.request import HTTPXRequest

from bot.playground.slack_double import SlackDouble
from bot.playground.slack_state import Person, Place
from bot.playground.telegram_double import TelegramDouble
from bot.playground.telegram_state import TelegramUser


@pytest.fixture
async def slack() -> AsyncIterator[SlackDouble]:
    """Return a running Slack double whose events nobody hears."""
    double = SlackDouble(retry_delays_s=(), upload_delay_s=60)
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


@pytest.fixture
async def chats() -> AsyncIterator[TelegramDouble]:
    """Return a running Telegram double."""
    async with TelegramDouble() as double:
        yield double


@pytest.fixture
async def bot(chats: TelegramDouble) -> AsyncIterator[telegram.Bot]:
    """Return the real SDK's bot, pointed at the double."""
    requests = (HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2))  # saves reading certificates
    real = telegram.Bot(
        chats.token,
        base_url=chats.bot_url,
        base_file_url=chats.file_url,
        request=next(requests),
        get_updates_request=next(requests),
    )
    async with real:
        yield real


@pytest.fixture
def maria(chats: TelegramDouble) -> TelegramUser:
    """Return a person who has started the bot."""
    person = chats.state.add_user("Maria", username="maria_bakes")
    chats.people.start(person.user_id)
    return person
