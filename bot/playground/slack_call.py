"""One call of the Slack Web API as its methods see it, and the one way to refuse it.

`slack_api` builds the `Call` from the request; the method modules read it and return the answer's
fields, or raise `ApiRefusal` with Slack's own error text.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.playground.slack_json import Json, JsonObject, read, text_at
from bot.playground.slack_schema import Problem
from bot.playground.slack_state import HeldFile, Place, Workspace
from bot.playground.slack_tickets import Tickets

Emit = Callable[[JsonObject], None]


class ApiRefusal(Exception):
    """Slack's answer `ok: false`, with the error text and whatever explains it."""

    def __init__(
        self,
        error: str,
        *,
        details: Sequence[Problem | str] = (),
        fields: JsonObject | None = None,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(error)
        self.error = error
        self.details = tuple(str(detail) for detail in details)
        self.fields: JsonObject = dict(fields or {})
        self.status = status
        self.headers = dict(headers or {})

    def answer(self) -> JsonObject:
        """Return the body Slack answers."""
        body: JsonObject = {"ok": False, "error": self.error, **self.fields}
        if self.details:
            body["errors"] = list(self.details)
            body["response_metadata"] = {"messages": [f"[ERROR] {d}" for d in self.details]}
        return body


@dataclass(frozen=True, slots=True)
class Call:
    """The arguments of one call, and what a method may touch."""

    workspace: Workspace
    tickets: Tickets
    emit: Emit
    upload_delay_s: float
    args: JsonObject = field(default_factory=dict)

    @property
    def base_url(self) -> str:
        """The address this Slack is served at."""
        return self.workspace.base_url

    def needed(self, key: str) -> str:
        """Return a required string argument; refuse without it."""
        found = text_at(self.args, key)
        if not found:
            raise ApiRefusal("invalid_arguments", details=[f"missing required field: {key}"])
        return found

    def optional(self, key: str) -> str | None:
        """Return a string argument, or None."""
        return text_at(self.args, key) or None

    def json(self, key: str) -> Json:
        """Return an argument that may come as JSON text, as forms send it."""
        found = self.args.get(key)
        return read(found) if isinstance(found, str) else found

    def place(self, key: str = "channel") -> Place:
        """Return the conversation the call names, where the bot may post."""
        name = self.needed(key)
        if name in self.workspace.people:
            return self.workspace.open_direct(name)
        place = self.workspace.places.get(name)
        if place is None:
            raise ApiRefusal("channel_not_found")
        if place.archived:
            raise ApiRefusal("is_archived")
        if self.workspace.bot.id not in place.members:
            raise ApiRefusal("not_in_channel")
        return place

    def is_shown(self, named: JsonObject) -> bool:
        """Tell whether a `slack_file` object names a picture that is already visible."""
        held = self.workspace.files.get(text_at(named, "id")) or self._file_at(named)
        return held is not None and held.state == "ready" and is_picture(held.data)

    def _file_at(self, named: JsonObject) -> HeldFile | None:
        address = text_at(named, "url")
        return next((held for held in self.workspace.files.values() if address and held.id in address), None)


def is_picture(data: bytes) -> bool:
    """Tell whether the bytes begin as a PNG, a JPEG or a GIF."""
    return data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8"))
