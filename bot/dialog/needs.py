"""What a draft still needs before it may be submitted, and which slot to ask next.

The tour, the submit request and the card's progress all read it here.
"""

from bot.dialog.slot_words import words_for
from bot.domain.draft import Draft
from bot.domain.finding import Finding, Severity
from bot.domain.frozen import Frozen
from bot.domain.template import Slot
from bot.domain.value import Source
from bot.errors import AskAgain
from bot.slots import read


class Needs(Frozen):
    """Slots by what they need, each in the template's order; empty everywhere means ready."""

    missing: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    """Change-required slots that still hold the template's default."""
    blocked: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    too_long: tuple[str, ...] = ()
    """Slots whose text a picture cannot show whole; known only when the pictures have been drawn."""

    @property
    def is_ready(self) -> bool:
        """Tell whether the draft may be submitted."""
        return not (self.to_ask or self.unconfirmed)

    @property
    def to_ask(self) -> tuple[str, ...]:
        """Name the slots that only an answer can put right."""
        return tuple(dict.fromkeys((*self.missing, *self.unchanged, *self.blocked, *self.too_long)))

    def kind_of(self, name: str) -> str:
        """Say what a slot needs, as the sentences `submit.<kind>` call it."""
        kinds = {"missing": self.missing, "unchanged": self.unchanged, "blocked": self.blocked}
        return next((kind for kind, names in kinds.items() if name in names), "too_long")


def find_needs(draft: Draft, findings: tuple[Finding, ...]) -> Needs:
    """Collect what stands between a draft and its request."""
    blocks = {finding.slot for finding in findings if finding.severity is not Severity.WARN}
    return Needs(
        missing=draft.missing,
        unchanged=tuple(slot.name for slot in draft.template.slots if is_unchanged(draft, slot)),
        blocked=tuple(slot.name for slot in draft.template.slots if slot.name in blocks and slot.name in draft.values),
        unconfirmed=draft.unconfirmed,
    )


def is_unchanged(draft: Draft, slot: Slot) -> bool:
    """Tell whether a change-required slot still says what the template says."""
    value = draft.values.get(slot.name)
    if not slot.is_change_required or value is None:
        return False
    return value.source is Source.TEMPLATE or value.data == default_data(draft, slot)


def default_data(draft: Draft, slot: Slot) -> object:
    """Give the template's default as the slot's JSON, or None."""
    copy = words_for(draft, slot, draft.location.language)
    try:
        return read(copy.default, slot, draft.reading, copy) if copy.default else None
    except AskAgain:
        return None


def next_slot(draft: Draft, needs: Needs, *, after: str = "") -> Slot | None:
    """Give the next slot to ask on the tour, walking round from `after`; locked slots are nobody's to fill."""
    waiting = set(needs.to_ask)
    names = [slot.name for slot in draft.template.slots]
    start = names.index(after) + 1 if after in names else 0
    ordered = (*draft.template.slots[start:], *draft.template.slots[:start])
    return next((slot for slot in ordered if slot.name in waiting and slot.name != after and not slot.is_locked), None)
