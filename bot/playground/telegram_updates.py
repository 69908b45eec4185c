"""How the double hands updates to the bot: long polling, or a webhook with the secret header.

An update stays until it is acknowledged, by a later offset or by a 2xx answer of the webhook. On demand every update
comes several times and in any order, as it happens between Telegram and a bot that lives on several machines.
"""

import asyncio
import contextlib
import random
from collections.abc import Callable
from typing import Final

import aiohttp

from bot.playground.telegram_json import JsonObject
from bot.playground.telegram_rules import POLLED_TWICE, WEBHOOK_IS_SET, TelegramRefused

ALL_KINDS: Final = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
    }
)
ONLY_ON_REQUEST: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name


class TelegramUpdates:
    """The queue between the chats and the bot."""

    def __init__(self, *, on_delivered: Callable[[JsonObject], None]) -> None:
        self._on_delivered = on_delivered
        self._pending: list[JsonObject] = []
        self._next_id = random.Random(7).randrange(10**8, 9 * 10**8)  # noqa: S311 - an id
        self._allowed = ALL_KINDS
        self._changed = asyncio.Event()
        self._heard = asyncio.Event()
        self._poll: asyncio.Future[None] | None = None
        self._courier: asyncio.Task[None] | None = None
        self._secret: str | None = None
        self._dice: random.Random | None = None
        self._copies = 1
        self.is_held = False
        self.webhook_url = ""
        self.webhook_error: str | None = None
        self.retry_s = 0.2

    @property
    def pending_count(self) -> int:
        """How many updates the bot has not acknowledged yet."""
        return len(self._pending)

    @property
    def allowed(self) -> frozenset[str]:
        """The kinds of update that the bot asked for."""
        return self._allowed

    def add(self, kind: str, content: JsonObject) -> int | None:
        """Queue an update and return its id; None when the bot has not asked for this kind."""
        if kind not in self._allowed:
            return None
        update_id, self._next_id = self._next_id, self._next_id + 1
        self._pending.append({"update_id": update_id, kind: content})
        self._wake()
        return update_id

    def allow(self, kinds: list[str] | None) -> None:
        """Take `allowed_updates`: None keeps the last choice, empty means everything but three kinds."""
        if kinds is not None:
            self._allowed = frozenset(kinds) & (ALL_KINDS | ONLY_ON_REQUEST) or ALL_KINDS

    def disturb(self, *, copies: int = 1, shuffle_seed: int | None = None) -> None:
        """Hand out every update `copies` times, in an order drawn from the seed; no arguments: behave."""
        self._copies = copies
        self._dice = None if shuffle_seed is None else random.Random(shuffle_seed)  # noqa: S311

    def hold(self, *, is_held: bool) -> None:
        """Keep updates back, or let them go."""
        self.is_held = is_held
        self._wake()

    async def drained(self) -> None:
        """Return when the bot has acknowledged every update."""
        while self._pending:
            await self._changed.wait()

    async def heard(self) -> None:
        """Return when the bot listens: it has polled, or set a webhook."""
        await self._heard.wait()

    async def poll(self, *, offset: int, limit: int, timeout_s: float) -> list[JsonObject]:
        """Serve getUpdates.

        Raises:
            TelegramRefused: a webhook is set, or a younger getUpdates took over while this one waited.
        """
        if self.webhook_url:
            raise TelegramRefused(WEBHOOK_IS_SET, code=409)
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(TelegramRefused(POLLED_TWICE, code=409))
        self._heard.set()
        self._acknowledge_below(offset)
        taken_over = self._poll = asyncio.get_running_loop().create_future()
        try:
            return await self._next_batch(taken_over, limit, timeout_s)
        finally:
            taken_over.cancel()

    async def set_webhook(self, url: str, *, secret_token: str | None) -> None:
        """Deliver to a URL from now on; an empty one goes back to polling."""
        if url and self._poll is not None and not self._poll.done():
            self._poll.set_exception(TelegramRefused("terminated by setWebhook request", code=409))
        await self.stop()
        self.webhook_url, self._secret, self.webhook_error = url, secret_token, None
        if url:
            self._heard.set()
            self._courier = asyncio.create_task(self._deliver(), name="telegram-double-webhook")

    def drop_pending(self) -> None:
        """Forget every update that waits."""
        self._pending.clear()
        self._wake()

    async def stop(self) -> None:
        """End the webhook's courier and the poll that waits, if there is one."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(TelegramRefused("Bad Gateway", code=502))
        if self._courier is not None:
            self._courier.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._courier
            self._courier = None

    async def _next_batch(self, taken_over: asyncio.Future[None], limit: int, timeout_s: float) -> list[JsonObject]:
        loop = asyncio.get_running_loop()
        ends_at_s = loop.time() + timeout_s
        while not self._ready() and (left_s := ends_at_s - loop.time()) > 0:
            waiting = asyncio.create_task(self._wait_for_change())
            await asyncio.wait((waiting, taken_over), timeout=left_s, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
            if taken_over.done():
                taken_over.result()
        batch = self._disturbed(self._ready()[:limit])
        for update in batch:
            self._on_delivered(update)
        return batch

    async def _wait_for_change(self) -> None:
        await self._changed.wait()

    def _ready(self) -> list[JsonObject]:
        return [] if self.is_held else self._pending

    def _acknowledge_below(self, offset: int) -> None:
        if offset < 0:
            self._pending = self._pending[offset:]
        else:
            self._pending = [each for each in self._pending if _id_of(each) >= offset]
        self._wake()

    def _disturbed(self, batch: list[JsonObject]) -> list[JsonObject]:
        copied = [update for update in batch for _ in range(self._copies)]
        if self._dice is not None:
            self._dice.shuffle(copied)
        return copied

    async def _deliver(self) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                if not self._ready():
                    await self._changed.wait()
                    continue
                for update in self._disturbed(self._ready()[:1] if self._dice is None else self._ready()[:8]):
                    await self._deliver_one(session, update)

    async def _deliver_one(self, session: aiohttp.ClientSession, update: JsonObject) -> None:
        headers = {SECRET_HEADER: self._secret} if self._secret else {}
        self._on_delivered(update)
        try:
            async with session.post(self.webhook_url, json=update, headers=headers) as answer:
                if answer.ok:
                    self._pending = [each for each in self._pending if each is not update]
                    self._wake()
                    return
                self.webhook_error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except aiohttp.ClientError as error:
            self.webhook_error = f"Connection failed: {type(error).__name__}"
        await asyncio.sleep(self.retry_s)

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()


def _id_of(update: JsonObject) -> int:
    number = update["update_id"]
    return number if isinstance(number, int) else 0
