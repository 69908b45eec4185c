"""The road to and from Telegram: python-telegram-bot's Application, used for transport only.

Updates come by polling or by webhook into one queue, whose `put` writes the inbox row before anything is acknowledged:
if the row cannot be written, the offset does not move (or the webhook answers 500) and Telegram repeats.
"""

import asyncio
import hmac
import itertools
import json
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import Application
from telegram.request import HTTPXRequest

from bot.errors import Misconfigured

log = structlog.get_logger(__name__)
TakeIn = Callable[[Update], Awaitable[None]]

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "message_reaction")
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
POLL_S: Final = 25
FIRST_PAUSES_S: Final = (1.0, 2.0, 5.0, 10.0, 30.0)
LAST_PAUSE_S: Final = 60.0


@dataclass(frozen=True)
class Webhook:
    """Where Telegram is to call us, and the word by which we know that it is Telegram."""

    url: str
    secret: str


class InboxQueue(asyncio.Queue[object]):
    """A queue that keeps nothing: an update put into it is committed, or it is not taken."""

    def __init__(self, take_in: TakeIn) -> None:
        super().__init__()
        self._take_in = take_in

    async def put(self, item: object) -> None:
        """Commit an update; what is no update (the library's stop sign) is queued as usual.

        Raises:
            NetworkError: it could not be committed; the library asks Telegram again.
        """
        if not isinstance(item, Update):
            await super().put(item)
            return
        try:
            await self._take_in(item)
        except Exception as error:
            log.exception("telegram.update_not_recorded", update=item.update_id)
            raise NetworkError("the update could not be recorded") from error


class Transport:
    """One bot's Application: started, fed and stopped."""

    def __init__(self, *, token: str, base_url: str, take_in: TakeIn, webhook: Webhook | None) -> None:
        self._webhook = webhook
        self._queue = InboxQueue(take_in)
        self._trying: asyncio.Task[None] | None = None
        self.bot = Bot(
            token,
            base_url=f"{base_url.rstrip('/')}/bot",
            base_file_url=f"{base_url.rstrip('/')}/file/bot",
            request=_request(connections=64),
            get_updates_request=_request(connections=2),
        )
        builder = Application.builder().bot(self.bot).update_queue(self._queue).job_queue(None)
        # Any: Application is generic over six types that a transport has no use for.
        self._application: Application[Any, Any, Any, Any, Any, Any] = (
            builder.updater(None).build() if webhook else builder.build()
        )

    async def start(self, *, listens: bool = True) -> None:
        """Connect and take updates in, unless another process does; without a network keep trying.

        Raises:
            Misconfigured: Telegram does not know the token.
        """
        try:
            await self._connect(listens=listens)
        except InvalidToken:
            await self.close()
            raise Misconfigured("Telegram refuses the token (GLOCAL_TELEGRAM_TOKEN)") from None
        except TelegramError as error:
            log.warning("telegram.not_reached", reason=type(error).__name__)
            self._trying = asyncio.create_task(self._keep_trying(listens=listens), name="telegram connect")

    async def receive(self, body: bytes, secret: str) -> int:
        """Take in one webhook call and give the HTTP status to answer with."""
        if self._webhook is None or not hmac.compare_digest(secret.encode(), self._webhook.secret.encode()):
            return 401
        try:
            update = Update.de_json(json.loads(body), self.bot)
        except (ValueError, TypeError, KeyError, AttributeError):
            log.warning("telegram.webhook_unreadable")
            return 400
        try:
            await self._queue.put(update)
        except NetworkError:
            return 500
        return 200

    async def stop_intake(self) -> None:
        """Take no more updates in; posting still works."""
        updater = self._application.updater
        if updater and updater.running:
            await updater.stop()

    async def close(self) -> None:
        """Disconnect."""
        if self._trying is not None:
            self._trying.cancel()
            await asyncio.gather(self._trying, return_exceptions=True)
        await self.stop_intake()
        if self._application.running:
            await self._application.stop()
        await self._application.shutdown()
        await self.bot.shutdown()

    async def _connect(self, *, listens: bool) -> None:
        await self._application.initialize()
        if not self._application.running:
            await self._application.start()
        if listens:
            await self._listen()

    async def _keep_trying(self, *, listens: bool) -> None:
        for pause_s in itertools.chain(FIRST_PAUSES_S, itertools.repeat(LAST_PAUSE_S)):
            await asyncio.sleep(pause_s)
            try:
                await self._connect(listens=listens)
            except InvalidToken:
                log.error("telegram.token_refused", advice="Correct GLOCAL_TELEGRAM_TOKEN and start again.")  # noqa: TRY400 - the traceback holds the token
                return
            except TelegramError as error:
                log.warning("telegram.not_reached", reason=type(error).__name__)
            else:
                log.info("telegram.reached")
                return

    async def _listen(self) -> None:
        updater = self._application.updater
        if updater is not None:
            await updater.start_polling(
                timeout=POLL_S,
                allowed_updates=ALLOWED_UPDATES,
                bootstrap_retries=-1,
                error_callback=_note_trouble,
            )
        elif self._webhook is not None:
            secret = self._webhook.secret
            await self.bot.set_webhook(self._webhook.url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)


def _note_trouble(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.error("telegram.polled_by_another", advice="Stop the other process that uses this token.")
    else:
        log.warning("telegram.polling_trouble", reason=type(error).__name__)


def _request(*, connections: int) -> HTTPXRequest:
    """Give a client that is patient with uploads: a post given up on too early is posted twice."""
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=10,
        pool_timeout=10,
        read_timeout=30,
        write_timeout=20,
        media_write_timeout=60,
        httpx_kwargs={"verify": _certificates()},
    )


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """Read the certificates once; each client would read them again, 25 ms a time."""
    return ssl.create_default_context()
