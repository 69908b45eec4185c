"""People with their accounts and roles. Personal data lives here and nowhere else in the store."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, or_, select, update

from bot.domain.ids import LocationId, MemberId, TerritoryId
from bot.domain.location import Location, Places
from bot.domain.member import GRANTS, Account, Member, Membership, Permission
from bot.store.rows import AnyRow, Rows, of, same
from bot.store.tables import accounts, members, memberships

_ACCOUNT = (accounts.c.platform, accounts.c.workspace, accounts.c.user_id)
_MEMBERSHIP = (memberships.c.role, memberships.c.location_id, memberships.c.territory_id)
_IN_ORDER = (
    select(members.c.id, members.c.name, members.c.locale, *_ACCOUNT, *_MEMBERSHIP)
    .outerjoin(accounts, (accounts.c.brand == members.c.brand) & (accounts.c.member_id == members.c.id))
    .outerjoin(memberships, (memberships.c.brand == members.c.brand) & (memberships.c.member_id == members.c.id))
    .where(of(members))
    .order_by(members.c.name, members.c.id, *_ACCOUNT, *_MEMBERSHIP)
)
_BY_ID = _IN_ORDER.where(members.c.id == bindparam("of_id"))
_BY_ACCOUNT = _IN_ORDER.where(
    members.c.id.in_(select(accounts.c.member_id).where(*same(accounts, "platform", "workspace", "user_id")))
)


class MemberRepository(Rows):
    """Members of the brand."""

    async def by_account(self, account: Account) -> Member | None:
        """Find the person behind a chat account."""
        found = await self._all(_BY_ACCOUNT, **{f"of_{name}": value for name, value in account.model_dump().items()})
        return next(iter(_fold(found)), None)

    async def get(self, member_id: MemberId) -> Member | None:
        """Find a person by id."""
        return next(iter(_fold(await self._all(_BY_ID, of_id=member_id))), None)

    async def by_name(self, text: str) -> tuple[Member, ...]:
        """Find everybody whose name, or a word of it, begins with the text; for an admin to choose from."""
        wanted = text.strip().casefold()
        return tuple(member for member in await self.all() if wanted and _is_called(member, wanted))

    async def all(self) -> tuple[Member, ...]:
        """List everybody by name."""
        return _fold(await self._all(_IN_ORDER))

    async def add(self, member: Member) -> None:
        """Add a person with accounts and roles."""
        await self._insert(members, id=member.id, name=member.name, locale=member.locale)
        for account in member.accounts:
            await self.add_account(member.id, account)
        for membership in member.memberships:
            await self.grant(member.id, membership)

    async def add_account(self, member_id: MemberId, account: Account) -> bool:
        """Tie a chat account to a person; False when it is somebody's already."""
        return await self._insert_once(accounts, member_id=member_id, **account.model_dump())

    async def grant(self, member_id: MemberId, membership: Membership) -> bool:
        """Give a role at a place; False when the person has it already."""
        return await self._insert_once(memberships, member_id=member_id, **_columns(membership))

    async def revoke(self, member_id: MemberId, membership: Membership) -> bool:
        """Take a role away; False when the person had none such."""
        same = [memberships.c[name] == value for name, value in _columns(membership).items()]
        gone = delete(memberships).where(self._of(memberships), memberships.c.member_id == member_id, *same)
        return await self._changes(gone) == 1

    async def set_locale(self, member_id: MemberId, locale: str) -> None:
        """Choose the language of the bot's words to a person."""
        await self._changes(update(members).where(self._of(members), members.c.id == member_id).values(locale=locale))

    async def holding(self, permission: Permission, location: Location, places: Places) -> tuple[Member, ...]:
        """List who holds a permission at a location."""
        roles = [role for role, granted in GRANTS.items() if permission in granted]
        areas = [*places.territories_of(location), ""]
        near = select(memberships.c.member_id).where(
            self._of(memberships),
            memberships.c.role.in_(roles),
            or_(
                memberships.c.location_id == location.id,
                (memberships.c.location_id == "") & memberships.c.territory_id.in_(areas),
            ),
        )
        return _fold(await self._all(_IN_ORDER.where(members.c.id.in_(near))))


def _is_called(member: Member, wanted: str) -> bool:
    name = member.name.casefold()
    return name.startswith(wanted) or any(word.startswith(wanted) for word in name.split())


def _columns(membership: Membership) -> dict[str, str]:
    return {
        "role": str(membership.role),
        "location_id": membership.location_id or "",
        "territory_id": membership.territory_id or "",
    }


def _fold(found: Sequence[AnyRow]) -> tuple[Member, ...]:
    """Make members of the rows that the joins give, several for each."""
    by_id: dict[str, list[AnyRow]] = {}
    for row in found:
        by_id.setdefault(row.id, []).append(row)
    return tuple(_member(rows) for rows in by_id.values())


def _member(rows: Sequence[AnyRow]) -> Member:
    held_accounts = dict.fromkeys(
        Account(platform=row.platform, workspace=row.workspace, user_id=row.user_id) for row in rows if row.platform
    )
    held_roles = dict.fromkeys(
        Membership(
            role=row.role,
            location_id=LocationId(row.location_id) if row.location_id else None,
            territory_id=TerritoryId(row.territory_id) if row.territory_id else None,
        )
        for row in rows
        if row.role
    )
    first = rows[0]
    return Member(
        id=MemberId(first.id),
        name=first.name,
        locale=first.locale,
        accounts=tuple(held_accounts),
        memberships=tuple(held_roles),
    )
