"""One number for everything visible at the doubles, and the stream of it that keeps pages up to date.

A page that lost its stream asks again with the last number it saw and is told at once that there is more.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import Final

from bot.playground.stage import Stage

GATHER_S: Final = 0.05
"""Changes that come together are told as one."""
KEEP_ALIVE_S: Final = 15.0


class Pulse:
    """Counts visible changes of both doubles."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    @property
    def number(self) -> int:
        """Give the number of the last change."""
        telegram = self._stage.telegram
        return self._stage.slack.workspace.record.changes + telegram.state.changes.last_number + self._traffic

    @property
    def _traffic(self) -> int:
        return self._stage.telegram.traffic.last_number

    async def follow(self, seen: int) -> AsyncIterator[int | None]:
        """Yield the newest number whenever it is not `seen` any more; None now and then, to keep the line open."""
        while True:
            if self.number == seen:
                await self._wait()
                await asyncio.sleep(GATHER_S)
            if self.number == seen:
                yield None
            else:
                seen = self.number
                yield seen

    async def _wait(self) -> None:
        """Return at the next change, or after a while."""
        telegram = self._stage.telegram
        waits: tuple[Coroutine[object, object, object], ...] = (
            self._stage.slack.workspace.record.changed_after(self._stage.slack.workspace.record.changes),
            telegram.state.changes.wait_beyond(telegram.state.changes.last_number),
            telegram.traffic.wait_beyond(telegram.traffic.last_number),
        )
        tasks = [asyncio.create_task(wait) for wait in waits]
        try:
            await asyncio.wait(tasks, timeout=KEEP_ALIVE_S, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
