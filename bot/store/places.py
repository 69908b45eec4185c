"""Territories and locations, in headquarters' order."""

from sqlalchemy import func, select

from bot.domain.location import Location, Places, Territory
from bot.store.rows import Rows, of
from bot.store.tables import locations, territories

_AREAS = (
    select(territories.c.id, territories.c.name, territories.c.parent_id, territories.c.locale)
    .where(of(territories))
    .order_by(territories.c.position, territories.c.id)
)
_OUTLETS = select(locations.c.data).where(of(locations)).order_by(locations.c.position, locations.c.id)


class PlaceRepository(Rows):
    """Where the brand sells."""

    async def load(self) -> Places:
        """Read every area and outlet."""
        areas, outlets = await self._all(_AREAS), await self._all(_OUTLETS)
        return Places(
            territories=tuple(Territory(**row._mapping) for row in areas),  # noqa: SLF001 - its public name in SQLAlchemy
            locations=tuple(row.data for row in outlets),
        )

    async def put_territory(self, territory: Territory) -> None:
        """Add an area or bring it up to date; its place in the order stays."""
        known = select(territories.c.position).where(self._of(territories), territories.c.id == territory.id)
        count = select(func.count()).select_from(territories).where(self._of(territories))
        position = await self._first(known) or await self._first(count)
        await self._put(territories, position=position[0] if position else 0, **territory.model_dump())

    async def put_location(self, location: Location) -> None:
        """Add an outlet or bring it up to date; its place in the order stays."""
        known = select(locations.c.position).where(self._of(locations), locations.c.id == location.id)
        count = select(func.count()).select_from(locations).where(self._of(locations))
        position = await self._first(known) or await self._first(count)
        await self._put(locations, id=location.id, data=location, position=position[0] if position else 0)
