"""The ordered record of the Slack double: raw traffic for the inspector, and a pulse for live panes.

`note` marks any visible change, `add` keeps one exchange with the bot; whoever draws waits in
`changed_after`.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.playground.slack_json import Json

MOST_EXCHANGES = 5_000


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, as they went over the wire (without the token)."""

    number: int
    at: float
    direction: Literal["to_slack", "to_bot"]
    name: str
    request: Json
    status: int
    answer: Json


class Record:
    """Exchanges in order, and the number of the last visible change."""

    def __init__(self, *, now: Callable[[], float]) -> None:
        self._now = now
        self.exchanges: list[Exchange] = []
        self.changes = 0
        self._added = 0
        self._pulse = asyncio.Event()

    def add(
        self,
        name: str,
        *,
        direction: Literal["to_slack", "to_bot"],
        request: Json,
        status: int,
        answer: Json,
    ) -> None:
        """Keep one exchange."""
        self._added += 1
        self.exchanges.append(Exchange(self._added, self._now(), direction, name, request, status, answer))
        del self.exchanges[:-MOST_EXCHANGES]
        self.note()

    def note(self) -> None:
        """Mark a visible change and wake whoever waits for one."""
        self.changes += 1
        self._pulse.set()
        self._pulse = asyncio.Event()

    async def changed_after(self, number: int) -> int:
        """Wait until there is a change after this number; return the newest number."""
        while self.changes <= number:
            await self._pulse.wait()
        return self.changes

    def named(self, name: str) -> list[Exchange]:
        """Return the exchanges of one method, event or action."""
        return [exchange for exchange in self.exchanges if exchange.name == name]
