"""Approve by the one emoji that approval.yaml names for the platform; every other reaction is just a reaction."""

from bot.chat import Quiet, Reacted, Reply
from bot.decisions import decide, require_decider
from bot.domain.approval import Outcome
from bot.domain.conversation import View
from bot.placing import pressed_placement
from bot.turn import Turn


async def request_react(turn: Turn) -> Reply:
    """Sign the request of the card that was reacted to."""
    content = turn.incoming.content
    emoji = turn.book.policies.approval.reactions.get(turn.incoming.address.platform)
    if not isinstance(content, Reacted) or content.emoji != emoji:
        return Quiet()
    placement = await pressed_placement(turn)
    if placement is None or placement.view is not View.APPROVER or placement.request_id is None:
        return Quiet()
    request = await turn.uow.requests.get(placement.request_id)
    if request is None:
        return Quiet()
    await require_decider(turn, request)
    await decide(turn, request, placement, Outcome.APPROVE)
    return Quiet()
