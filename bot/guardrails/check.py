"""Hold a draft against the rules in force: which rules count, what they find, and what adds itself."""

from collections.abc import Collection, Iterator

from bot.domain.draft import Draft
from bot.domain.finding import Finding, Remedy, Severity
from bot.domain.policy import Policies, Rule
from bot.domain.template import Slot, SlotCopy
from bot.domain.value import Source, Value
from bot.guardrails.guardrail import Data, Look, Offence
from bot.guardrails.registry import GUARDRAILS, settings_of
from bot.guardrails.required_term import RequiredTerm
from bot.guardrails.sentences import sentence_of
from bot.guardrails.shorten import shorten
from bot.slots import SLOT_TYPES

LABEL_CHARACTERS = 40
MOST_ADDITIONS = 20


def check(
    draft: Draft, policies: Policies, language: str, *, only: Collection[str] | None = None
) -> tuple[Finding, ...]:
    """Find everything the rules say of a draft, in the rules' order; sentences are in the reader's language.

    `only` names the slots to look at: what a rule says of a slot does not depend on the others.
    """
    return tuple(finding for rule in policies.rules for finding in _check_rule(rule, draft, language, only))


def apply_required(draft: Draft, policies: Policies, language: str) -> dict[str, Value]:
    """Give the values that required terms add or complete by themselves."""
    requiring = policies.model_copy(update={"rules": tuple(rule for rule in policies.rules if _requires(rule))})
    added: dict[str, Value] = {}
    for _ in range(MOST_ADDITIONS):
        findings = check(draft.with_values(added), requiring, language)
        missing = next((each for each in findings if each.severity is Severity.REQUIRE and each.remedies), None)
        if missing is None:
            break
        remedy = missing.remedies[0]
        before = draft.values.get(remedy.slot)
        is_confirmed = before.is_confirmed if before else True
        added[remedy.slot] = Value(data=remedy.data, source=Source.RULE, is_confirmed=is_confirmed)
    return added


def _requires(rule: Rule) -> bool:
    return rule.kind == RequiredTerm.kind or rule.severity is Severity.REQUIRE


def _check_rule(rule: Rule, draft: Draft, language: str, only: Collection[str] | None) -> Iterator[Finding]:
    guardrail = GUARDRAILS[rule.kind]
    open_slots = [slot for slot in draft.template.slots if slot.type in guardrail.slot_types and not slot.is_locked]
    slots = [slot for slot in open_slots if (only is None or slot.name in only) and _counts(rule, slot, draft)]
    settings = settings_of(rule) if slots else None
    copies = draft.template.copy_for(language.split("-", maxsplit=1)[0]).slots
    for slot in slots:
        copy = copies.get(slot.name, SlotCopy(label=slot.name))
        look = Look(draft, slot, draft.values.get(slot.name), copy, language)
        for offence in guardrail.look(look, settings):
            yield _finding(rule, look, offence)


def _counts(rule: Rule, slot: Slot, draft: Draft) -> bool:
    applies = rule.applies
    in_slot = not applies.slots or slot.name in applies.slots or slot.type in applies.slots
    in_template = not applies.templates or draft.template.name in applies.templates
    in_territory = not applies.territories or any(area in applies.territories for area in draft.territories)
    return in_slot and in_template and in_territory


def _finding(rule: Rule, look: Look, offence: Offence) -> Finding:
    facts = {"label": look.copy.label, "location": look.draft.location.name, **offence.facts}
    return Finding(
        rule_id=rule.id,
        severity=Severity.REQUIRE if _requires(rule) else rule.severity,
        slot=look.slot.name,
        sentence=sentence_of(rule, look.language, facts),
        citation=rule.citation,
        remedies=tuple(Remedy(slot=look.slot.name, data=data, label=_label(data, look)) for data in offence.remedies),
        span=offence.span,
    )


def _label(data: Data, look: Look) -> str:
    """Name a remedy in full where a button holds it, else short."""
    full = look.show(data)
    if len(full) <= LABEL_CHARACTERS:
        return full
    kind = SLOT_TYPES[look.slot.type]
    short = kind.typeset(kind.load(data), look.draft.reading, look.copy)
    return short if len(short) <= LABEL_CHARACTERS else f"{shorten(short, LABEL_CHARACTERS - 2)} …"
