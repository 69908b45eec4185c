"""The raw traffic between the bot and the double, and the faults one may order.

The inspector of the playground shows the traffic; it holds no token and no bytes of files. Faults make the double
behave as Telegram does on a bad day.
"""

import asyncio
from dataclasses import dataclass
from typing import Literal

from bot.playground.telegram_json import JsonObject, JsonValue
from bot.playground.telegram_rules import TelegramRefused

FaultKind = Literal["too_many", "refuse", "outage", "lost_answer"]


@dataclass(frozen=True)
class Exchange:
    """One call with its answer, or one update handed to the bot."""

    kind: Literal["call", "update"]
    at_s: float
    method: str
    sent: JsonObject
    answer: JsonValue = None
    status: int = 200


@dataclass(frozen=True)
class Fault:
    """One fault for the next calls of a method (`*`: any but getUpdates).

    `too_many` answers 429 with `retry_after_s`; `refuse` answers `code` and `sentence`; `outage` answers 502;
    `lost_answer` does what was asked and then closes the connection without an answer.
    """

    kind: FaultKind
    method: str = "*"
    times: int = 1
    retry_after_s: int = 1
    code: int = 400
    sentence: str = ""
    chat_id: int | None = None

    def concerns(self, method: str, chat_id: int | None) -> bool:
        """Say whether a call meets this fault."""
        is_method = method == self.method.lower() or (self.method == "*" and method != "getupdates")
        return is_method and (self.chat_id is None or self.chat_id == chat_id)


class TelegramFaults:
    """The faults that are still to happen, and a delay for every answer."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Fault, int]] = []
        self.delay_s = 0.0

    def order(self, fault: Fault) -> None:
        """Let a fault happen at the next calls it concerns."""
        self._waiting.append((fault, fault.times))

    async def before(self, method: str, chat_id: int | None) -> bool:
        """Meet a call before it is carried out and say whether its answer is to be lost.

        Raises:
            TelegramRefused: a fault answers instead.
        """
        if self.delay_s and method != "getupdates":
            await asyncio.sleep(self.delay_s)
        fault = self._take(method, chat_id)
        if fault is None:
            return False
        match fault.kind:
            case "too_many":
                pause_s = fault.retry_after_s
                raise TelegramRefused(f"retry after {pause_s}", code=429, retry_after_s=pause_s)
            case "refuse":
                raise TelegramRefused(fault.sentence, code=fault.code)
            case "outage":
                raise TelegramRefused("Bad Gateway", code=502)
            case "lost_answer":
                return True

    def _take(self, method: str, chat_id: int | None) -> Fault | None:
        for at, (fault, left) in enumerate(self._waiting):
            if fault.concerns(method, chat_id):
                self._waiting[at : at + 1] = [(fault, left - 1)] if left > 1 else []
                return fault
        return None
