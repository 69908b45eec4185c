"""Who may do what where: people, their chat accounts, and their roles at places."""

from enum import StrEnum

from bot.domain.frozen import Frozen
from bot.domain.ids import LocationId, MemberId, TerritoryId
from bot.domain.location import Location, Places


class Role(StrEnum):
    """What a person is at a location or in a territory."""

    OWNER = "owner"
    MANAGER = "manager"
    APPROVER = "approver"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """What a role lets a person do."""

    CHAT = "chat"
    """Any member: help, language, own things."""
    FILL = "fill"
    """Start and change campaigns of a location."""
    DECIDE = "decide"
    """Approve, request changes, reject."""
    STEER = "steer"
    """People, territories, templates, rules."""
    READ_ALL = "read_all"
    """Queue, statistics and the audit log."""


GRANTS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset({Permission.CHAT, Permission.FILL}),
    Role.MANAGER: frozenset({Permission.CHAT, Permission.FILL}),
    Role.APPROVER: frozenset({Permission.CHAT, Permission.DECIDE, Permission.READ_ALL}),
    Role.ADMIN: frozenset({Permission.CHAT, Permission.FILL, Permission.DECIDE, Permission.STEER, Permission.READ_ALL}),
    Role.AUDITOR: frozenset({Permission.CHAT, Permission.READ_ALL}),
}


class Account(Frozen):
    """One chat identity of a member."""

    platform: str
    workspace: str
    user_id: str


class Membership(Frozen):
    """A role at one location, in one territory, or (both empty) for the whole brand."""

    role: Role
    location_id: LocationId | None = None
    territory_id: TerritoryId | None = None

    def covers(self, location: Location, places: Places) -> bool:
        """Tell whether the role counts at this location."""
        if self.location_id:
            return self.location_id == location.id
        return self.territory_id is None or self.territory_id in places.territories_of(location)

    def includes(self, other: "Membership", places: Places) -> bool:
        """Tell whether another role counts nowhere but where this one does."""
        if self.location_id:
            return self.location_id == other.location_id
        if other.location_id:
            return self.covers(places.location(other.location_id), places)
        if self.territory_id is None:
            return True
        return other.territory_id is not None and self.territory_id in places.enclosing(other.territory_id)


class Member(Frozen):
    """A person: authority is theirs, never an account's."""

    id: MemberId
    name: str
    locale: str = "en"
    """Language of the bot's words to this person."""
    accounts: tuple[Account, ...] = ()
    memberships: tuple[Membership, ...] = ()

    def may(self, permission: Permission, location: Location | None = None, places: Places | None = None) -> bool:
        """Tell whether any role grants the permission, at `location` when one is given."""
        return self.role_for(permission, location, places) is not None

    def role_for(
        self, permission: Permission, location: Location | None = None, places: Places | None = None
    ) -> Role | None:
        """Give the role by which the permission is held, or None."""
        for membership in self.memberships:
            if permission not in GRANTS[membership.role]:
                continue
            if location is None or places is None or membership.covers(location, places):
                return membership.role
        return None

    def governs(self, membership: Membership, places: Places) -> bool:
        """Tell whether the member steers wherever a role counts: nobody gives away more than they have."""
        steering = (held for held in self.memberships if Permission.STEER in GRANTS[held.role])
        return any(held.includes(membership, places) for held in steering)

    def locations(self, places: Places, permission: Permission = Permission.FILL) -> tuple[Location, ...]:
        """List the outlets at which the member holds the permission, in the brand's order."""
        return tuple(place for place in places.locations if self.may(permission, place, places))
