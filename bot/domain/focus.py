"""What a person is doing in one conversation, and the choices that buttons point at."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field, JsonValue

from bot.domain.frozen import Frozen
from bot.domain.ids import CampaignId, MemberId, PendingId


class Asked(Frozen):
    """A question that waits for typed words (or a photo): a slot's, or a pending command's."""

    slot: str = ""
    pending_id: PendingId | None = None


class Focus(Frozen):
    """Active campaign and open question of one person in one conversation."""

    member_id: MemberId
    platform: str
    workspace: str
    conversation_id: str
    campaign_id: CampaignId | None = None
    asked: Asked | None = None
    is_tour: bool = False
    """The bot asks slot after slot until nothing is missing."""


Arguments = dict[str, JsonValue]
"""What a stored choice gives to the handler that carries it out."""


class Choice(Frozen):
    """One stored choice: the arguments of the command that its button stands for."""

    arguments: Mapping[str, JsonValue]


class Pending(Frozen):
    """A command with choices or a confirmation, kept so that a 64-byte button can stand for it."""

    id: PendingId
    verb: str
    """Which handler carries it out (see bot/router.py)."""
    member_id: MemberId
    """Only this person may press it."""
    campaign_id: CampaignId | None = None
    revision: int = 0
    """Campaign revision at which it was offered; 0 when it has no campaign."""
    choices: tuple[Choice, ...] = Field(default_factory=tuple)
    created_at: datetime
    is_used: bool = False
