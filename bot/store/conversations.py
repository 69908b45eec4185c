"""Conversations the bot knows: which stands for a territory, and where a person can be reached directly."""

from datetime import datetime

from sqlalchemy import select

from bot.domain.conversation import Address, Conversation
from bot.domain.ids import MemberId, TerritoryId
from bot.store.rows import AnyRow, Rows
from bot.store.tables import conversations, direct_chats


class ConversationRepository(Rows):
    """Chats, channels and groups (threads excluded)."""

    async def get(self, platform: str, workspace: str, conversation_id: str) -> Conversation | None:
        """Find a conversation."""
        row = await self._first(
            select(conversations).where(
                self._of(conversations),
                conversations.c.platform == platform,
                conversations.c.workspace == workspace,
                conversations.c.conversation_id == conversation_id,
            )
        )
        return _conversation(row) if row else None

    async def put(self, conversation: Conversation) -> None:
        """Add a conversation or bring it up to date; a territory has one place for its requests."""
        if conversation.territory_id:
            await self._changes(
                conversations.update()
                .where(self._of(conversations), conversations.c.territory_id == conversation.territory_id)
                .values(territory_id=None)
            )
        await self._put(conversations, **conversation.model_dump())

    async def of_territory(self, territory_id: TerritoryId) -> Conversation | None:
        """Find where a territory's requests are posted."""
        row = await self._first(
            select(conversations).where(self._of(conversations), conversations.c.territory_id == territory_id)
        )
        return _conversation(row) if row else None

    async def direct_of(self, member_id: MemberId) -> tuple[Address, ...]:
        """List a person's direct chats, most recently used first."""
        found = await self._all(
            select(direct_chats)
            .where(self._of(direct_chats), direct_chats.c.member_id == member_id)
            .order_by(direct_chats.c.used_at.desc(), direct_chats.c.platform)
        )
        return tuple(
            Address(platform=row.platform, workspace=row.workspace, conversation_id=row.conversation_id)
            for row in found
        )

    async def note_direct(self, member_id: MemberId, address: Address, at: datetime) -> None:
        """Remember that a person used this direct chat."""
        await self._put(
            direct_chats,
            member_id=member_id,
            platform=address.platform,
            workspace=address.workspace,
            conversation_id=address.conversation_id,
            used_at=at,
        )


def _conversation(row: AnyRow) -> Conversation:
    return Conversation(
        platform=row.platform,
        workspace=row.workspace,
        conversation_id=row.conversation_id,
        is_direct=row.is_direct,
        territory_id=row.territory_id,
    )
