"""Every call to the Bot API goes through here: paced, repeated where that is safe, its errors told apart.

A refusal says what to do: closed chats become Unreachable, lost posts PostGone, flood control RateLimited, outages
TryLater. A group that became a supergroup is followed to its new id.
"""

import os
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.errors import PostGone, RateLimited, TryLater, Unreachable
from bot.platforms.telegram_pace import Pace
from bot.platforms.telegram_threads import Remembered

os.environ.setdefault("PTB_TIMEDELTA", "true")  # RetryAfter.retry_after as a timedelta, its type from PTB 23 on

log = structlog.get_logger(__name__)
Result = TypeVar("Result")
Call = Callable[[int], Awaitable[Result]]

TRIES = 3
PATIENCE_S = 5.0
"""A pause that flood control asks for is waited out up to this; longer ones are given back."""
CLOSED = (
    "chat not found",
    "user is deactivated",
    "not enough rights",
    "have no rights to send",
    "chat_write_forbidden",
    "message thread not found",
    "topic_closed",
    "topic_deleted",
    "group chat was deactivated",
    "peer_id_invalid",
)
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
UNCHANGED = "message is not modified"
LATE = ("query is too old", "query id is invalid", "query_id_invalid")


class Caller:
    """Carries out calls for one bot."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._moved: Remembered[int, int] = Remembered(500)

    def where(self, chat_id: int) -> int:
        """Return the present id of a chat that may have become a supergroup."""
        return self._moved.get(chat_id) or chat_id

    async def post(self, chat_id: int, call: Call[Result], *, count: int = 1) -> Result:
        """Post or edit something in a chat; `call` is given the chat's present id.

        Raises:
            Unreachable, PostGone, RateLimited, TryLater: by what the person or the caller can do about it.
            BadRequest: Telegram refuses for a reason of its own, told apart by the caller.
        """
        for attempt in range(1, TRIES + 1):
            at = self.where(chat_id)
            await self._pace.enter(str(at), count)
            try:
                return await call(at)
            except RetryAfter as flood:
                self._pause(at, flood, is_last=attempt == TRIES)
            except ChatMigrated as moved:
                log.info("telegram.group_moved", chat=chat_id)
                self._moved.put(chat_id, moved.new_chat_id)
            except TelegramError as error:
                raise _told_apart(error) from error
        raise TryLater

    async def ask(self, call: Awaitable[Result]) -> Result:
        """Ask for something that is no post: files, chats, answers to presses."""
        try:
            return await call
        except RetryAfter as flood:
            raise RateLimited(_seconds(flood)) from flood
        except TelegramError as error:
            raise _told_apart(error) from error

    def _pause(self, chat_id: int, flood: RetryAfter, *, is_last: bool) -> None:
        wait_s = _seconds(flood)
        self._pace.close(str(chat_id), wait_s)
        if is_last or wait_s > PATIENCE_S:
            raise RateLimited(wait_s) from flood


def says(error: BadRequest, *sentences: str) -> bool:
    """Tell whether a refusal is one of these."""
    return any(sentence in error.message.lower() for sentence in sentences)


def _told_apart(error: TelegramError) -> Exception:
    match error:
        case Forbidden():
            return Unreachable()
        case BadRequest() if says(error, *CLOSED):
            return Unreachable()
        case BadRequest() if says(error, *GONE):
            return PostGone()
        case BadRequest():
            return error
        case NetworkError():
            return TryLater()
        case _:
            return error


def _seconds(flood: RetryAfter) -> float:
    pause = flood.retry_after
    return float(pause) if isinstance(pause, int) else pause.total_seconds()
