"""Leave the open question and go back to the card."""

from bot.chat import Done, Reply, Say
from bot.dialog.needs import find_needs
from bot.domain.campaign import UNFINISHED
from bot.turn import Turn
from handlers.ask import next_steps
from handlers.sentence import ways_in


async def back(turn: Turn) -> Reply:
    """Drop the question; nothing that was filled is lost."""
    campaign_id = turn.focus.campaign_id
    await turn.focus_on(campaign_id, is_tour=False)
    campaign = await turn.uow.campaigns.get(campaign_id, turn.member, turn.places) if campaign_id else None
    if campaign is None or campaign.state not in UNFINISHED:
        is_private = not turn.incoming.address.is_direct
        return Say(text=turn.text("draft.left"), rows=ways_in(turn), is_private=is_private)
    draft = await turn.draft(campaign)
    needs = find_needs(draft, turn.findings(draft))
    return Done(text=turn.text("draft.left_question"), rows=next_steps(turn, campaign, needs))
