"""Campaigns: the present revision in one row, every revision kept beside it.

`save` is a compare-and-set on the revision, so two people who change the same revision cannot both win. It also
tells the cards what revision they should show: a placement behind its campaign is the to-do list of bot/redraw.
"""

from collections.abc import Mapping

from sqlalchemy import func, or_, select, update

from bot.domain.campaign import UNFINISHED, Campaign, State
from bot.domain.ids import CampaignId, LocationId, TerritoryId
from bot.domain.location import Places
from bot.domain.member import GRANTS, Member, Permission
from bot.store.rows import Rows, same
from bot.store.scope import within
from bot.store.tables import campaigns, placements, revisions

MAY_SEE = (Permission.FILL, Permission.DECIDE, Permission.READ_ALL)

_FIND = select(campaigns.c.data).where(*same(campaigns, "id"))
_CHANGE = update(campaigns).where(*same(campaigns, "id", "revision"))
_AT_REVISION = select(revisions.c.data).where(*same(revisions, "campaign_id", "revision"))
_PUT_BEHIND = update(placements).where(*same(placements, "campaign_id"), ~placements.c.is_retired)


class CampaignRepository(Rows):
    """Campaigns of the brand."""

    async def get(self, campaign_id: CampaignId, actor: Member, places: Places) -> Campaign | None:
        """Find a campaign at a location where the actor may fill, decide or read; None otherwise.

        When writing, nobody else changes it until the commit.
        """
        row = await self._hold(_FIND, campaigns, of_id=campaign_id)
        if row is None:
            return None
        campaign: Campaign = row.data
        location = next((place for place in places.locations if place.id == campaign.location_id), None)
        may_see = location and any(actor.may(permission, location, places) for permission in MAY_SEE)
        return campaign if may_see else None

    async def load(self, campaign_id: CampaignId) -> Campaign:
        """Read a campaign for jobs and redraws, which act for nobody; raise KeyError when there is none."""
        row = await self._hold(_FIND, campaigns, of_id=campaign_id)
        if row is None:
            raise KeyError(campaign_id)
        campaign: Campaign = row.data
        return campaign

    async def add(self, campaign: Campaign) -> None:
        """Add a campaign with its first revision."""
        await self._insert(campaigns, id=campaign.id, created_at=campaign.created_at, **_columns(campaign))
        await self._insert(revisions, campaign_id=campaign.id, revision=campaign.revision, data=campaign)

    async def save(self, campaign: Campaign) -> bool:
        """Store the next revision; False when somebody else made it first (nothing is written then)."""
        before = campaign.revision - 1
        if await self._changes(_CHANGE, of_id=campaign.id, of_revision=before, **_columns(campaign)) != 1:
            return False
        await self._insert(revisions, campaign_id=campaign.id, revision=campaign.revision, data=campaign)
        await self._changes(_PUT_BEHIND, of_campaign_id=campaign.id, wanted_revision=campaign.revision)
        return True

    async def at_revision(self, campaign_id: CampaignId, revision: int) -> Campaign:
        """Read a campaign as it was; raise KeyError when there was no such revision."""
        row = await self._first(_AT_REVISION, of_campaign_id=campaign_id, of_revision=revision)
        if row is None:
            raise KeyError(campaign_id, revision)
        campaign: Campaign = row.data
        return campaign

    async def unfinished(self, actor: Member) -> tuple[Campaign, ...]:
        """List the drafts that the actor may resume, newest first: their own, and those of their own outlets."""
        outlets = [
            role.location_id for role in actor.memberships if role.location_id and Permission.FILL in GRANTS[role.role]
        ]
        is_own = campaigns.c.author_id == actor.id
        found = await self._all(
            select(campaigns.c.data)
            .where(self._of(campaigns), campaigns.c.state.in_(UNFINISHED))
            .where(or_(is_own, campaigns.c.location_id.in_(outlets)) if outlets else is_own)
            .order_by(campaigns.c.changed_at.desc(), campaigns.c.id)
        )
        return tuple(row.data for row in found)

    async def last(
        self, location_id: LocationId, *, template: str | None = None, delivered_only: bool = False
    ) -> Campaign | None:
        """Find the newest campaign of a location that was not withdrawn."""
        query = select(campaigns.c.data).where(
            self._of(campaigns), campaigns.c.location_id == location_id, campaigns.c.state != State.WITHDRAWN
        )
        if template is not None:
            query = query.where(campaigns.c.template_name == template)
        if delivered_only:
            query = query.where(campaigns.c.state == State.DELIVERED)
        row = await self._first(query.order_by(campaigns.c.created_at.desc(), campaigns.c.id.desc()).limit(1))
        return row.data if row else None

    async def count_by(self, actor: Member, places: Places) -> tuple[tuple[TerritoryId, State, int], ...]:
        """Count campaigns by the location's areas and by state, where the actor may read everything."""
        found = await self._all(
            select(campaigns.c.location_id, campaigns.c.state, func.count().label("n"))
            .where(self._of(campaigns), within(campaigns, actor, Permission.READ_ALL, places=places))
            .group_by(campaigns.c.location_id, campaigns.c.state)
        )
        areas = {place.id: place.territory_ids for place in places.locations}
        totals: dict[tuple[TerritoryId, State], int] = {}
        for row in found:
            for area in areas.get(row.location_id, ()):
                totals[area, State(row.state)] = totals.get((area, State(row.state)), 0) + row.n
        return tuple((area, state, count) for (area, state), count in sorted(totals.items()))

    async def usage(self, location_id: LocationId) -> Mapping[str, int]:
        """Count a location's campaigns per template name, for the order of the menu."""
        found = await self._all(
            select(campaigns.c.template_name, func.count().label("n"))
            .where(self._of(campaigns), campaigns.c.location_id == location_id)
            .group_by(campaigns.c.template_name)
        )
        return {row.template_name: row.n for row in found}


def _columns(campaign: Campaign) -> dict[str, object]:
    return {
        "location_id": campaign.location_id,
        "author_id": campaign.author_id,
        "template_name": campaign.template.name,
        "state": str(campaign.state),
        "revision": campaign.revision,
        "changed_at": campaign.changed_at,
        "data": campaign,
    }
