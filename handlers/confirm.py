"""Say yes to every value at once."""

from bot.chat import Reply
from bot.turn import Turn
from handlers.ask import go_on


async def confirm(turn: Turn) -> Reply:
    """Confirm what the card shows, and lead on to what is missing or to the request."""
    campaign = await turn.campaign()
    if all(value.is_confirmed for value in campaign.values.values()):
        return await go_on(turn, campaign, turn.text("draft.nothing_to_confirm"))
    confirmed = campaign.confirm(by=turn.member.id, at=turn.now)
    await turn.change(confirmed, was=campaign)
    await turn.focus_on(campaign.id, is_tour=True)
    return await go_on(turn, confirmed, turn.text("draft.confirmed"))
