"""Where the brand sells: one outlet and the areas that group outlets."""

from collections.abc import Mapping

from pydantic import Field

from bot.domain.frozen import Frozen
from bot.domain.ids import LocationId, TerritoryId


class Territory(Frozen):
    """A named area; `parent_id` nests it, a location may belong to several."""

    id: TerritoryId
    name: str
    parent_id: TerritoryId | None = None
    locale: str = "en"


class Location(Frozen):
    """One outlet. `profile` fills profile slots: address, phone, link, hours, handle … (plain text)."""

    id: LocationId
    name: str
    territory_ids: tuple[TerritoryId, ...]
    locale: str
    """BCP 47 with region, such as `fr-CA`: how dates, money and copy read."""
    time_zone: str
    """IANA name."""
    currency: str
    """ISO 4217."""
    profile: Mapping[str, str] = Field(default_factory=dict)

    @property
    def language(self) -> str:
        """Give the language of the location's copy, such as `fr`."""
        return self.locale.split("-")[0]

    @property
    def country(self) -> str:
        """Give the region of the locale, such as `CA`."""
        return self.locale.split("-")[-1].upper()


class Places(Frozen):
    """All territories and locations of a brand, and how they nest."""

    territories: tuple[Territory, ...]
    locations: tuple[Location, ...]

    def location(self, location_id: LocationId) -> Location:
        """Find an outlet; raise KeyError when there is none."""
        return {place.id: place for place in self.locations}[location_id]

    def territory(self, territory_id: TerritoryId) -> Territory:
        """Find an area; raise KeyError when there is none."""
        return {area.id: area for area in self.territories}[territory_id]

    def territories_of(self, location: Location) -> frozenset[TerritoryId]:
        """Give every area a location lies in, nested ones included."""
        return frozenset(area for named in location.territory_ids for area in self.enclosing(named))

    def enclosing(self, territory_id: TerritoryId) -> frozenset[TerritoryId]:
        """Give an area and every area it lies in."""
        parents = {area.id: area.parent_id for area in self.territories}
        found: set[TerritoryId] = set()
        waiting = [territory_id]
        while waiting:
            area = waiting.pop()
            if area not in found:
                found.add(area)
                parent = parents.get(area)
                waiting.extend([parent] if parent else [])
        return frozenset(found)

    def nearest_first(self, location: Location) -> tuple[TerritoryId, ...]:
        """Give the areas of a location from the smallest (most deeply nested) outwards."""
        parents = {area.id: area.parent_id for area in self.territories}

        def depth(area: TerritoryId) -> int:
            parent = parents.get(area)
            return 0 if parent is None else 1 + depth(parent)

        return tuple(sorted(self.territories_of(location), key=lambda area: (-depth(area), area)))
