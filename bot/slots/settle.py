"""One value out of several readings, or a question: what every typed slot does at the end of parsing."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import JsonValue

from bot.errors import Ambiguous, Unreadable

V = TypeVar("V")


def settle(
    readings: Sequence[V],
    check: Callable[[V], None],
    dump: Callable[[V], dict[str, JsonValue]],
    *,
    is_doubtful: bool = False,
) -> V:
    """Give the only reading that the slot allows, when it is also the likeliest one.

    `readings` come likeliest first and are not empty; `check` raises Unreadable for what the slot refuses.
    A doubtful single reading is asked about, too.

    Raises:
        Unreadable: the slot refuses every reading; the reason of the likeliest.
        Ambiguous: several are allowed, or only an unlikely one.
    """
    refusals: list[Unreadable] = []
    allowed: list[V] = []
    for value in readings:
        try:
            check(value)
        except Unreadable as refusal:
            refusals.append(refusal)
        else:
            allowed.append(value)
    if not allowed:
        raise refusals[0]
    if allowed == [readings[0]] and not is_doubtful:
        return allowed[0]
    raise Ambiguous(tuple(dict[str, object](dump(value)) for value in allowed))
