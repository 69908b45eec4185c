"""Cancel the campaign one is working on; ten minutes to think again."""

from bot.chat import Done, Reply
from bot.domain.campaign import State
from bot.errors import WrongState
from bot.turn import Turn
from handlers.back import back


async def cancel(turn: Turn) -> Reply:
    """Withdraw the campaign and its open request; a command that waits for words is only dropped."""
    if turn.focus.asked and turn.focus.asked.pending_id:
        return await back(turn)
    campaign = await turn.campaign()
    if campaign.state is State.WITHDRAWN:
        raise WrongState("state_withdrawn")
    withdrawn = campaign.withdraw(by=turn.member.id, at=turn.now)
    await turn.change(withdrawn, was=campaign)
    await turn.focus_on(campaign.id, is_tour=False)
    key = "draft.withdrawn" if campaign.request_id else "draft.cancelled"
    row = (turn.button("buttons.undo", "undo", withdrawn), turn.button("buttons.menu", "menu"))
    return Done(text=turn.text(key), rows=(row,))
