"""Change anything: a form with every field where the platform has forms, else one question at a time."""

from bot.chat import Action, Button, Choose, Form, OpenForm, Option, Pressed, Reply
from bot.dialog.fields import form_fields
from bot.dialog.slot_words import words_for
from bot.domain.campaign import EDITABLE, Campaign, State
from bot.domain.draft import Draft
from bot.domain.template import Slot
from bot.errors import WrongState
from bot.slots import show_value
from bot.turn import Turn

TITLE_CHARACTERS = 24
VALUE_CHARACTERS = 60


async def edit(turn: Turn) -> Reply:
    """Open the form of the campaign, or list its slots."""
    campaign = await turn.campaign()
    if campaign.state not in EDITABLE | {State.DELIVERED}:
        raise WrongState(f"state_{campaign.state}")
    draft = await turn.draft(campaign)
    content = turn.incoming.content
    if turn.capabilities.has_forms and isinstance(content, Pressed) and content.form_id:
        return OpenForm(form=edit_form(turn, campaign, draft))
    await turn.focus_on(campaign.id, is_tour=False)
    options = tuple(
        _option(turn, campaign, draft, slot, index)
        for index, slot in enumerate(draft.template.slots)
        if not slot.is_locked
    )
    back = turn.button("buttons.back", "back", campaign)
    return Choose(text=turn.text("draft.which_slot"), options=options, rows=((back,),))


def edit_form(
    turn: Turn, campaign: Campaign, draft: Draft, *, typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> Form:  # fmt: skip
    """Make the form; with `errors` it comes back with what was typed and the fields marked."""
    title = draft.template.copy_for(turn.language).title
    return Form(
        action=str(Action(verb="form", subject=campaign.id, revision=campaign.revision)),
        title=title[:TITLE_CHARACTERS],
        submit_label=turn.line("buttons.save"),
        inputs=form_fields(draft, turn.language, typed=typed, errors=errors),
        intro=turn.text("draft.form_intro_again" if errors else "draft.form_intro", location=draft.location.name),
    )


def _option(turn: Turn, campaign: Campaign, draft: Draft, slot: Slot, index: int) -> Option:
    copy = words_for(draft, slot, turn.language)
    value = draft.values.get(slot.name)
    if value is None:
        shown = turn.line("card.missing" if slot.is_required else "card.left_empty")
    elif slot.type == "photo":
        shown = turn.line("card.photo")
    else:
        shown = show_value(value, slot, draft.reading, copy)
    button: Button = turn.button("buttons.answer", "ask", campaign, index, label=copy.label)
    return Option(title=copy.label, description=shown[:VALUE_CHARACTERS], button=button)
