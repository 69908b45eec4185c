"""The chat vocabulary: what comes in (Incoming), what a handler returns (Reply), and what a card is made of.

Platforms turn their events into Incoming and draw Reply and Card; nobody else speaks their dialect.
Everything here is JSON by pydantic: incoming rows and owed replies live in the store.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from bot.domain.conversation import Address, View
from bot.domain.frozen import Frozen
from bot.domain.ids import CampaignId, Digest, MemberId, RequestId

ACTION_BYTES = 64
"""Telegram Bot API, InlineKeyboardButton.callback_data."""
CARD_PREFIX = "card/"


# ---------------------------------------------------------------- words with parts


class Strong(Frozen):
    """Emphasised words."""

    kind: Literal["strong"] = "strong"
    text: str


class Linked(Frozen):
    """Words that lead to an https address."""

    kind: Literal["link"] = "link"
    text: str
    url: str


class Quoted(Frozen):
    """A person's or a file's words, literally; may hold line breaks."""

    kind: Literal["quote"] = "quote"
    text: str


Span = Annotated[Strong | Linked | Quoted, Field(discriminator="kind")]
Text = tuple[str | Span, ...]
"""Words for a person; strings are plain text that the platform escapes."""


def plain(text: Text) -> str:
    """Flatten a text to plain characters (logs, transcripts, alt text)."""
    return "".join(part if isinstance(part, str) else part.text for part in text)


# ---------------------------------------------------------------- buttons


class Action(Frozen):
    """What a button stands for: `[card/]verb:subject:revision[:index]`; no authority in it."""

    verb: str
    subject: str = ""
    revision: int = 0
    index: int | None = None
    is_on_card: bool = False
    """Drawn on a card: a press on a copy that the store does not know adopts it."""

    def __str__(self) -> str:
        head = CARD_PREFIX if self.is_on_card else ""
        tail = "" if self.index is None else f":{self.index}"
        return f"{head}{self.verb}:{self.subject}:{self.revision}{tail}"

    @classmethod
    def parse(cls, text: str) -> "Action | None":
        """Read a button's data; None when it is not ours."""
        parts = text.split(":")
        if len(parts) not in {3, 4} or not parts[0] or not all(part.isdigit() for part in parts[2:]):
            return None
        index = int(parts[3]) if len(parts) == 4 else None
        return cls(
            verb=parts[0].removeprefix(CARD_PREFIX),
            subject=parts[1],
            revision=int(parts[2]),
            index=index,
            is_on_card=parts[0].startswith(CARD_PREFIX),
        )


class Button(Frozen):
    """A labelled press. `opens_form`: on platforms with forms the press opens a (loading) form at once."""

    label: str
    action: str
    style: Literal["plain", "primary", "danger"] = "plain"
    opens_form: bool = False


Rows = tuple[tuple[Button, ...], ...]


# ---------------------------------------------------------------- what comes in


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
    """Something we cannot read: sticker, voice, video, location, poll, contact …"""

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


# ---------------------------------------------------------------- what a handler returns


class Picture(Frozen):
    """A stored picture (bot/store/media.py) with the words for who cannot see it."""

    digest: Digest
    alt: str
    width_px: int
    height_px: int
    media_type: str = "image/jpeg"
    title: str = ""


class Input(Frozen):
    """One field of a form; `kind` chooses the widget, the text is read by the slot's parser all the same."""

    name: str
    label: str
    kind: Literal["text", "long_text", "choice", "date"] = "text"
    value: str = ""
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """Of a choice: (key, words)."""
    is_required: bool = False
    error: str = ""
    """Set when the form comes back: what was typed is kept, the field is marked."""


class Form(Frozen):
    """A modal on Slack. Only offered where the platform has forms."""

    action: str
    title: str
    """At most 24 characters on Slack; the drawing shortens."""
    submit_label: str
    inputs: tuple[Input, ...]
    intro: Text = ()


class Say(Frozen):
    """A sentence, and what to press."""

    kind: Literal["say"] = "say"
    text: Text
    rows: Rows = ()
    is_private: bool = False
    """Privately to the actor (ephemeral; Telegram: callback answer when short and buttonless, else direct chat)."""


class Ask(Frozen):
    """A question that waits for typed words or a photo; free text is always an alternative to the buttons."""

    kind: Literal["ask"] = "ask"
    text: Text
    hint: str = ""
    """Input placeholder."""
    rows: Rows = ()


class Option(Frozen):
    """One thing to choose, perhaps with a thumbnail."""

    title: str
    description: str = ""
    picture: Picture | None = None
    button: Button


class Choose(Frozen):
    """A short list with pictures; `rows` hold paging and ways out."""

    kind: Literal["choose"] = "choose"
    text: Text
    options: tuple[Option, ...]
    rows: Rows = ()


class Refuse(Frozen):
    """The bot refuses: what, why (with the guideline), and compliant ways out as buttons."""

    kind: Literal["refuse"] = "refuse"
    text: Text
    citation: str = ""
    rows: Rows = ()
    is_private: bool = False


class Done(Frozen):
    """Something has happened; said once, with the next step to press."""

    kind: Literal["done"] = "done"
    text: Text
    rows: Rows = ()
    is_private: bool = False


class OpenForm(Frozen):
    """Show (or show again, with errors) a form in the window that the press opened."""

    kind: Literal["open_form"] = "open_form"
    form: Form


class ListOut(Frozen):
    """Rows of a report (people, queue, templates); `lines` stay short."""

    kind: Literal["list_out"] = "list_out"
    title: Text
    lines: tuple[Text, ...]
    rows: Rows = ()
    picture: Picture | None = None
    is_private: bool = False


class ShowCard(Frozen):
    """Place a card of the campaign here; drawn after the commit."""

    kind: Literal["show_card"] = "show_card"
    campaign_id: CampaignId
    text: Text = ()
    """A sentence to go before it, if any."""
    rows: Rows = ()


class Quiet(Frozen):
    """Nothing to post: the redrawn card says it. `toast` answers a press (Telegram callback answer)."""

    kind: Literal["quiet"] = "quiet"
    toast: str = ""


Reply = Annotated[
    Say | Ask | Choose | Refuse | Done | OpenForm | ListOut | ShowCard | Quiet, Field(discriminator="kind")
]


class Owed(Frozen):
    """A reply that the turn owes to somebody; stored with the turn, posted after its commit."""

    reply: Reply
    to_member: MemberId | None = None
    """In their own direct chat; None with `to_address` None: the actor, where they spoke."""
    to_address: Address | None = None


# ---------------------------------------------------------------- cards


class Line(Frozen):
    """One line of a card: a slot's label and its value in full."""

    label: str
    value: Text
    mark: Literal["", "unconfirmed", "missing", "changed", "locked"] = ""
    note: str = ""
    """Where the value comes from, or what the mark means, in words."""


class Note(Frozen):
    """A check, a finding or a remark on a card."""

    tone: Literal["ok", "info", "warn", "block"]
    text: Text


class Card(Frozen):
    """The whole view of a campaign for one placement; pure data, drawn by each platform."""

    campaign_id: CampaignId
    revision: int
    view: View
    request_id: RequestId | None = None
    title: Text
    status: Text
    """State, progress ("3 of 6 filled"), whom it waits for."""
    pictures: tuple[Picture, ...]
    """Owner's view: one, in the chosen format. Approver's view: every format, first the largest."""
    lines: tuple[Line, ...]
    notes: tuple[Note, ...] = ()
    rows: Rows = ()
    summary: str = ""
    """One plain line for notifications."""
