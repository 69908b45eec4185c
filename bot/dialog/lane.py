"""Which way to approval a draft takes: the first lane of policies/approval.yaml whose conditions hold."""

from decimal import Decimal

from bot.domain.draft import Draft
from bot.domain.policy import Applies, ApprovalPolicy, Lane
from bot.slots import SLOT_TYPES

FALLBACK = Lane(name="one_approver")
"""When no lane fits, a person decides."""
MINOR_PER_MAJOR = 100


def choose_lane(draft: Draft, approval: ApprovalPolicy) -> Lane:
    """Give the template's own lane when its conditions hold, else the first that fits."""
    fitting = [lane for lane in approval.lanes if _counts_for(lane.applies, draft) and _is_within(lane, draft)]
    named = [lane for lane in fitting if lane.name == draft.template.lane]
    return next(iter([*named, *fitting]), FALLBACK)


def _counts_for(applies: Applies, draft: Draft) -> bool:
    in_template = not applies.templates or draft.template.name in applies.templates
    in_territory = not applies.territories or any(area in applies.territories for area in draft.territories)
    slots = {slot.name for slot in draft.template.slots} | {slot.type for slot in draft.template.slots}
    return in_template and in_territory and (not applies.slots or not slots.isdisjoint(applies.slots))


def _is_within(lane: Lane, draft: Draft) -> bool:
    known = {slot.name for slot in draft.template.slots}
    limits = {name: most for name, most in lane.max_values.items() if name in known}
    return all(_number(draft, name) <= Decimal(str(most)) for name, most in limits.items())


def _number(draft: Draft, name: str) -> Decimal:
    """Give the number that a slot holds; a lane never fits a number it cannot read."""
    value = draft.values.get(name)
    if value is None:
        return Decimal("Infinity")
    slot_type = SLOT_TYPES[draft.template.slot(name).type]
    facts = slot_type.facts(slot_type.load(value.data))
    if "amount_minor" in facts:
        return Decimal(str(facts["amount_minor"])) / MINOR_PER_MAJOR
    return Decimal(str(facts.get("number", "Infinity")))
