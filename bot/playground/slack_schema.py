"""The words of which the Block Kit rules are made: a check takes a value and yields what is wrong.

Pure. `slack_rules` writes Slack's reference down with these; the texts are the ones Slack answers.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.playground.slack_json import Json, JsonObject


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing Slack refuses, and the JSON pointer to it."""

    text: str
    pointer: str

    def __str__(self) -> str:
        return f"{self.text} [json-pointer:{self.pointer}]"


Check: TypeAlias = Callable[[Json, str], Iterator[Problem]]


def string(*, most: int, least: int = 1, pattern: str = "", one_of: tuple[str, ...] = ()) -> Check:
    """Check a string's length, and its form where one is asked for."""

    def check(value: Json, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem("must provide a string", pointer)
            return
        if len(value) > most:
            yield Problem(f"must be less than {most + 1} characters", pointer)
        if len(value) < least:
            yield Problem(f"must be more than {least - 1} characters", pointer)
        if pattern and not re.fullmatch(pattern, value):
            yield Problem(f"input must match regex pattern: {pattern}", pointer)
        if one_of and value not in one_of:
            yield Problem(f"must be one of: {', '.join(one_of)}", pointer)

    return check


def boolean(value: Json, pointer: str) -> Iterator[Problem]:
    """Check a boolean."""
    if not isinstance(value, bool):
        yield Problem("must provide a boolean", pointer)


def integer(value: Json, pointer: str) -> Iterator[Problem]:
    """Check a whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        yield Problem("must provide an integer", pointer)


def array(item: Check, *, most: int, least: int = 1) -> Check:
    """Check an array's size and each of its items."""

    def check(value: Json, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem("must provide an array", pointer)
            return
        if len(value) > most:
            yield Problem(f"no more than {most} items allowed", pointer)
        if len(value) < least:
            yield Problem(f"no less than {least} items allowed", pointer)
        for index, entry in enumerate(value):
            yield from item(entry, f"{pointer}/{index}")

    return check


def shape(
    fields: Mapping[str, Check],
    *,
    required: Iterable[str] = (),
    exactly_one: tuple[str, ...] = (),
    any_of: tuple[str, ...] = (),
) -> Check:
    """Check an object: its known fields, the required ones, and nothing else."""
    needed = tuple(required)

    def check(value: Json, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem("must provide an object", pointer)
            return
        for key in needed:
            if key not in value:
                yield Problem(f"missing required field: {key}", pointer)
        yield from _choices(value, pointer, exactly_one=exactly_one, any_of=any_of)
        for key, entry in value.items():
            if key == "type":
                continue
            if key in fields:
                yield from fields[key](entry, f"{pointer}/{key}")
            else:
                yield Problem(f"invalid additional property: {key}", pointer)

    return check


def _choices(
    value: JsonObject, pointer: str, *, exactly_one: tuple[str, ...], any_of: tuple[str, ...]
) -> Iterator[Problem]:
    if exactly_one and sum(key in value for key in exactly_one) != 1:
        names = " or ".join(f"`{key}`" for key in exactly_one)
        yield Problem(f"must define either {names}", f"{pointer}/type")
    if any_of and not any(key in value for key in any_of):
        names = " or ".join(f"`{key}`" for key in any_of)
        yield Problem(f"must define either {names}", f"{pointer}/type")


def one_of_types(types: Mapping[str, Check]) -> Check:
    """Check an object by its `type`; a type that is not listed is refused."""

    def check(value: Json, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem("must provide an object", pointer)
            return
        kind = value.get("type")
        if not isinstance(kind, str):
            yield Problem("missing required field: type", pointer)
        elif kind not in types:
            yield Problem(f"unsupported type: {kind}", f"{pointer}/type")
        else:
            yield from types[kind](value, pointer)

    return check


def text_object(*, most: int, plain: bool = False) -> Check:
    """Check a text object; `plain` allows `plain_text` only."""
    body = string(most=most)
    plain_text = shape({"text": body, "emoji": boolean}, required=("text",))
    mrkdwn = shape({"text": body, "verbatim": boolean}, required=("text",))
    kinds = {"plain_text": plain_text} if plain else {"plain_text": plain_text, "mrkdwn": mrkdwn}
    return one_of_types(kinds)
