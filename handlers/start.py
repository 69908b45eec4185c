"""Start a campaign from a template: fill what is known, show the preview at once, ask what is missing."""

from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from pydantic import JsonValue

from bot.chat import Ask, Choose, Option, Reply, ShowCard, Text
from bot.dialog.available import find_absence
from bot.dialog.needs import find_needs, next_slot
from bot.dialog.sentence import find_values
from bot.dialog.start import Given, starting_values
from bot.domain.campaign import Campaign
from bot.domain.conversation import View
from bot.domain.ids import CampaignId, LocationId, new_id
from bot.domain.location import Location
from bot.domain.member import Permission
from bot.domain.template import Template
from bot.domain.value import Source, Value
from bot.errors import WrongState
from bot.guardrails import apply_required
from bot.turn import Turn
from handlers.ask import ask_slot, join, next_steps
from handlers.fill import echo_values, find_blocks, refuse_values

UNDERSTOOD = (
    ("menu.understood", frozenset({Source.SENTENCE, Source.CHOSEN})),
    ("menu.remembered", frozenset({Source.LAST_CAMPAIGN})),
)
"""What a person should look at when a campaign starts, by where it comes from."""
SAME_PRESS_WITHIN = timedelta(minutes=1)
"""A second press on the same choice shows the campaign that the first one started."""


async def start(turn: Turn) -> Reply:
    """Start the template that was pressed, at the person's location or at the one they choose."""
    chosen = await turn.chosen()
    template = turn.book.templates.get(str(chosen["template"]))
    if template is None:
        raise WrongState("template_gone")
    given, words = cast("Given", chosen.get("values", {})), str(chosen.get("words", ""))
    locations = turn.member.locations(turn.places)
    named = [place for place in locations if place.id == chosen.get("location")]
    if not named and len(locations) != 1:
        return await choose_location(turn, "start", {"template": template.name, "values": dict(given), "words": words})
    location = (named or list(locations))[0]
    if words and _reads_otherwise(location, locations[0]):
        photos = {name: data for name, data in given.items() if "digest" in data}
        given = {**photos, **find_values(words, template, reading=turn.reading(location))}
    is_first = await turn.uow.pendings.use((await turn.pending()).id)
    again = None if is_first else await _repeated_press(turn, template, location)
    return again or await start_campaign(turn, template, location, given)


def _reads_otherwise(location: Location, first: Location) -> bool:
    """Tell whether a sentence that was read for the first shop says something else at this one."""
    return (location.locale, location.currency) != (first.locale, first.currency)


async def choose_location(turn: Turn, verb: str, arguments: Mapping[str, JsonValue]) -> Reply:
    """Ask for which of the person's locations it is; the press carries out `verb` there."""
    locations = turn.member.locations(turn.places)
    if not locations:
        raise WrongState("no_location")
    pending = await turn.offer(verb, [{**arguments, "location": place.id} for place in locations])
    options = tuple(
        Option(
            title=place.name,
            button=turn.button("buttons.answer", verb, index=index, subject=pending.id, label=place.name),
        )
        for index, place in enumerate(locations)
    )
    return Choose(
        text=turn.text("menu.which_location"), options=options, rows=((turn.button("buttons.menu", "menu"),),)
    )


async def start_campaign(turn: Turn, template: Template, location: Location, given: Given) -> Reply:
    """Begin with every value that is known; what a rule refuses is left out and said."""
    await require_available(turn, template, location)
    last = await turn.uow.campaigns.last(location.id, template=template.name)
    values = starting_values(template, location, turn.reading(location), given=given, last=last)
    return await begin(turn, template, location, values)


async def begin(turn: Turn, template: Template, location: Location, values: Mapping[str, Value]) -> Reply:
    """Add the campaign with its card and lead on to the first question."""
    await turn.uow.templates.keep(template)
    tried = _new_campaign(turn, template, location.id, values)
    draft = await turn.draft(tried)
    blocks = [block for block in find_blocks(turn, draft, values) if not draft.template.slot(block.slot).is_locked]
    refused = {block.slot for block in blocks}
    kept = {name: value for name, value in values.items() if name not in refused}
    kept |= apply_required(draft.model_copy(update={"values": kept}), turn.book.policies, location.language)
    campaign = tried.model_copy(update={"values": kept})
    if again := await _same_begun(turn, campaign):
        return await _show_begun(turn, again)
    await turn.uow.campaigns.add(campaign)
    await turn.log("campaign.started", campaign.id, template=template.name, location=location.id)
    await turn.focus_on(campaign.id, is_tour=True)
    understood = await _understood(turn, campaign)
    if blocks:
        await turn.place(campaign, View.OWNER, turn.here, locale=turn.language, member_id=turn.member.id)
        return await refuse_values(turn, campaign, draft, tuple(blocks), understood)
    started = turn.text("menu.started", template=template.copy_for(turn.language).title, location=location.name)
    question = await _first_question(turn, campaign, join(started, understood))
    return ShowCard(campaign_id=campaign.id, text=question.text, rows=question.rows)


async def require_available(turn: Turn, template: Template, location: Location) -> None:
    """Raise WrongState when headquarters does not offer the template here today."""
    turn.require(Permission.FILL, location)
    present = turn.book.templates.get(template.name)
    if present is None:
        raise WrongState("template_gone")
    today, switches = turn.reading(location).today, await turn.uow.switches.get()
    if find_absence(present, location, turn.places, today=today, switches=switches):
        raise WrongState("template_off")


def _new_campaign(turn: Turn, template: Template, location_id: LocationId, values: Mapping[str, Value]) -> Campaign:
    return Campaign(
        id=CampaignId(new_id("c")), location_id=location_id, template=template.ref, author_id=turn.member.id,
        last_editor_id=turn.member.id, changed_by=turn.member.id, created_at=turn.now, changed_at=turn.now,
        values=values,
    )  # fmt: skip


async def _understood(turn: Turn, campaign: Campaign) -> Text:
    """Say what the campaign begins with, so that a person can look it over."""
    draft = await turn.draft(campaign)
    said: Text = ()
    for key, sources in UNDERSTOOD:
        names = tuple(name for name, value in campaign.values.items() if value.source in sources)
        if names:
            said = join(said, (*turn.text(key), "\n", *echo_values(turn, draft, names)))
    return said


async def _first_question(turn: Turn, campaign: Campaign, said: Text) -> Ask:
    draft = await turn.draft(campaign)
    needs = find_needs(draft, turn.findings(draft))
    slot = next_slot(draft, needs)
    if slot:
        return await ask_slot(turn, campaign, slot.name, said)
    await turn.focus_on(campaign.id, is_tour=False)
    steps = next_steps(turn, campaign, needs)[0][:1]
    return Ask(text=join(said, turn.text("draft.check_card")), rows=(steps,))


async def _repeated_press(turn: Turn, template: Template, location: Location) -> Reply | None:
    """Show the campaign of a moment ago when the same button was pressed twice."""
    newest = next(iter(await turn.uow.campaigns.unfinished(turn.member)), None)
    if newest is None or newest.template.name != template.name or newest.location_id != location.id:
        return None
    is_same = newest.revision == 1 and turn.now - newest.created_at <= SAME_PRESS_WITHIN
    return await _show_begun(turn, newest) if is_same else None


async def _same_begun(turn: Turn, campaign: Campaign) -> Campaign | None:
    """Find what the same press began a moment ago, untouched since: the same again would only be a double."""
    newest = next(iter(await turn.uow.campaigns.unfinished(turn.member)), None)
    if newest is None or newest.revision > 1 or turn.now - newest.created_at > SAME_PRESS_WITHIN:
        return None
    is_same = (newest.template, newest.location_id, newest.values) == (
        campaign.template, campaign.location_id, campaign.values,
    )  # fmt: skip
    return newest if is_same else None


async def _show_begun(turn: Turn, campaign: Campaign) -> Reply:
    await turn.focus_on(campaign.id, is_tour=True)
    return await _first_question(turn, campaign, turn.text("menu.already_started"))
