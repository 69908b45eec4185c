"""The fields of Slack's payloads that we read, as frozen models; everything else is ignored.

`slack_intake` turns them into `Incoming`. Shapes: "Events API", "block_actions payload",
"view_submission payload" and "slash commands" of Slack's documentation.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue


class Payload(BaseModel):
    """A value from outside: frozen, and deaf to what we do not read."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class SlackFile(Payload):
    """A file as events and `files.info` describe it."""

    id: str
    name: str = ""
    mimetype: str = ""
    size: int = 0
    url_private_download: str = ""
    url_private: str = ""
    shares: dict[str, dict[str, list[dict[str, JsonValue]]]] = Field(default_factory=dict)


class Words(Payload):
    """A post inside an event."""

    user: str = ""
    bot_id: str = ""
    text: str = ""
    ts: str = ""
    thread_ts: str = ""
    blocks: tuple[JsonValue, ...] = ()
    files: tuple[SlackFile, ...] = ()

    def emoji(self) -> dict[str, str]:
        """Return emoji name -> characters, as the rich text of the post spells them."""
        return dict(_emoji_in(list(self.blocks)))


class Item(Payload):
    """What a reaction stands on."""

    type: str = ""
    channel: str = ""
    ts: str = ""


class Event(Words):
    """The event inside an Events API envelope."""

    type: str
    subtype: str = ""
    channel: str = ""
    channel_type: str = ""
    reaction: str = ""
    item: Item = Item()
    message: Words | None = None
    previous_message: Words | None = None


class Authorization(Payload):
    """The bot for which an event was sent."""

    user_id: str = ""


class Envelope(Payload):
    """An Events API request."""

    team_id: str
    event_id: str
    event: Event
    authorizations: tuple[Authorization, ...] = ()

    @property
    def bot_user_id(self) -> str:
        """Return the user id of the bot itself."""
        return self.authorizations[0].user_id if self.authorizations else ""


class User(Payload):
    """Who pressed or submitted."""

    id: str
    name: str = ""
    username: str = ""


class Team(Payload):
    """A workspace."""

    id: str


class Channel(Payload):
    """A conversation."""

    id: str
    name: str = ""


class Container(Payload):
    """What a press stood in."""

    type: str = ""
    message_ts: str = ""
    thread_ts: str = ""
    view_id: str = ""
    is_ephemeral: bool = False


class PressedAction(Payload):
    """One pressed button."""

    action_id: str
    action_ts: str
    value: str = ""


class ViewState(Payload):
    """What was filled in."""

    values: dict[str, JsonValue] = Field(default_factory=dict)


class View(Payload):
    """A modal."""

    id: str
    private_metadata: str = ""
    state: ViewState = ViewState()


class Interaction(Payload):
    """A press or a submission."""

    type: Literal["block_actions", "view_submission"]
    user: User
    team: Team
    trigger_id: str = ""
    response_url: str = ""
    channel: Channel | None = None
    container: Container = Container()
    actions: tuple[PressedAction, ...] = ()
    view: View | None = None


class Slash(Payload):
    """A slash command."""

    team_id: str
    channel_id: str
    channel_name: str = ""
    user_id: str
    user_name: str = ""
    text: str = ""
    response_url: str = ""
    trigger_id: str


def _emoji_in(blocks: JsonValue) -> Iterator[tuple[str, str]]:
    if isinstance(blocks, list):
        for entry in blocks:
            yield from _emoji_in(entry)
    elif isinstance(blocks, Mapping):
        name, codes = blocks.get("name"), blocks.get("unicode")
        if blocks.get("type") == "emoji" and isinstance(name, str) and isinstance(codes, str):
            yield name, "".join(chr(int(code, 16)) for code in codes.split("-"))
        for entry in blocks.values():
            yield from _emoji_in(entry)
