"""What a card is made of: the whole view of a campaign for one placement."""

from typing import Literal

from bot.chat.button import Rows
from bot.chat.picture import Picture
from bot.chat.text import Text
from bot.domain.conversation import View
from bot.domain.frozen import Frozen
from bot.domain.ids import CampaignId, RequestId

Tone = Literal["ok", "info", "warn", "block"]


class Line(Frozen):
    """One line of a card: a slot's label and its value in full."""

    label: str
    value: Text
    mark: Literal["", "unconfirmed", "missing", "changed", "locked"] = ""
    note: str = ""
    """Where the value comes from, or what the mark means, in words."""


class Note(Frozen):
    """A check, a finding or a remark on a card."""

    tone: Tone
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
