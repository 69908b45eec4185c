"""Place a fresh card here: the owner's campaign, or the request that waits for a decision."""

from bot.chat import Quiet, Reply, ShowCard
from bot.domain.conversation import View
from bot.domain.ids import RequestId
from bot.domain.member import Permission
from bot.errors import Stale
from bot.turn import Turn


async def show_card(turn: Turn) -> Reply:
    """Show what the button names to whoever may see it."""
    subject = turn.action.subject if turn.action else ""
    if not subject.startswith("q"):
        campaign = await turn.campaign()
        await turn.focus_on(campaign.id, is_tour=False)
        return ShowCard(campaign_id=campaign.id)
    campaign = await turn.campaign(Permission.DECIDE)
    request = await turn.uow.requests.get(RequestId(subject))
    if request is None:
        raise Stale("choice_gone")
    await turn.place(campaign, View.APPROVER, turn.here, locale=turn.language, request_id=request.id)
    return Quiet()
