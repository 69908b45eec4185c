"""A cache that counts what it holds: a render child keeps pictures and masks, but never too many.

Every cache of a child is one of these; the least recently used entry goes first.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class BoundedCache(Generic[V]):
    """Keep values up to a `limit`, in whatever `weigh` counts: bytes, or pieces."""

    def __init__(self, *, limit: int, weigh: Callable[[V], int]) -> None:
        self._limit = limit
        self._weigh = weigh
        self._kept: OrderedDict[Hashable, V] = OrderedDict()
        self._weight = 0

    def get(self, key: Hashable) -> V | None:
        """Find a value and count it as used."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key]

    def put(self, key: Hashable, value: V) -> V:
        """Keep a value and give it back."""
        if key in self._kept:
            self._weight -= self._weigh(self._kept.pop(key))
        self._kept[key] = value
        self._weight += self._weigh(value)
        while self._weight > self._limit and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._weight -= self._weigh(dropped)
        return value

    def get_or_make(self, key: Hashable, make: Callable[[], V]) -> V:
        """Find a value, or make and keep it."""
        found = self.get(key)
        return self.put(key, make()) if found is None else found
