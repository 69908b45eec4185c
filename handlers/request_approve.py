"""Approve by button."""

from bot.chat import Quiet, Reply
from bot.decisions import decide, pressed_request
from bot.domain.approval import Outcome
from bot.turn import Turn


async def request_approve(turn: Turn) -> Reply:
    """Sign the request whose card was pressed."""
    request, placement = await pressed_request(turn)
    await decide(turn, request, placement, Outcome.APPROVE)
    return Quiet(toast=turn.line("approval.toast_approve"))
