"""Where people talk with the bot, and where copies of cards stand."""

from datetime import datetime
from enum import StrEnum

from bot.domain.frozen import Frozen
from bot.domain.ids import CampaignId, Digest, MemberId, PlacementId, RequestId, TerritoryId


class Address(Frozen):
    """One place to post to: a direct chat, a channel or group, or a thread in it."""

    platform: str
    workspace: str
    """Slack team id; on Telegram the bot's user id as text."""
    conversation_id: str
    thread_id: str = ""
    """Slack: ts of the parent; Telegram: message_thread_id of a topic. Empty outside threads."""
    is_direct: bool = True
    """A one-to-one chat with the bot."""


class Post(Frozen):
    """One thing the bot posted."""

    address: Address
    post_id: str


class Conversation(Frozen):
    """What the store knows of a conversation (threads excluded)."""

    platform: str
    workspace: str
    conversation_id: str
    is_direct: bool = True
    territory_id: TerritoryId | None = None
    """Set by `/glocal here`: this territory's requests are posted here."""


class View(StrEnum):
    """Whose card it is: what it shows and which buttons it has."""

    OWNER = "owner"
    APPROVER = "approver"


class Placement(Frozen):
    """A copy of a card: where it stands and at which revision. `post_id` is empty until the first post."""

    id: PlacementId
    campaign_id: CampaignId
    address: Address
    view: View
    locale: str
    """Language of the card's words."""
    request_id: RequestId | None = None
    """Of an approver's card: the one request it stands for."""
    post_id: str = ""
    format: str = ""
    """The format its picture shows (owner's view); empty for the template's first."""
    shown_revision: int = 0
    shown_digests: tuple[Digest, ...] = ()
    """Pictures on it at `shown_revision`: what a decision here is bound to."""
    created_at: datetime
    member_id: MemberId | None = None
    """Of an owner's card: for whom it was placed."""
