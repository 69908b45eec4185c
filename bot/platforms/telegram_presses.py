"""Answers to presses: each can be answered once and for a short time only, and a spinner turns until then.

`telegram.py` opens a press as soon as its row is written and answers it with the turn's words. A press that
nobody answered in time is answered with nothing, so that the spinner stops.
"""

import asyncio

import structlog
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.platforms.telegram_calls import LATE, says
from bot.platforms.telegram_text import clean, cut, units

ANSWER_LIMIT = 200
TOAST_CHARACTERS = 80
"""Longer answers stay until they are closed."""
SPINNER_S = 8.0
log = structlog.get_logger(__name__)


class Presses:
    """The presses that wait for their answer."""

    def __init__(self, *, spinner_s: float = SPINNER_S) -> None:
        self._spinner_s = spinner_s
        self._spinners: dict[str, asyncio.Task[None]] = {}

    def open(self, bot: Bot, query_id: str) -> None:
        """Expect an answer; stop the spinner if there is none in time."""
        if query_id in self._spinners:
            return
        task = asyncio.create_task(self._stop_spinner(bot, query_id), name=f"press {query_id}")
        self._spinners[query_id] = task
        task.add_done_callback(lambda _: self._spinners.pop(query_id, None))

    async def answer(self, bot: Bot, query_id: str, words: str = "") -> bool:
        """Answer a press; False when the person will not see it: too late, answered already, or too long."""
        if spinner := self._spinners.pop(query_id, None):
            spinner.cancel()
        text = clean(words).strip()
        is_alert = len(text) > TOAST_CHARACTERS or "\n" in text
        shown = text if units(text) <= ANSWER_LIMIT else ""
        try:
            await bot.answer_callback_query(query_id, shown or None, show_alert=is_alert and bool(shown))
        except BadRequest as error:
            if not says(error, *LATE):
                log.warning("telegram.press_not_answered", reason=error.message)
            return False
        except TelegramError as error:
            log.warning("telegram.press_not_answered", reason=type(error).__name__)
            return False
        return shown == text

    async def close(self) -> None:
        """Let the spinners be."""
        spinners = tuple(self._spinners.values())
        for spinner in spinners:
            spinner.cancel()
        await asyncio.gather(*spinners, return_exceptions=True)

    async def _stop_spinner(self, bot: Bot, query_id: str) -> None:
        await asyncio.sleep(self._spinner_s)
        self._spinners.pop(query_id, None)
        await self.answer(bot, query_id)


def shortened(words: str) -> str:
    """Cut words to what an answer to a press may hold."""
    text = clean(words).strip()
    return text if units(text) <= ANSWER_LIMIT else cut(text, ANSWER_LIMIT - 1) + "…"
