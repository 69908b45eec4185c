"""Headquarters' rules as data: guardrails, and who approves what by when."""

from collections.abc import Mapping

from pydantic import Field, JsonValue

from bot.domain.finding import Severity
from bot.domain.frozen import Frozen
from bot.domain.ids import Digest
from bot.domain.member import Role


class Applies(Frozen):
    """Where a rule or lane counts; an empty list means everywhere."""

    templates: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    """Slot names or slot types."""
    territories: tuple[str, ...] = ()


class Rule(Frozen):
    """One guardrail as written in policies/*.yaml; `kind` is a key of bot.guardrails.GUARDRAILS."""

    id: str
    kind: str
    severity: Severity = Severity.BLOCK
    citation: str
    sentence: Mapping[str, str]
    """Language -> plain text, a jinja2 text over the kind's facts (value, limit, word …)."""
    applies: Applies = Applies()
    settings: Mapping[str, JsonValue] = Field(default_factory=dict)
    """Checked by the kind's own model when the files are loaded."""


class Stage(Frozen):
    """One step of a lane: how many people of which role must say yes."""

    role: Role = Role.APPROVER
    approvals: int = Field(default=1, ge=1)


class Clocks(Frozen):
    """Deadlines in business hours of the calendar."""

    remind_after_hours: float | None = None
    due_after_hours: float | None = None
    then: str = "escalate"
    """When the time is up: `escalate` (tell the admins, keep waiting) or `expire`."""


class Calendar(Frozen):
    """When headquarters works."""

    time_zone: str = "UTC"
    opens: str = "09:00"
    closes: str = "17:00"
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    """0 is Monday."""
    holidays: tuple[str, ...] = ()
    """ISO dates."""


class Lane(Frozen):
    """A way to approval: the first whose conditions hold is taken."""

    name: str
    applies: Applies = Applies()
    max_values: Mapping[str, float] = Field(default_factory=dict)
    """Slot -> largest number (percent, price in major units) for which the lane may be used."""
    stages: tuple[Stage, ...] = (Stage(),)
    """Empty: approved by itself, inside pre-cleared ranges."""
    clocks: Clocks = Clocks()


class ApprovalPolicy(Frozen):
    """policies/approval.yaml."""

    version: Digest
    lanes: tuple[Lane, ...]
    calendar: Calendar = Calendar()
    reactions: Mapping[str, str] = Field(default_factory=dict)
    """Platform -> the emoji (plain name on Slack, character on Telegram) that approves."""


class Policies(Frozen):
    """All rules in force at one version."""

    version: Digest
    rules: tuple[Rule, ...]
    approval: ApprovalPolicy
