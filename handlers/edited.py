"""A person changed an earlier post: offer the new words where they belong, never swap them silently."""

from pydantic import JsonValue

from bot.chat import Quiet, Quoted, Reply, Say, Strong
from bot.dialog.slot_words import words_for
from bot.domain.campaign import EDITABLE, Campaign
from bot.domain.draft import Draft
from bot.domain.template import Slot
from bot.domain.value import Source
from bot.errors import AskAgain
from bot.slots import read
from bot.turn import Turn
from handlers.sentence import ways_in

TYPED = frozenset({Source.TYPED, Source.SENTENCE})


async def edited(turn: Turn) -> Reply:
    """Offer to use the new words for the value that was typed last."""
    if not turn.incoming.address.is_direct:
        return Quiet()
    focused = turn.focus.campaign_id
    campaign = await turn.uow.campaigns.get(focused, turn.member, turn.places) if focused else None
    if campaign is None or campaign.state not in EDITABLE:
        return Say(text=turn.text("draft.edited_late"), rows=ways_in(turn))
    draft = await turn.draft(campaign)
    slot = await _typed_last(turn, campaign, draft)
    show = turn.button("buttons.show_card", "show_card", campaign)
    data = _read(turn, draft, slot) if slot else None
    if slot is None or data is None:
        edit = turn.button("buttons.edit", "edit", campaign, opens_form=True)
        return Say(text=turn.text("draft.edited_late"), rows=((edit, show),))
    pending = await turn.offer("fill", [{"slot": slot.name, "data": data}], campaign)
    use = turn.button("buttons.use_new_text", "fill", campaign, 0, subject=pending.id, style="primary")
    label = Strong(text=words_for(draft, slot, turn.language).label)
    return Say(text=turn.text("draft.edited", label=label, words=Quoted(text=turn.typed)), rows=((use, show),))


async def _typed_last(turn: Turn, campaign: Campaign, draft: Draft) -> Slot | None:
    """Find the one slot that the last change filled with typed words."""
    if campaign.what != "filled" or campaign.undo_to is None:
        return None
    before = await turn.uow.campaigns.at_revision(campaign.id, campaign.undo_to)
    changed = [
        slot
        for slot in draft.template.slots
        if (value := campaign.values.get(slot.name)) and value.source in TYPED and value != before.values.get(slot.name)
    ]
    return changed[0] if len(changed) == 1 else None


def _read(turn: Turn, draft: Draft, slot: Slot) -> dict[str, JsonValue] | None:
    try:
        return read(turn.typed, slot, draft.reading, words_for(draft, slot, turn.language))
    except AskAgain:
        return None
