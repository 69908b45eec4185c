"""Approval requests and their decisions: one decision wins by compare-and-set, each is kept as it was given."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, tuple_, update

from bot.domain.approval import ApprovalRequest, RequestState
from bot.domain.ids import CampaignId, RequestId
from bot.domain.location import Places
from bot.domain.member import Member, Permission
from bot.store.rows import AnyRow, AnySelect, Rows
from bot.store.scope import within
from bot.store.tables import decisions, requests

PAGE = 20


class RequestRepository(Rows):
    """What was asked, and what people answered."""

    async def add(self, request: ApprovalRequest) -> None:
        """Add a request that nobody has answered yet."""
        await self._insert(
            requests,
            id=request.id,
            campaign_id=request.campaign_id,
            location_id=request.location_id,
            asked_at=request.asked_at,
            **_columns(request),
            data=request,
        )

    async def get(self, request_id: RequestId) -> ApprovalRequest | None:
        """Find a request; when writing, nobody else decides it until the commit."""
        return await self._one(_SELECT.where(self._of(requests), requests.c.id == request_id))

    async def open_of(self, campaign_id: CampaignId) -> ApprovalRequest | None:
        """Find the request that a campaign waits for."""
        is_open = requests.c.state == RequestState.OPEN
        return await self._one(_SELECT.where(self._of(requests), requests.c.campaign_id == campaign_id, is_open))

    async def save(self, request: ApprovalRequest, *, was: RequestState, was_stage: int, decisions_before: int) -> bool:
        """Store answers and state; False when somebody was faster (nothing is written then)."""
        unchanged = (
            requests.c.state == was,
            requests.c.stage == was_stage,
            requests.c.decision_count == decisions_before,
        )
        won = update(requests).where(self._of(requests), requests.c.id == request.id, *unchanged)
        if await self._changes(won.values(**_columns(request))) != 1:
            return False
        for number, decision in list(enumerate(request.decisions))[decisions_before:]:
            await self._insert(
                decisions, request_id=request.id, number=number, member_id=decision.member_id, data=decision
            )
        return True

    async def void(self, campaign_id: CampaignId) -> bool:
        """Void the campaign's request, whether it waits or was granted; False when it has none such."""
        counts = requests.c.state.in_((RequestState.OPEN, RequestState.APPROVED))
        counting = update(requests).where(self._of(requests), requests.c.campaign_id == campaign_id, counts)
        return await self._changes(counting.values(state=str(RequestState.VOIDED))) > 0

    async def waiting(
        self, actor: Member, places: Places, *, after: tuple[datetime, RequestId] | None = None, limit: int = PAGE
    ) -> tuple[ApprovalRequest, ...]:
        """List what waits at places whose requests the actor may see, oldest first.

        `after` is `asked_at` and id of the last row of the page before.
        """
        query = _SELECT.where(
            self._of(requests),
            requests.c.state == RequestState.OPEN,
            within(requests, actor, Permission.DECIDE, places=places)
            | within(requests, actor, Permission.READ_ALL, places=places),
        )
        if after is not None:
            query = query.where(tuple_(requests.c.asked_at, requests.c.id) > after)
        found = await self._all(query.order_by(requests.c.asked_at, requests.c.id).limit(limit))
        return tuple([await self._whole(row) for row in found])

    async def _one(self, query: AnySelect) -> ApprovalRequest | None:
        row = await self._hold(query, requests)
        return await self._whole(row) if row else None

    async def _whole(self, row: AnyRow) -> ApprovalRequest:
        given: Sequence[AnyRow] = ()
        if row.decision_count:
            of_this: ColumnElement[bool] = decisions.c.request_id == row.id
            given = await self._all(
                select(decisions.c.data).where(self._of(decisions), of_this).order_by(decisions.c.number)
            )
        asked: ApprovalRequest = row.data
        answered = {"state": RequestState(row.state), "stage": row.stage, "decisions": tuple(d.data for d in given)}
        return asked.model_copy(update=answered)


_SELECT: AnySelect = select(
    requests.c.id, requests.c.state, requests.c.stage, requests.c.decision_count, requests.c.data
)


def _columns(request: ApprovalRequest) -> dict[str, object]:
    return {"state": str(request.state), "stage": request.stage, "decision_count": len(request.decisions)}
