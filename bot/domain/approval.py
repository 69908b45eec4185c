"""An ask bound to one revision, and people's recorded answers: a decision is a signature."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from bot.domain.frozen import Frozen
from bot.domain.ids import CampaignId, Digest, LocationId, MemberId, RequestId, TerritoryId
from bot.domain.location import Location, Places
from bot.domain.member import GRANTS, Member, Permission, Role
from bot.domain.policy import Clocks, Stage
from bot.domain.template import TemplateRef


class Outcome(StrEnum):
    """What one person answered."""

    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"
    REJECT = "reject"


class RequestState(StrEnum):
    """How a request stands."""

    OPEN = "open"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    REJECTED = "rejected"
    VOIDED = "voided"
    """The campaign was changed or withdrawn after it was asked."""
    EXPIRED = "expired"


class Decision(Frozen):
    """One person's answer, bound to exactly what was seen."""

    request_id: RequestId
    member_id: MemberId
    role: Role
    outcome: Outcome
    words: str = ""
    platform: str
    conversation_id: str
    post_id: str
    revision: int
    template: TemplateRef
    policy_version: Digest
    values_digest: Digest
    rendition_digests: tuple[Digest, ...]
    """Of the pictures on the card that was pressed."""
    decided_at: datetime


class ApprovalRequest(Frozen):
    """One ask: campaign, revision, who must answer, by when."""

    id: RequestId
    campaign_id: CampaignId
    location_id: LocationId
    territory_id: TerritoryId
    """Whose conversation it is posted to."""
    revision: int
    """The campaign revision that was submitted; decisions must name it."""
    asked_by: MemberId
    asked_at: datetime
    barred: tuple[MemberId, ...]
    """Author and last editor: they may not decide."""
    lane: str
    stages: tuple[Stage, ...]
    clocks: Clocks = Clocks()
    state: RequestState = RequestState.OPEN
    stage: int = 0
    template: TemplateRef
    policy_version: Digest
    brand_version: Digest
    """Fonts, colours and logos that the pictures were drawn with: the originals are drawn with the same."""
    values_digest: Digest
    due_at: datetime | None = None
    decisions: tuple[Decision, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether it still waits."""
        return self.state is RequestState.OPEN

    def approvals_left(self) -> int:
        """Count the yeses that the present stage still needs."""
        if self.stage >= len(self.stages):
            return 0
        given = [d for d in self.decisions if d.outcome is Outcome.APPROVE]
        before = sum(stage.approvals for stage in self.stages[: self.stage])
        return self.stages[self.stage].approvals - (len(given) - before)

    def role_of(self, member: Member, location: Location, places: Places) -> Role | None:
        """Give the role by which a person may answer the present stage; None when they may not (any more)."""
        if not self.is_open or member.id in self.barred or member.id in {d.member_id for d in self.decisions}:
            return None
        held = {
            m.role for m in member.memberships if Permission.DECIDE in GRANTS[m.role] and m.covers(location, places)
        }
        wanted = self.stages[self.stage].role
        return next((role for role in (wanted, Role.ADMIN) if role in held), None)

    def deciders(self, people: Iterable[Member], location: Location, places: Places) -> tuple[Member, ...]:
        """List who may answer the present stage: those whose office it is first, then those who may step in."""
        roles = [(self.role_of(member, location, places), member) for member in people]
        wanted = self.stages[self.stage].role if self.is_open else None
        return tuple(member for role, member in sorted(roles, key=lambda pair: pair[0] is not wanted) if role)

    def with_decision(self, decision: Decision) -> "ApprovalRequest":
        """Record an answer; the last yes of the last stage, or any no, closes the request."""
        closing = {
            Outcome.REQUEST_CHANGES: RequestState.CHANGES_REQUESTED,
            Outcome.REJECT: RequestState.REJECTED,
        }.get(decision.outcome)
        noted = self.model_copy(update={"decisions": (*self.decisions, decision)})
        if closing:
            return noted.model_copy(update={"state": closing})
        if noted.approvals_left() > 0:
            return noted
        last = self.stage + 1 >= len(self.stages)
        step: dict[str, object] = {"state": RequestState.APPROVED} if last else {"stage": self.stage + 1}
        return noted.model_copy(update=step)
