"""Find people's places, roles and templates by what an admin types: id, name, or the nearest to it."""

from collections.abc import Mapping
from typing import TypeVar

from rapidfuzz import fuzz, process, utils

from bot.domain.location import Location, Places, Territory
from bot.domain.member import Membership, Role

LIKELY = 86.0
"""rapidfuzz's WRatio from which a typed name is taken for a known one; below it the nearest is only named."""
T = TypeVar("T")
PARTS = (" at ", " in ", " en ", " à ", " de ")


def find_place(words: str, places: Places) -> Location | Territory | None:
    """Give the location or territory that is meant, or None when none is near."""
    known: dict[str, Location | Territory] = {}
    known |= {area.id: area for area in places.territories} | {area.name: area for area in places.territories}
    known |= {place.id: place for place in places.locations} | {place.name: place for place in places.locations}
    return nearest(words, known)


def place_names(places: Places) -> dict[str, str]:
    """Give every name of a place that an admin may type, for saying the nearest ones."""
    return {area.name: area.id for area in places.territories} | {one.name: one.id for one in places.locations}


def nearest(words: str, known: Mapping[str, T]) -> T | None:
    """Give what is named by the likeliest key."""
    if words in known:
        return known[words]
    found = process.extractOne(
        words, list(known), scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=LIKELY
    )
    return known[found[0]] if found else None


def closest_names(words: str, known: Mapping[str, object], *, count: int = 3) -> tuple[str, ...]:
    """Name what could have been meant, likeliest first."""
    found = process.extract(words, list(known), scorer=fuzz.WRatio, processor=utils.default_process, limit=count)
    return tuple(name for name, _, _ in found)


def split_place(words: str) -> tuple[str, str]:
    """Part `owner at old-mill` into what and where; where is empty when it is not said."""
    for part in PARTS:
        what, found, where = words.partition(part)
        if found:
            return what.strip(), where.strip()
    return words.strip(), ""


def as_membership(role: Role, place: Location | Territory | None) -> Membership:
    """Give a role at a place, or for the whole brand."""
    if isinstance(place, Location):
        return Membership(role=role, location_id=place.id)
    return Membership(role=role, territory_id=place.id if place else None)


def name_of(membership: Membership, places: Places) -> str:
    """Say where a role counts; empty for the whole brand."""
    if membership.location_id:
        return places.location(membership.location_id).name
    return places.territory(membership.territory_id).name if membership.territory_id else ""
