"""Start again from a campaign that was made before: same words, fresh dates."""

from bot.chat import Reply
from bot.dialog.start import repeated_values
from bot.domain.campaign import Campaign
from bot.domain.ids import LocationId
from bot.errors import WrongState
from bot.turn import Turn
from handlers.start import begin, choose_location, require_available


async def duplicate(turn: Turn) -> Reply:
    """Copy the campaign the button names, else the last one of the person's location."""
    if turn.action and turn.action.subject.startswith("c"):
        return await _copy(turn, await turn.campaign())
    locations = turn.member.locations(turn.places)
    chosen = await turn.chosen() if turn.action and turn.action.subject.startswith("p") else {}
    if len(locations) != 1 and "location" not in chosen:
        return await choose_location(turn, "duplicate", {})
    location_id = LocationId(str(chosen.get("location", locations[0].id)))
    last = await turn.uow.campaigns.last(location_id)
    if last is None:
        raise WrongState("nothing_to_repeat")
    return await _copy(turn, last)


async def _copy(turn: Turn, last: Campaign) -> Reply:
    template = turn.book.templates.get(last.template.name)
    if template is None:
        raise WrongState("template_gone")
    location = turn.places.location(last.location_id)
    await require_available(turn, template, location)
    values = repeated_values(template, location, turn.reading(location), last=last)
    return await begin(turn, template, location, values)
