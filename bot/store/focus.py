"""What each person is doing in each conversation."""

from sqlalchemy import select

from bot.domain.conversation import Address
from bot.domain.focus import Focus
from bot.domain.ids import MemberId
from bot.store.rows import Rows, same
from bot.store.tables import foci

_FIND = select(foci.c.data).where(*same(foci, "member_id", "platform", "workspace", "conversation_id"))


class FocusRepository(Rows):
    """One focus per person and conversation."""

    async def get(self, member_id: MemberId, address: Address) -> Focus:
        """Read a person's focus in a conversation; an empty one when there is none yet."""
        place = {"member_id": member_id, **address.model_dump(include={"platform", "workspace", "conversation_id"})}
        row = await self._first(_FIND, **{f"of_{name}": value for name, value in place.items()})
        return row.data if row else Focus.model_validate(place)

    async def put(self, focus: Focus) -> None:
        """Remember a person's focus."""
        place = focus.model_dump(include={"member_id", "platform", "workspace", "conversation_id"})
        await self._put(foci, **place, data=focus)
