"""What was drawn before: the same job is not drawn twice."""

from sqlalchemy import select

from bot.domain.rendition import Rendition
from bot.store.rows import Rows
from bot.store.tables import renditions


class RenditionRepository(Rows):
    """Renditions under the digest of everything that decides their bytes."""

    async def get(self, key: str) -> Rendition | None:
        """Find a rendition; its bytes are in the media store."""
        row = await self._first(select(renditions.c.data).where(self._of(renditions), renditions.c.key == key))
        return row.data if row else None

    async def put(self, key: str, rendition: Rendition) -> None:
        """Keep a rendition."""
        await self._put(renditions, key=key, data=rendition)
