"""Leave a slot as it is for now and go on."""

from bot.chat import Reply
from bot.domain.campaign import Campaign
from bot.turn import Turn
from handlers.ask import go_on


async def skip(turn: Turn) -> Reply:
    """Ask the next slot instead of this one."""
    campaign = await turn.campaign()
    return await go_on(turn, campaign, turn.text("draft.skipped"), after=await _asked_slot(turn, campaign))


async def _asked_slot(turn: Turn, campaign: Campaign) -> str:
    if turn.focus.asked and turn.focus.asked.slot:
        return turn.focus.asked.slot
    slots = (await turn.draft(campaign)).template.slots
    index = turn.action.index if turn.action and turn.action.index is not None else len(slots)
    return slots[index].name if index < len(slots) else ""
