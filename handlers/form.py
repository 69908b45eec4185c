"""Read a filled form: all fields or none, and what was typed is never lost."""

from bot.chat import Done, OpenForm, Reply, Submitted
from bot.dialog.fields import Filled, form_slots, read_form
from bot.dialog.needs import find_needs
from bot.domain.campaign import Campaign
from bot.domain.draft import Draft
from bot.errors import WrongState
from bot.turn import Turn
from handlers.ask import join, next_steps
from handlers.edit import edit_form
from handlers.fill import echo_values, find_blocks, make_editable, save_values


async def form(turn: Turn) -> Reply:
    """Take over the fields that were changed; mark those that do not fit."""
    content = turn.incoming.content
    if not isinstance(content, Submitted) or turn.action is None:
        raise WrongState
    campaign = await turn.campaign()
    draft = await turn.draft(campaign)
    opened = await turn.uow.campaigns.at_revision(campaign.id, turn.action.revision)
    filled = read_form(draft, content.values, turn.language, opened_on=await turn.draft(opened))
    errors = _errors(turn, draft, filled)
    if errors:
        opened_now = opened.model_copy(update={"values": campaign.values})
        return OpenForm(form=edit_form(turn, opened_now, draft, typed=dict(content.values), errors=errors))
    changed = await _save(turn, campaign, filled)
    return await _tell(turn, changed, filled)


def _errors(turn: Turn, draft: Draft, filled: Filled) -> dict[str, str]:
    """Give the sentence for every field that cannot be read or that a rule refuses."""
    errors = {name: turn.line(each.sentence, **each.facts) for name, each in filled.troubles.items()}
    for block in find_blocks(turn, draft.with_values(filled.values), filled.values):
        offered = ", ".join(remedy.label for remedy in block.remedies)
        said = turn.line("draft.form_error", sentence=block.sentence, citation=block.citation, remedies=offered)
        errors.setdefault(block.slot, said)
    return errors


async def _save(turn: Turn, campaign: Campaign, filled: Filled) -> Campaign:
    """Save the changes; the fields of a form count as confirmed, the untouched ones too."""
    draft = await turn.draft(campaign)
    seen = {slot.name for slot in form_slots(draft)} - set(filled.values) - set(filled.emptied)
    confirmed = {name: value.confirmed() for name, value in campaign.values.items() if name in seen}
    wanted = {**{n: v for n, v in confirmed.items() if v != campaign.values[n]}, **filled.values}
    if wanted:
        campaign = await save_values(turn, campaign, wanted)
    for name in filled.emptied:
        editable = await make_editable(turn, campaign)
        campaign = editable.clear(name, by=turn.member.id, at=turn.now)
        await turn.change(campaign, was=editable)
    return campaign


async def _tell(turn: Turn, campaign: Campaign, filled: Filled) -> Reply:
    await turn.focus_on(campaign.id, is_tour=False)
    draft = await turn.draft(campaign)
    needs = find_needs(draft, turn.findings(draft))
    said = turn.text("draft.form_saved" if filled.values or filled.emptied else "draft.form_same")
    rest = turn.text("draft.more") if needs.to_ask else turn.text("draft.ready")
    return Done(
        text=join(said, echo_values(turn, draft, tuple(filled.values)), rest), rows=next_steps(turn, campaign, needs)
    )
