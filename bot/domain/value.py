"""What a person put into a slot: typed data as JSON, where it came from, and whether it is confirmed."""

from enum import StrEnum

from pydantic import JsonValue

from bot.domain.frozen import Frozen


class Source(StrEnum):
    """Where a value comes from; the card says so."""

    TYPED = "typed"
    CHOSEN = "chosen"
    FORM = "form"
    SENTENCE = "sentence"
    """Read out of a free sentence: shown for confirmation."""
    PROFILE = "profile"
    TEMPLATE = "template"
    LAST_CAMPAIGN = "last_campaign"
    SUGGESTED = "suggested"
    RULE = "rule"
    """Added by a guardrail (a required term)."""


class Value(Frozen):
    """One filled slot. `data` is the JSON of the slot type's own value (see bot/slots)."""

    data: dict[str, JsonValue]
    source: Source
    is_confirmed: bool = False

    def confirmed(self) -> "Value":
        """Give the same value with a person's yes on it."""
        return self.model_copy(update={"is_confirmed": True})
