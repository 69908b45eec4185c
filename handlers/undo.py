"""Take the last change back, within ten minutes."""

from bot.chat import Done, Reply
from bot.errors import WrongState
from bot.turn import Turn


async def undo(turn: Turn) -> Reply:
    """Go back to the revision before the last change."""
    campaign = await turn.campaign()
    if campaign.undo_to is None or not campaign.can_undo(turn.now):
        raise WrongState("nothing_to_undo")
    earlier = await turn.uow.campaigns.at_revision(campaign.id, campaign.undo_to)
    undone = campaign.undo(earlier, by=turn.member.id, at=turn.now)
    await turn.change(undone, was=campaign)
    await turn.focus_on(campaign.id, is_tour=False)
    row = (turn.button("buttons.show_card", "show_card", undone), turn.button("buttons.go_on", "next", undone))
    return Done(text=turn.text("draft.undone"), rows=(row,))
