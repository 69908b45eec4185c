"""Copies of cards. A row whose shown revision is behind its campaign's is work for bot/redraw, and nothing else is."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update

from bot.domain.conversation import Address, Placement, View
from bot.domain.ids import CampaignId, Digest, PlacementId, RequestId
from bot.store.rows import AnyRow, Rows, same
from bot.store.tables import campaigns, placements

RETIRED = -1
"""The wanted revision of a card that nobody redraws any more."""

_IS_BEHIND = placements.c.shown_revision < placements.c.wanted_revision
_ORDER = (placements.c.created_at, placements.c.id)
_OF_CAMPAIGN = select(placements).where(*same(placements, "campaign_id"), ~placements.c.is_retired).order_by(*_ORDER)
_BEHIND_OF = select(placements).where(*same(placements, "campaign_id"), _IS_BEHIND).order_by(*_ORDER)
_PRESENT = select(campaigns.c.revision).where(*same(campaigns, "id"))


class PlacementRepository(Rows):
    """Where cards stand and what they show."""

    async def add(self, placement: Placement) -> None:
        """Add a card; it is behind until it has been posted at the campaign's revision."""
        present = await self._hold(_PRESENT, campaigns, of_id=placement.campaign_id)
        columns = placement.model_dump(exclude={"address"}) | placement.address.model_dump()
        await self._insert(placements, wanted_revision=present.revision if present else 0, **columns)

    async def get(self, placement_id: PlacementId) -> Placement | None:
        """Find a card by id."""
        row = await self._first(select(placements).where(*self._is(placement_id)))
        return _placement(row) if row else None

    async def of_campaign(self, campaign_id: CampaignId) -> tuple[Placement, ...]:
        """List the cards of a campaign that are still kept up to date, oldest first."""
        found = await self._all(_OF_CAMPAIGN, of_campaign_id=campaign_id)
        return tuple(_placement(row) for row in found)

    async def behind(self, limit: int, *, now: datetime | None = None) -> tuple[Placement, ...]:
        """List cards to redraw, oldest first; with `now`, only those that nobody has claimed."""
        return await self._list(_IS_BEHIND, *_unclaimed(now), limit=limit)

    async def behind_of(self, campaign_id: CampaignId) -> tuple[Placement, ...]:
        """List the cards of one campaign to redraw."""
        found = await self._all(_BEHIND_OF, of_campaign_id=campaign_id)
        return tuple(_placement(row) for row in found)

    async def mark(
        self,
        placement_id: PlacementId,
        revision: int,
        digests: tuple[Digest, ...],
        post_id: str,
        *,
        format: str | None = None,  # noqa: A002 - the domain's word
    ) -> bool:
        """Note what a card shows now; never backwards. False when it already shows that revision or a later one.

        With `format`, a card whose format was changed while it was being drawn stays behind. A first post's id is
        kept in any case, so that a card is never posted twice.
        """
        row = update(placements).where(*self._is(placement_id))
        await self._changes(row.where(placements.c.post_id != post_id).values(post_id=post_id))
        is_newer = placements.c.shown_revision < revision
        as_drawn = [] if format is None else [placements.c.format == format]
        shown = {"shown_revision": revision, "shown_digests": digests, "claimed_by": None, "claimed_until": None}
        return await self._changes(row.where(is_newer, *as_drawn).values(**shown)) == 1

    async def stale(self, placement_id: PlacementId) -> None:
        """Have a card drawn again although its campaign has not changed."""
        await self._changes(update(placements).where(*self._is(placement_id)).values(shown_revision=0))

    async def at_post(self, platform: str, workspace: str, conversation_id: str, post_id: str) -> Placement | None:
        """Find the card that a press or reaction was on."""
        found = await self._list(
            placements.c.platform == platform,
            placements.c.workspace == workspace,
            placements.c.conversation_id == conversation_id,
            placements.c.post_id == post_id,
            limit=1,
        )
        return next(iter(found), None)

    async def set_format(self, placement_id: PlacementId, format: str) -> None:  # noqa: A002 - the domain's word
        """Show another format on a card; it is behind until redrawn."""
        row = update(placements).where(*self._is(placement_id))
        await self._changes(row.values(format=format, shown_revision=0))

    async def retire(self, placement_id: PlacementId) -> None:
        """Stop redrawing a card: its post is gone, or the conversation is closed to us."""
        row = update(placements).where(*self._is(placement_id))
        await self._changes(row.values(is_retired=True, wanted_revision=RETIRED))

    async def claim(self, placement_id: PlacementId, owner: str, now: datetime, for_s: float) -> bool:
        """Take the redrawing of a card upon one process for some seconds; False while another has it."""
        free = update(placements).where(*self._is(placement_id), *_unclaimed(now, owner=owner))
        until = now + timedelta(seconds=for_s)
        return await self._changes(free.values(claimed_by=owner, claimed_until=until)) == 1

    async def _list(self, *conditions: ColumnElement[bool], limit: int | None = None) -> tuple[Placement, ...]:
        query = select(placements).where(self._of(placements), *conditions)
        found = await self._all(query.order_by(*_ORDER).limit(limit))
        return tuple(_placement(row) for row in found)

    def _is(self, placement_id: PlacementId) -> tuple[ColumnElement[bool], ...]:
        return (self._of(placements), placements.c.id == placement_id)


def _unclaimed(now: datetime | None, *, owner: str = "") -> tuple[ColumnElement[bool], ...]:
    if now is None:
        return ()
    until = placements.c.claimed_until
    return (or_(until.is_(None), until <= now, placements.c.claimed_by == owner),)


def _placement(row: AnyRow) -> Placement:
    return Placement(
        id=PlacementId(row.id),
        campaign_id=CampaignId(row.campaign_id),
        address=Address(
            platform=row.platform,
            workspace=row.workspace,
            conversation_id=row.conversation_id,
            thread_id=row.thread_id,
            is_direct=row.is_direct,
        ),
        view=View(row.view),
        locale=row.locale,
        request_id=RequestId(row.request_id) if row.request_id else None,
        post_id=row.post_id,
        format=row.format,
        shown_revision=row.shown_revision,
        shown_digests=row.shown_digests,
        created_at=row.created_at,
        member_id=row.member_id,
    )
