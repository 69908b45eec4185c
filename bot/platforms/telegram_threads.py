"""Where a conversation branches on Telegram: topics of a forum, and chains of replies everywhere else.

A thread id is `<topic>`, `r<post>` or `<topic>r<post>`: the post that a chain began with. `telegram_intake` writes
them, `telegram.py` posts into them.
"""

import re
from collections import OrderedDict
from typing import Generic, TypeVar

from bot.domain.conversation import Address

NAME = "telegram"
_THREAD = re.compile(r"(\d*)(?:r(\d+))?")

Key = TypeVar("Key")
Thing = TypeVar("Thing")


class Remembered(Generic[Key, Thing]):
    """The last so many things by key; the oldest is forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[Key, Thing] = OrderedDict()

    def get(self, key: Key) -> Thing | None:
        """Return what was put, if it is still remembered."""
        return self._things.get(key)

    def put(self, key: Key, thing: Thing) -> None:
        """Remember a thing."""
        self._things[key] = thing
        self._things.move_to_end(key)
        if len(self._things) > self._most:
            self._things.popitem(last=False)

    def forget(self, key: Key) -> None:
        """Drop a thing."""
        self._things.pop(key, None)


class Chains:
    """Which post a chain of replies began with; an update names only the last one.

    Somebody whom we asked something in a group may answer without replying: the next words of theirs join the chain.
    """

    def __init__(self) -> None:
        self._roots: Remembered[tuple[int, int], int] = Remembered(5_000)
        self._asked: Remembered[tuple[int, int], int] = Remembered(1_000)

    def note(self, chat_id: int, message_id: int, root: int) -> None:
        """Remember that a post belongs to the chain under `root`."""
        self._roots.put((chat_id, message_id), root)

    def ask(self, chat_id: int, user_id: int, root: int) -> None:
        """Expect words from a person in a group, for the chain under `root`."""
        self._asked.put((chat_id, user_id), root)

    def answer(self, chat_id: int, user_id: int, message_id: int) -> int | None:
        """Give the chain that a person's words answer although they reply to nothing."""
        root = self._asked.get((chat_id, user_id))
        if root is not None:
            self._asked.forget((chat_id, user_id))
            self.note(chat_id, message_id, root)
        return self._roots.get((chat_id, message_id))

    def root(self, chat_id: int, message_id: int) -> int:
        """Return where the chain of a post began; the post itself when nothing is known."""
        return self._roots.get((chat_id, message_id)) or message_id


def draw_thread(topic: int | None, root: int | None = None) -> str:
    """Write a thread id."""
    return f"{topic or ''}{f'r{root}' if root else ''}"


def read_thread(address: Address) -> tuple[int | None, int | None]:
    """Read the topic and the post to reply to from an address."""
    found = _THREAD.fullmatch(address.thread_id)
    if found is None:
        return None, None
    return int(found[1]) if found[1] else None, int(found[2]) if found[2] else None
