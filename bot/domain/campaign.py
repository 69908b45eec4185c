"""A template filled for a location, with a life: every change makes a new revision."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import Field

from bot.domain.frozen import Frozen
from bot.domain.ids import CampaignId, LocationId, MemberId, RequestId
from bot.domain.template import TemplateRef
from bot.domain.value import Value
from bot.errors import WrongState

UNDO_WITHIN = timedelta(minutes=10)


class State(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


EDITABLE = frozenset({State.DRAFT, State.SUBMITTED, State.CHANGES_REQUESTED, State.APPROVED, State.REJECTED})
UNFINISHED = frozenset({State.DRAFT, State.CHANGES_REQUESTED})


class Delivery(StrEnum):
    """How far the originals have come."""

    NONE = "none"
    UNDERWAY = "underway"
    UNCERTAIN = "uncertain"
    """May have gone out: nobody repeats it without a person's press."""
    DONE = "done"


class Campaign(Frozen):
    """One campaign at one revision; methods give the next revision."""

    id: CampaignId
    location_id: LocationId
    template: TemplateRef
    author_id: MemberId
    last_editor_id: MemberId
    changed_by: MemberId
    """Who made this revision (an approver's decision, too)."""
    created_at: datetime
    changed_at: datetime
    revision: int = 1
    state: State = State.DRAFT
    values: Mapping[str, Value] = Field(default_factory=dict)
    what: str = "started"
    """The verb of the change that made this revision: filled, confirmed, submitted, approved …"""
    parent_id: CampaignId | None = None
    request_id: RequestId | None = None
    """The open request, or the one that decided."""
    note: str = ""
    """The approver's words of a change request or rejection."""
    delivery: Delivery = Delivery.NONE
    undo_to: int | None = None
    """The revision that undo goes back to."""

    def fill(self, values: Mapping[str, Value], *, by: MemberId, at: datetime) -> "Campaign":
        """Put values in; a submitted or approved campaign becomes a draft again (its request is void)."""
        self._require(EDITABLE)
        return self._next(
            "filled", by=by, at=at, values={**self.values, **values}, state=State.DRAFT, last_editor_id=by,
            request_id=None, delivery=Delivery.NONE, undo_to=self.revision,
        )  # fmt: skip

    def clear(self, slot: str, *, by: MemberId, at: datetime) -> "Campaign":
        """Take a value out."""
        self._require(EDITABLE)
        rest = {name: value for name, value in self.values.items() if name != slot}
        return self._next(
            "cleared", by=by, at=at, values=rest, state=State.DRAFT, last_editor_id=by,
            request_id=None, delivery=Delivery.NONE, undo_to=self.revision,
        )  # fmt: skip

    def confirm(self, *, by: MemberId, at: datetime) -> "Campaign":
        """Say yes to every value."""
        self._require(UNFINISHED)
        values = {name: value.confirmed() for name, value in self.values.items()}
        return self._next("confirmed", by=by, at=at, values=values, undo_to=self.revision)

    def submit(self, request_id: RequestId, *, by: MemberId, at: datetime) -> "Campaign":
        """Ask for approval under a request."""
        self._require(UNFINISHED)
        return self._next(
            "submitted", by=by, at=at, state=State.SUBMITTED, request_id=request_id, note="", undo_to=self.revision
        )

    def decide(self, state: State, *, by: MemberId, at: datetime, note: str = "") -> "Campaign":
        """Record what the request came to: approved, changes_requested, rejected or expired."""
        self._require({State.SUBMITTED})
        delivery = Delivery.UNDERWAY if state is State.APPROVED else Delivery.NONE
        return self._next(str(state), by=by, at=at, state=state, note=note, delivery=delivery, undo_to=None)

    def wait_for_next_stage(self, *, by: MemberId, at: datetime) -> "Campaign":
        """Note one stage's yes; the request stays open."""
        self._require({State.SUBMITTED})
        return self._next("stage_approved", by=by, at=at, undo_to=None)

    def note_delivery(self, delivery: Delivery, *, at: datetime) -> "Campaign":
        """Record how the delivery went; done makes the campaign delivered."""
        self._require({State.APPROVED, State.DELIVERED})
        state = State.DELIVERED if delivery is Delivery.DONE else self.state
        return self._next(f"delivery_{delivery}", by=self.changed_by, at=at, delivery=delivery, state=state)

    def withdraw(self, *, by: MemberId, at: datetime) -> "Campaign":
        """Cancel; undo brings it back for ten minutes."""
        self._require(EDITABLE)
        return self._next("withdrawn", by=by, at=at, state=State.WITHDRAWN, undo_to=self.revision)

    def undo(self, earlier: "Campaign", *, by: MemberId, at: datetime) -> "Campaign":
        """Go back to an earlier revision's values and template; what was submitted or withdrawn is a draft again."""
        if earlier.id != self.id or earlier.revision != self.undo_to or not self.can_undo(at):
            raise WrongState("nothing_to_undo")
        state = earlier.state if earlier.state in UNFINISHED else State.DRAFT
        return self._next(
            "undone", by=by, at=at, values=earlier.values, template=earlier.template, state=state, last_editor_id=by,
            request_id=None, note=earlier.note, delivery=Delivery.NONE,
            undo_to=earlier.undo_to if earlier.can_undo(at) else None,
        )  # fmt: skip

    def can_undo(self, at: datetime) -> bool:
        """Tell whether the last change may still be taken back."""
        return self.undo_to is not None and at - self.changed_at <= UNDO_WITHIN

    def move_to(self, template: TemplateRef, *, at: datetime) -> "Campaign":
        """Take a newer version of the template (drafts do so on their next edit)."""
        self._require(UNFINISHED)
        return self._next("template_updated", by=self.changed_by, at=at, template=template)

    def _require(self, states: frozenset[State] | set[State]) -> None:
        if self.state not in states:
            raise WrongState(f"state_{self.state}")

    def _next(self, what: str, *, by: MemberId, at: datetime, **changes: object) -> "Campaign":
        step = {"what": what, "changed_by": by, "changed_at": at, "revision": self.revision + 1}
        return self.model_copy(update={**changes, **step})
