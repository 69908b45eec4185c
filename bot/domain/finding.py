"""What a guardrail says of a draft, and the compliant way out that it offers."""

from enum import StrEnum

from pydantic import JsonValue

from bot.domain.frozen import Frozen


class Severity(StrEnum):
    """What a finding does to a campaign."""

    BLOCK = "block"
    """The value is refused, and the campaign cannot be submitted with it."""
    WARN = "warn"
    """Advice, shown to owner and approver."""
    REQUIRE = "require"
    """A term that must be there; it adds itself."""


class Remedy(Frozen):
    """One compliant value, applied in one press; `label` is what the button says (at most 40 characters)."""

    slot: str
    data: dict[str, JsonValue]
    label: str


class Finding(Frozen):
    """One thing a rule says of one slot."""

    rule_id: str
    severity: Severity
    slot: str
    sentence: str
    """What is wrong and what is allowed, in the reader's language."""
    citation: str
    """The guideline or law it rests on, such as `Brand guide 4.2`."""
    remedies: tuple[Remedy, ...] = ()
    span: tuple[int, int] | None = None
    """Offending characters of the value's text."""
