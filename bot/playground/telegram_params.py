"""Reads one call to the Telegram double: its parameters, whatever way they were sent, and its uploads.

Telegram takes GET and POST, form fields, multipart and JSON. Nested objects arrive as JSON text inside a form field or
as real JSON; both read the same here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeGuard

from aiohttp import web

from bot.playground.telegram_json import JsonObject, JsonValue
from bot.playground.telegram_rules import TelegramRefused

_ATTACHED: Final = "attach://"


@dataclass(frozen=True)
class Upload:
    """One file part of a multipart call."""

    name: str
    mime_type: str
    data: bytes


@dataclass(frozen=True)
class Params:
    """The parameters of one call, read by name and type."""

    values: Mapping[str, JsonValue]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Say whether the parameter was sent at all."""
        return name in self.values or name in self.uploads

    def text(self, name: str, default: str = "") -> str:
        """Return a parameter as text."""
        found = self.values.get(name)
        if found is None:
            return default
        return found if isinstance(found, str) else json.dumps(found)

    def integer(self, name: str, default: int = 0) -> int:
        """Return a parameter as a number, the default when it is absent or none."""
        try:
            return int(self.text(name, str(default)))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        """Return a parameter as a yes or no."""
        return self.text(name).lower() in {"true", "1", "yes"}

    def structure(self, name: str) -> JsonValue:
        """Return a parameter that holds JSON; None when it is absent.

        Raises:
            TelegramRefused: it is no JSON.
        """
        found = self.values.get(name)
        if not isinstance(found, str):
            return found
        if not found:
            return None
        try:
            parsed: JsonValue = json.loads(found)
        except ValueError as error:
            raise TelegramRefused(f"can't parse {name.replace('_', ' ')} JSON object") from error
        return parsed

    def upload(self, name: str) -> Upload | None:
        """Return the file sent under a name, directly or by `attach://`."""
        if name in self.uploads:
            return self.uploads[name]
        return self.attached(self.text(name))

    def attached(self, reference: str) -> Upload | None:
        """Return the part that `attach://<part>` names; None when the reference is something else.

        Raises:
            TelegramRefused: the part was not sent.
        """
        if not reference.startswith(_ATTACHED):
            return None
        part = reference.removeprefix(_ATTACHED)
        if part not in self.uploads:
            raise TelegramRefused("wrong file identifier/HTTP URL specified")
        return self.uploads[part]

    def for_the_log(self) -> JsonObject:
        """Return what was sent, nested JSON opened and files named instead of included."""
        drawn: JsonObject = {}
        for name, found in self.values.items():
            try:
                opened = isinstance(found, str) and found[:1] in {"{", "["}
                drawn[name] = json.loads(str(found)) if opened else found
            except ValueError:
                drawn[name] = found
        for name, part in self.uploads.items():
            drawn[name] = f"({part.name}, {part.mime_type}, {len(part.data)} bytes)"
        return drawn


async def read_params(request: web.Request) -> Params:
    """Read the parameters of a call from its query and body."""
    values: dict[str, JsonValue] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        body: JsonValue = await request.json() if request.can_read_body else {}
        if is_object(body):
            values.update(body)
        return Params(values)
    for name, sent in (await request.post()).items():
        if isinstance(sent, web.FileField):
            uploads[name] = Upload(sent.filename, sent.content_type, sent.file.read())
        elif isinstance(sent, str):
            values[name] = sent
    return Params(values, uploads)


def is_object(candidate: JsonValue) -> TypeGuard[JsonObject]:
    """Say whether a JSON value is an object."""
    return isinstance(candidate, dict)
