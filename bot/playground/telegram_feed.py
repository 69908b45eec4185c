"""A numbered, ordered list of events that one can read from any point and then follow live.

The Telegram double writes what a person sees and the raw traffic into two of these; the panes, the inspector, the
driver and the tests read them. A reader that lost its stream names the last number it saw and misses nothing.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class TelegramFeed(Generic[Item]):
    """Items numbered from 1, in the order they happened."""

    def __init__(self) -> None:
        """Start empty."""
        self._items: list[Item] = []
        self._changed = asyncio.Event()

    @property
    def last_number(self) -> int:
        """The number of the newest item, 0 when there is none."""
        return len(self._items)

    def add(self, item: Item) -> int:
        """Append an item, wake every follower and return the item's number."""
        self._items.append(item)
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
        return len(self._items)

    def since(self, number: int) -> list[tuple[int, Item]]:
        """Return the items after `number` with their own numbers."""
        return list(enumerate(self._items[number:], start=number + 1))

    async def wait_beyond(self, number: int) -> None:
        """Return as soon as there is an item after `number`."""
        while self.last_number <= number:
            await self._changed.wait()

    async def follow(self, number: int = 0) -> AsyncIterator[tuple[int, Item]]:
        """Yield the items after `number`, then every new one, for ever."""
        while True:
            for at, item in self.since(number):
                number = at
                yield at, item
            await self.wait_beyond(number)
