"""What the audit log remembers: append-only, hash-chained."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field, JsonValue

from bot.domain.frozen import Frozen
from bot.domain.ids import MemberId


class AuditEvent(Frozen):
    """One thing that happened. Personal data stays out: people appear by id."""

    what: str
    """`campaign.submitted`, `request.approved`, `member.invited`, `brand.reloaded` …"""
    subject: str
    """Identifier of what it happened to."""
    member_id: MemberId | None = None
    at: datetime
    facts: Mapping[str, JsonValue] = Field(default_factory=dict)
