"""What comes in: one event from a person, as every platform tells it."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from bot.domain.conversation import Address
from bot.domain.frozen import Frozen


class Actor(Frozen):
    """Who did it, as the platform names them; authority comes from the member behind the account."""

    user_id: str
    name: str = ""
    """For greeting only."""
    language: str = ""
    is_bot: bool = False


class FileRef(Frozen):
    """A file on the platform, not yet fetched."""

    file_id: str
    name: str = ""
    media_type: str = ""
    size_bytes: int = 0


class Typed(Frozen):
    """Free text. `reply_to` is the post it answers (Telegram reply, Slack thread parent), if any."""

    kind: Literal["typed"] = "typed"
    text: str
    reply_to: str = ""


class Commanded(Frozen):
    """Words after `/glocal` (or a Telegram command such as /help, /start CODE -> `join CODE`)."""

    kind: Literal["commanded"] = "commanded"
    text: str = ""


class Pressed(Frozen):
    """A button; `form_id` is set where the platform has opened a loading form for it."""

    kind: Literal["pressed"] = "pressed"
    action: str
    post_id: str
    form_id: str = ""


class Reacted(Frozen):
    """An emoji put on a post; skin tones already removed. Slack: name without colons; Telegram: the character."""

    kind: Literal["reacted"] = "reacted"
    emoji: str
    post_id: str


class Uploaded(Frozen):
    """A picture or file with its caption."""

    kind: Literal["uploaded"] = "uploaded"
    file: FileRef
    caption: str = ""


class Submitted(Frozen):
    """A filled form: `action` as given in Form.action, input name -> text as typed."""

    kind: Literal["submitted"] = "submitted"
    action: str
    values: dict[str, str]
    form_id: str = ""


class Edited(Frozen):
    """A person changed an earlier post of theirs."""

    kind: Literal["edited"] = "edited"
    text: str
    post_id: str


class Unsupported(Frozen):
    """Something we cannot read: sticker, voice, video, location, poll or contact."""

    kind: Literal["unsupported"] = "unsupported"
    what: str


Content = Annotated[
    Typed | Commanded | Pressed | Reacted | Uploaded | Submitted | Edited | Unsupported, Field(discriminator="kind")
]


class Incoming(Frozen):
    """One event from a person. `event_id` is unique per platform and workspace and survives redelivery."""

    event_id: str
    actor: Actor
    address: Address
    content: Content
    received_at: datetime
    response_url: str = ""
    """Slack: for private answers to commands and presses (5 uses, 30 minutes)."""
    query_id: str = ""
    """Telegram: the press to answer, once and soon."""
