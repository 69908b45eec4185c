"""Copies of cards that the store must learn about or bring up to date because somebody pressed them."""

from bot.chat import Pressed
from bot.domain.conversation import Placement, View
from bot.domain.ids import CampaignId, PlacementId, RequestId, new_id
from bot.turn import Turn


async def adopt_copy(turn: Turn) -> None:
    """Take a pressed card we do not know (posted before a crash, never marked) as one more placement."""
    content = turn.incoming.content
    if not isinstance(content, Pressed) or turn.action is None or await pressed_placement(turn):
        return
    request_id = RequestId(turn.action.subject) if turn.action.subject.startswith("q") else None
    request = await turn.uow.requests.get(request_id) if request_id else None
    campaign_id = request.campaign_id if request else CampaignId(turn.action.subject)
    if await turn.uow.campaigns.get(campaign_id, turn.member, turn.places) is None:
        return
    await turn.uow.placements.add(
        Placement(
            id=PlacementId(new_id("k")), campaign_id=campaign_id, address=turn.here,
            view=View.APPROVER if request else View.OWNER, locale=turn.language, request_id=request_id,
            post_id=content.post_id, created_at=turn.now, member_id=None if request else turn.member.id,
        )
    )  # fmt: skip
    turn.redraws.add(campaign_id)


async def refresh_copy(turn: Turn) -> None:
    """Owe the pressed card a fresh drawing, although its campaign may not have changed since."""
    placement = await pressed_placement(turn)
    if placement:
        await turn.uow.placements.stale(placement.id)
        turn.redraws.add(placement.campaign_id)


async def pressed_placement(turn: Turn) -> Placement | None:
    """Find the copy that a press or reaction happened on."""
    post_id = getattr(turn.incoming.content, "post_id", "")
    here = turn.here
    if not post_id:
        return None
    return await turn.uow.placements.at_post(here.platform, here.workspace, here.conversation_id, post_id)
