"""People with their accounts and roles. Personal data lives here and nowhere else in the store."""

from collections.abc import Sequence

from sqlalchemy import delete, or_, select, update
from sqlalchemy.sql import ColumnElement

from bot.domain.ids import LocationId, MemberId, TerritoryId
from bot.domain.location import Location, Places
from bot.domain.member import GRANTS, Account, Member, Membership, Permission
from bot.store.rows import AnyRow, Rows
from bot.store.tables import accounts, members, memberships


class MemberRepository(Rows):
    """Members of the brand."""

    async def by_account(self, account: Account) -> Member | None:
        """Find the person behind a chat account."""
        owner = select(accounts.c.member_id).where(self._of(accounts), *_is(account))
        return next(iter(await self._load(members.c.id.in_(owner))), None)

    async def get(self, member_id: MemberId) -> Member | None:
        """Find a person by id."""
        return next(iter(await self._load(members.c.id == member_id)), None)

    async def by_name(self, text: str) -> tuple[Member, ...]:
        """Find everybody whose name, or a word of it, begins with the text; for an admin to choose from."""
        wanted = text.strip().casefold()
        return tuple(member for member in await self.all() if wanted and _is_called(member, wanted))

    async def all(self) -> tuple[Member, ...]:
        """List everybody by name."""
        return await self._load()

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
        return await self._load(members.c.id.in_(near))

    async def _load(self, *conditions: ColumnElement[bool]) -> tuple[Member, ...]:
        """Read members with accounts and roles in one statement; the few doubled rows are folded here."""
        found = await self._all(
            select(members, *_ACCOUNT, *_MEMBERSHIP)
            .outerjoin(accounts, (accounts.c.brand == members.c.brand) & (accounts.c.member_id == members.c.id))
            .outerjoin(
                memberships, (memberships.c.brand == members.c.brand) & (memberships.c.member_id == members.c.id)
            )
            .where(self._of(members), *conditions)
            .order_by(members.c.name, members.c.id, *_ACCOUNT, *_MEMBERSHIP)
        )
        by_id: dict[str, list[AnyRow]] = {}
        for row in found:
            by_id.setdefault(row.id, []).append(row)
        return tuple(_fold(rows) for rows in by_id.values())


_ACCOUNT = (accounts.c.platform, accounts.c.workspace, accounts.c.user_id)
_MEMBERSHIP = (memberships.c.role, memberships.c.location_id, memberships.c.territory_id)


def _is(account: Account) -> tuple[ColumnElement[bool], ...]:
    return tuple(accounts.c[name] == value for name, value in account.model_dump().items())


def _is_called(member: Member, wanted: str) -> bool:
    name = member.name.casefold()
    return name.startswith(wanted) or any(word.startswith(wanted) for word in name.split())


def _columns(membership: Membership) -> dict[str, str]:
    return {
        "role": str(membership.role),
        "location_id": membership.location_id or "",
        "territory_id": membership.territory_id or "",
    }


def _fold(rows: Sequence[AnyRow]) -> Member:
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
