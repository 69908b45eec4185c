"""Which outlets a person's rows may come from: the first condition of every scoped query."""

from sqlalchemy import ColumnElement, Table, true

from bot.domain.location import Places
from bot.domain.member import GRANTS, Member, Permission


def within(table: Table, actor: Member, permission: Permission, *, places: Places) -> ColumnElement[bool]:
    """Keep a query to the locations at which the actor holds the permission."""
    holding = [role for role in actor.memberships if permission in GRANTS[role.role]]
    if any(not role.location_id and not role.territory_id for role in holding):
        return true()
    return table.c.location_id.in_([place.id for place in actor.locations(places, permission)])
