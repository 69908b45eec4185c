"""Take an optional value out again."""

from bot.chat import Reply, Strong
from bot.dialog.slot_words import words_for
from bot.errors import Stale, WrongState
from bot.turn import Turn
from handlers.ask import go_on, require_unlocked
from handlers.fill import make_editable


async def clear(turn: Turn) -> Reply:
    """Empty the slot whose number the button carries."""
    campaign = await turn.campaign()
    draft = await turn.draft(campaign)
    index = turn.action.index if turn.action and turn.action.index is not None else -1
    if not 0 <= index < len(draft.template.slots):
        raise Stale("choice_gone")
    slot = draft.template.slots[index]
    require_unlocked(turn, draft, slot)
    if slot.name not in campaign.values:
        raise WrongState("already_empty")
    editable = await make_editable(turn, campaign)
    cleared = editable.clear(slot.name, by=turn.member.id, at=turn.now)
    await turn.change(cleared, was=editable)
    label = words_for(draft, slot, turn.language).label
    await turn.focus_on(cleared.id)
    return await go_on(turn, cleared, turn.text("draft.emptied", label=Strong(text=label)), after=slot.name)
