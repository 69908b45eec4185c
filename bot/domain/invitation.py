"""An invitation: what redeeming a one-time code gives to the person who redeems it."""

from datetime import datetime

from bot.domain.frozen import Frozen
from bot.domain.ids import MemberId
from bot.domain.member import Membership


class Invitation(Frozen):
    """A redeemed code: a role for somebody new, or a second account for the member it names."""

    member_id: MemberId | None = None
    """Whose second account the redeemer's account becomes; None invites a new person."""
    membership: Membership | None = None
    issued_by: MemberId
    expires_at: datetime
