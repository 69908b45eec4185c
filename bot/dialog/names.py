"""Several people in one sentence: `Grace, Sam, or Ana`. Cards and the submit answer say whom a request waits for."""

from collections.abc import Iterable

from babel.lists import format_list

MOST_NAMES = 3


def name_any(names: Iterable[str], language: str) -> str:
    """Name the first few of those of whom one is enough."""
    return format_list(list(names)[:MOST_NAMES], style="or", locale=language.replace("-", "_"))
