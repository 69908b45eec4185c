"""Look at the campaign in another format; the campaign itself does not change."""

from bot.chat import Quiet, Reply
from bot.errors import Stale
from bot.placing import pressed_placement
from bot.turn import Turn


async def show_format(turn: Turn) -> Reply:
    """Redraw the pressed card in the format whose number the button carries."""
    campaign = await turn.campaign()
    formats = (await turn.draft(campaign)).template.formats
    placement = await pressed_placement(turn)
    index = turn.action.index if turn.action and turn.action.index is not None else len(formats)
    if placement is None or index >= len(formats):
        raise Stale("choice_gone")
    await turn.uow.placements.set_format(placement.id, formats[index])
    turn.redraws.add(campaign.id)
    key = f"words.format_{formats[index]}"
    return Quiet(toast=turn.line(key) if turn.words.has(key) else formats[index])
