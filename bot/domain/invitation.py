"""An invitation: what redeeming a one-time code gives to the person who redeems it."""

import hashlib
from datetime import datetime

from bot.domain.frozen import Frozen
from bot.domain.ids import MemberId, new_id
from bot.domain.member import Membership


class Invitation(Frozen):
    """A redeemed code: a role for somebody new, or a second account for the member it names."""

    member_id: MemberId | None = None
    """Whose second account the redeemer's account becomes; None invites a new person."""
    membership: Membership | None = None
    issued_by: MemberId
    expires_at: datetime


def new_code() -> str:
    """Make the one-time code of an invitation; it fits Telegram's start link (Bot API, Deep Linking)."""
    return new_id("j")


def digest_code(code: str) -> str:
    """Return what the store keeps of a code: a hash, whatever spaces or capitals people typed."""
    return hashlib.sha256(code.strip().lower().encode()).hexdigest()
