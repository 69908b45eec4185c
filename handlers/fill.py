"""Put values into a draft: the one path on which typed words, presses, photos and forms end.

`fill` answers the choices that other requests offer; `put_values` is what they all call.
"""

from collections.abc import Collection, Mapping
from typing import cast

from pydantic import JsonValue

from bot.chat import Quoted, Refuse, Reply, Say, Strong, Text
from bot.dialog.quick import quick_answers
from bot.dialog.slot_words import words_for
from bot.dialog.start import carried_values, fits
from bot.domain.campaign import EDITABLE, UNFINISHED, Campaign, State
from bot.domain.conversation import View
from bot.domain.draft import Draft
from bot.domain.finding import Finding, Severity
from bot.domain.focus import Arguments, Asked
from bot.domain.ids import CampaignId, new_id
from bot.domain.value import Source, Value
from bot.errors import Stale, WrongState
from bot.guardrails import apply_required
from bot.slots import show_value
from bot.turn import Turn
from handlers.ask import ask_slot, go_on, in_rows, join, require_unlocked

MOST_REMEDIES = 4


async def fill(turn: Turn) -> Reply:
    """Fill a slot with the choice that was pressed; it counts as confirmed."""
    pending = await turn.pending()
    chosen = await turn.chosen()
    offered_on = await turn.campaign()
    begun = await _branch_of(turn, offered_on)
    campaign = begun or offered_on
    name, data = str(chosen["slot"]), cast("dict[str, JsonValue]", chosen["data"])
    present = campaign.values.get(name)
    if present and present.data == data and present.is_confirmed:
        return Say(text=turn.text("draft.already"), is_private=True)
    if begun is None and await _has_moved_on(turn, campaign, name, pending.revision):
        return await ask_slot(turn, campaign, name, turn.text("draft.moved_on"))
    source = Source(str(chosen.get("source", Source.CHOSEN)))
    return await put_values(turn, campaign, {name: Value(data=data, source=source, is_confirmed=True)})


async def put_values(turn: Turn, campaign: Campaign, values: Mapping[str, Value]) -> Reply:
    """Fill what the rules allow, echo it in full and go on; refuse the rest with a way out."""
    draft = await turn.draft(campaign)
    _require_open(turn, draft, values)
    blocks = find_blocks(turn, draft.with_values(values), values)
    refused = {name: value for name, value in values.items() if name in {block.slot for block in blocks}}
    allowed = {name: value for name, value in values.items() if name not in refused}
    filled = campaign
    said: Text = ()
    if allowed:
        filled = await save_values(turn, campaign, allowed)
        echo = echo_values(turn, await turn.draft(filled), tuple(allowed))
        said = join(_consequence(turn, campaign, filled), echo)
    if blocks:
        tried = (await turn.draft(filled)).with_values(refused)
        return await refuse_values(turn, filled, tried, blocks, said)
    await turn.focus_on(filled.id)
    return await go_on(turn, filled, said, after=list(values)[-1])


async def save_values(turn: Turn, campaign: Campaign, values: Mapping[str, Value]) -> Campaign:
    """Make the next revision with these values and the terms that the rules add by themselves."""
    editable = await make_editable(turn, campaign)
    draft = (await turn.draft(editable)).with_values(values)
    _require_open(turn, draft, values)
    added = apply_required(draft, turn.book.policies, draft.location.language)
    known = {slot.name for slot in draft.template.slots}
    wanted = {name: value for name, value in {**values, **added}.items() if name in known}
    filled = editable.fill(wanted, by=turn.member.id, at=turn.now)
    await turn.change(filled, was=editable)
    return filled


def _require_open(turn: Turn, draft: Draft, values: Mapping[str, Value]) -> None:
    """Raise unless this version of the template has these slots, unlocked and of the values' types."""
    slots = {slot.name: slot for slot in draft.template.slots}
    for name, value in values.items():
        if name not in slots:
            raise Stale("choice_gone")
        require_unlocked(turn, draft, slots[name])
        if not fits(slots[name], value):
            raise Stale("choice_gone")


async def make_editable(turn: Turn, campaign: Campaign) -> Campaign:
    """Make a campaign changeable: a delivered one becomes a new one, a draft takes today's template."""
    if campaign.state is State.DELIVERED:
        return await _branch_of(turn, campaign) or await _branch_off(turn, campaign)
    if campaign.state not in EDITABLE:
        raise WrongState(f"state_{campaign.state}")
    newest = turn.book.templates.get(campaign.template.name)
    if campaign.state not in UNFINISHED or newest is None or newest.ref == campaign.template:
        return campaign
    draft = await turn.draft(campaign)
    carried = carried_values(newest, draft.location, draft.reading, old=campaign.values)
    moved = campaign.move_to(newest.ref, at=turn.now).model_copy(update={"values": carried})
    await turn.change(moved, was=campaign)
    return moved


def find_blocks(turn: Turn, draft: Draft, names: Collection[str]) -> tuple[Finding, ...]:
    """Give what the rules refuse of these slots' values."""
    return tuple(found for found in turn.findings(draft, only=names) if found.severity is Severity.BLOCK)


async def refuse_values(
    turn: Turn, campaign: Campaign, draft: Draft, blocks: tuple[Finding, ...], said: Text = ()
) -> Refuse:
    """Say what is refused and why, offer compliant values, and keep the question open."""
    await turn.focus_on(campaign.id, Asked(slot=blocks[0].slot))
    tried = tuple(dict.fromkeys(found.slot for found in blocks))
    offered = _ways_to_comply(turn, draft, blocks)
    choices: list[Arguments] = [{"slot": slot, "data": data} for _, slot, data in offered]
    pending = await turn.offer("fill", choices, campaign)
    buttons = [
        turn.button("buttons.answer", "fill", campaign, index, subject=pending.id, label=label)
        for index, (label, _, _) in enumerate(offered)
    ]
    reasons = "\n".join(dict.fromkeys(found.sentence for found in blocks))
    refused: Text = (*turn.text("draft.left_out"), "\n", *echo_values(turn, draft, tried), "\n", reasons)
    return Refuse(
        text=join(refused, said, turn.text("draft.or_type")),
        citation="; ".join(dict.fromkeys(found.citation for found in blocks)),
        rows=(*in_rows(buttons), (turn.button("buttons.back", "back", campaign),)),
    )


def _ways_to_comply(
    turn: Turn, draft: Draft, blocks: tuple[Finding, ...]
) -> list[tuple[str, str, dict[str, JsonValue]]]:
    """Give (label, slot, data): what the rules offer first, then what is usually answered and allowed."""
    first = draft.template.slot(blocks[0].slot)
    remedies = [(each.label, each.slot, each.data) for found in blocks for each in found.remedies]
    usual = [
        (label, first.name, data)
        for label, data in quick_answers(draft, first, turn.book.policies, turn.language)
        if all(data != known for _, _, known in remedies)
    ]
    return [*remedies, *reversed(usual)][:MOST_REMEDIES]


def echo_values(turn: Turn, draft: Draft, names: tuple[str, ...]) -> Text:
    """Say values in full, as understood, one to a line."""
    lines: list[Text] = []
    for name in names:
        slot, value = draft.template.slot(name), draft.values.get(name)
        copy = words_for(draft, slot, turn.language)
        if value is not None:
            is_photo = slot.type == "photo"
            shown = turn.line("card.photo") if is_photo else show_value(value, slot, draft.reading, copy)
            lines.append(turn.text("draft.echo", label=Strong(text=copy.label), value=Quoted(text=shown)))
    return tuple(piece for index, line in enumerate(lines) for piece in (("\n", *line) if index else line))


async def _has_moved_on(turn: Turn, campaign: Campaign, name: str, revision: int) -> bool:
    if revision in {0, campaign.revision}:
        return False
    offered_on = await turn.uow.campaigns.at_revision(campaign.id, revision)
    return offered_on.values.get(name) != campaign.values.get(name)


async def _branch_of(turn: Turn, campaign: Campaign) -> Campaign | None:
    """Find the campaign that an edit of a delivered one has begun already: a second press starts no second one."""
    if campaign.state is not State.DELIVERED:
        return None
    drafts = await turn.uow.campaigns.unfinished(turn.member)
    return next((draft for draft in drafts if draft.parent_id == campaign.id), None)


async def _branch_off(turn: Turn, campaign: Campaign) -> Campaign:
    branch = Campaign(
        id=CampaignId(new_id("c")), location_id=campaign.location_id, template=campaign.template,
        author_id=turn.member.id, last_editor_id=turn.member.id, changed_by=turn.member.id,
        created_at=turn.now, changed_at=turn.now, values=campaign.values, parent_id=campaign.id,
    )  # fmt: skip
    await turn.uow.campaigns.add(branch)
    await turn.log("campaign.started", branch.id, parent=campaign.id)
    await turn.place(branch, View.OWNER, turn.here, locale=turn.language, member_id=turn.member.id)
    return branch


def _consequence(turn: Turn, before: Campaign, after: Campaign) -> Text:
    """Say what else the change did, when it did more than fill a slot."""
    if after.id != before.id:
        return turn.text("draft.branched")
    if before.state in {State.SUBMITTED, State.APPROVED, State.REJECTED}:
        return turn.text(f"draft.reopened_{before.state}")
    return turn.text("draft.template_moved") if after.template != before.template else ()
