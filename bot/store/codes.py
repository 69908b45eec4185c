"""One-time codes of invitations; only their hashes are kept."""

from datetime import datetime

from sqlalchemy import select, update

from bot.domain.ids import MemberId
from bot.domain.invitation import Invitation
from bot.domain.member import Membership
from bot.store.rows import Rows
from bot.store.tables import codes


class CodeRepository(Rows):
    """Invitations that wait to be redeemed."""

    async def add(
        self,
        code_hash: str,
        *,
        member_id: MemberId | None,
        membership: Membership | None,
        expires_at: datetime,
        by: MemberId,
    ) -> None:
        """Keep an invitation under the hash of its code."""
        await self._insert(
            codes,
            code_hash=code_hash,
            member_id=member_id,
            membership=membership,
            expires_at=expires_at,
            issued_by=by,
        )

    async def redeem(self, code_hash: str, now: datetime) -> Invitation | None:
        """Use a code; None when it is unknown, expired or was used before."""
        same = (self._of(codes), codes.c.code_hash == code_hash)
        fresh = update(codes).where(*same, codes.c.redeemed_at.is_(None), codes.c.expires_at > now)
        if await self._changes(fresh.values(redeemed_at=now)) != 1:
            return None
        row = await self._first(select(codes).where(*same))
        if row is None:
            return None
        return Invitation(
            member_id=row.member_id, membership=row.membership, issued_by=row.issued_by, expires_at=row.expires_at
        )
