"""What a handler returns: a small closed union of values. Platforms draw them; nobody sends."""

from typing import Annotated, Literal

from pydantic import Field

from bot.chat.button import Button, Rows
from bot.chat.form import Form
from bot.chat.picture import Picture
from bot.chat.text import Text
from bot.domain.conversation import Address
from bot.domain.frozen import Frozen
from bot.domain.ids import CampaignId, MemberId


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
