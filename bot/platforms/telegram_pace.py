"""How fast we may post: a token bucket for everything and one for each chat, and the pauses Telegram asks for.

`telegram_calls` waits here before every post and edit. A pause asked for by one chat stops that chat only. Numbers are
from Telegram's "Bots FAQ": 30 a second overall, 1 a second in one chat with short bursts.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.errors import RateLimited
from bot.platforms.telegram_threads import Remembered

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True)
class Rates:
    """What the sender allows itself."""

    overall_per_s: float = 30
    chat_per_s: float = 1
    chat_burst: int = 8
    longest_wait_s: float = 20
    """Above this a post is given back as RateLimited instead of waiting."""


@dataclass
class Bucket:
    """Tokens that fill up with time; taking more than there are means waiting."""

    per_s: float
    most: float
    tokens: float
    counted_at_s: float

    def wait_s(self, now_s: float, count: int) -> float:
        """Say how long to wait until `count` tokens are there."""
        self.tokens = min(self.most, self.tokens + (now_s - self.counted_at_s) * self.per_s)
        self.counted_at_s = now_s
        return max(0.0, (count - self.tokens) / self.per_s)

    def take(self, count: int) -> None:
        """Take tokens, on credit if need be: who comes next waits longer."""
        self.tokens -= count


class Pace:
    """The buckets of one bot."""

    def __init__(self, rates: Rates, *, sleep: Sleep = asyncio.sleep, now_s: Callable[[], float] | None = None) -> None:
        self._rates = rates
        self._sleep = sleep
        self._now_s = now_s or (lambda: asyncio.get_running_loop().time())
        self._overall: Bucket | None = None
        self._chats: Remembered[str, Bucket] = Remembered(2_000)
        self._closed_until_s: Remembered[str, float] = Remembered(2_000)

    async def enter(self, chat: str, count: int = 1) -> None:
        """Wait for the turn to post `count` things in a chat.

        Raises:
            RateLimited: the wait would be too long.
        """
        now_s = self._now_s()
        pause_s = (self._closed_until_s.get(chat) or 0) - now_s
        buckets = (self._all(now_s), self._of(chat, now_s))
        wait_s = max(pause_s, *(bucket.wait_s(now_s, count) for bucket in buckets))
        if wait_s > self._rates.longest_wait_s:
            raise RateLimited(wait_s)
        for bucket in buckets:
            bucket.take(count)
        if wait_s > 0:
            await self._sleep(wait_s)

    def close(self, chat: str, for_s: float) -> None:
        """Stop posting to a chat for a while, as Telegram asked."""
        self._closed_until_s.put(chat, self._now_s() + for_s)

    def _all(self, now_s: float) -> Bucket:
        if self._overall is None:
            most = self._rates.overall_per_s
            self._overall = Bucket(most, most, most, now_s)
        return self._overall

    def _of(self, chat: str, now_s: float) -> Bucket:
        bucket = self._chats.get(chat)
        if bucket is None:
            bucket = Bucket(self._rates.chat_per_s, self._rates.chat_burst, self._rates.chat_burst, now_s)
            self._chats.put(chat, bucket)
        return bucket
