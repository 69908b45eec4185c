"""Understand a free sentence: fill the open draft, or offer the likeliest templates with what was read.

Nothing is picked silently: templates are offered, values stay to be confirmed.
"""

from collections.abc import Mapping
from typing import Final

from babel.dates import format_date
from pydantic import JsonValue

from bot.chat import Button, Choose, Option, Quoted, Reply, Rows, Say, Strong, Text
from bot.dialog.available import available_templates, find_absence, most_used_first
from bot.dialog.quick import show_data
from bot.dialog.sentence import find_values, rank_templates
from bot.dialog.slot_words import slot_words, words_for
from bot.dialog.start import Given
from bot.domain.campaign import UNFINISHED, Campaign
from bot.domain.draft import Draft
from bot.domain.focus import Arguments
from bot.domain.location import Location
from bot.domain.member import Permission
from bot.domain.reading import Reading
from bot.domain.switch import Switch
from bot.domain.template import Slot, Template
from bot.domain.value import Source, Value
from bot.errors import AskAgain
from bot.slots import read
from bot.turn import Turn
from handlers.ask import in_rows, join
from handlers.fill import put_values

MOST_TEMPLATES: Final = 3
LONGEST_READ: Final = 600
"""Characters; longer posts are not sentences."""
QUOTED: Final = 60
TEXT_TYPES: Final = frozenset({"text", "long_text"})


async def understand(turn: Turn) -> Reply:
    """Read typed words without an open question."""
    locations = turn.member.locations(turn.places)
    if not locations:
        return Say(text=turn.text("menu.no_shop"), rows=ways_in(turn))
    if len(turn.typed) > LONGEST_READ:
        return Say(text=turn.text("menu.too_long", limit=LONGEST_READ), rows=ways_in(turn))
    draft = await _open_draft(turn)
    if draft:
        return await _add_to(turn, draft)
    return await offer_templates(turn, locations)


def ways_in(turn: Turn) -> Rows:
    """Offer how a campaign begins; to people without a shop, what else there is for them."""
    if not turn.member.may(Permission.FILL):
        reads = turn.member.may(Permission.READ_ALL)
        queue = (turn.button("buttons.queue", "queue"),) if reads else ()
        return ((*queue, turn.button("buttons.help", "help")),)
    return ((turn.button("buttons.menu", "menu", style="primary"), turn.button("buttons.resume", "resume")),)


async def _open_draft(turn: Turn) -> Campaign | None:
    if not turn.focus.campaign_id:
        return None
    campaign = await turn.uow.campaigns.get(turn.focus.campaign_id, turn.member, turn.places)
    return campaign if campaign and campaign.state in UNFINISHED else None


async def _add_to(turn: Turn, campaign: Campaign) -> Reply:
    """Fill what the words say into the open draft, to be confirmed; else ask where they belong."""
    draft = await turn.draft(campaign)
    found = find_values(turn.typed, draft.template, reading=draft.reading)
    if found:
        values = {name: Value(data=data, source=Source.SENTENCE) for name, data in found.items()}
        return await put_values(turn, campaign, values)
    slots = [slot for slot in draft.template.slots if slot.type in TEXT_TYPES and not slot.is_locked]
    readable = [(slot, data) for slot in slots if (data := _as_text(turn, draft, slot))]
    rows = await _where_rows(turn, campaign, draft, readable) if readable else ()
    title = draft.template.copy_for(turn.language).title
    ways_out = (turn.button("buttons.show_card", "show_card", campaign), turn.button("buttons.menu", "menu"))
    key = "menu.where_does_it_go" if readable else "menu.nothing_read"
    return Say(text=turn.text(key, words=Quoted(text=_shortened(turn.typed)), template=title), rows=(*rows, ways_out))


async def _where_rows(
    turn: Turn, campaign: Campaign, draft: Draft, readable: list[tuple[Slot, dict[str, JsonValue]]]
) -> Rows:
    choices: list[Arguments] = [{"slot": slot.name, "data": data} for slot, data in readable]
    pending = await turn.offer("fill", choices, campaign)
    labels = [words_for(draft, slot, turn.language).label for slot, _ in readable]
    return in_rows(
        [
            turn.button("buttons.answer", "fill", campaign, index, subject=pending.id, label=label)
            for index, label in enumerate(labels)
        ]
    )


def _as_text(turn: Turn, draft: Draft, slot: Slot) -> dict[str, JsonValue] | None:
    try:
        return read(turn.typed, slot, draft.reading, words_for(draft, slot, turn.language))
    except AskAgain:
        return None


async def offer_templates(turn: Turn, locations: tuple[Location, ...], photo: Value | None = None) -> Reply:
    """Name the likeliest templates, each with what it would take from the words (and the photo they came with)."""
    location = locations[0]
    reading, switches = turn.reading(location), await turn.uow.switches.get()
    allowed = available_templates(
        turn.book.templates.values(), location, turn.places, today=reading.today, switches=switches
    )
    found = {each.name: find_values(turn.typed, each, reading=reading) for each in allowed} if turn.typed else {}
    used = most_used_first(allowed, await turn.uow.campaigns.usage(location.id))
    absent = _say_absent(turn, location, switches)
    likeliest = _likeliest(turn, used, {} if absent else found, has_photo=photo is not None)[:MOST_TEMPLATES]
    if not likeliest:
        nothing = turn.text("photo.no_template" if photo else "menu.not_understood")
        return Say(text=absent or nothing, rows=ways_in(turn))
    starts: list[Arguments] = [
        {"template": each.name, "values": _with_photo(each, found.get(each.name, {}), photo), "words": turn.typed}
        for each in likeliest
    ]
    pending = await turn.offer("start", starts)
    options = tuple(
        _option(turn, template, found.get(template.name, {}), reading, index, pending_id=pending.id)
        for index, template in enumerate(likeliest)
    )
    question = turn.text("photo.what_for") if photo else turn.text("menu.which_template", count=len(options))
    rows = ((turn.button("buttons.other_templates", "menu"),),)
    return Choose(text=join(absent, question), options=options, rows=rows)


def _say_absent(turn: Turn, location: Location, switches: Mapping[str, Switch]) -> Text:
    """Say why the template that the words mean most is not offered; empty when it is, or when none is meant."""
    meant = next(iter(rank_templates(turn.typed, turn.book.templates.values())), None) if turn.typed else None
    if meant is None:
        return ()
    today = turn.reading(location).today
    absence = find_absence(meant, location, turn.places, today=today, switches=switches)
    if absence is None:
        return ()
    day = format_date(absence.day, "long", locale=turn.language.replace("-", "_")) if absence.day else ""
    title = Strong(text=meant.copy_for(turn.language).title)
    return turn.text(f"menu.absent_{absence.reason}", template=title, location=location.name, day=day)


def _likeliest(
    turn: Turn, used: tuple[Template, ...], found: Mapping[str, Given], *, has_photo: bool
) -> tuple[Template, ...]:
    """Rank by the templates' phrases, else by what was read for them, else by whether they take the photo."""
    ranked = rank_templates(turn.typed, used) if turn.typed else ()
    by_values = tuple(template for template in used if found.get(template.name))
    by_photo = tuple(template for template in used if has_photo and first_photo_slot(template))
    return ranked or by_values or by_photo


def _with_photo(template: Template, found: Given, photo: Value | None) -> dict[str, JsonValue]:
    slot = first_photo_slot(template)
    return {**found, **({slot: photo.data} if photo and slot else {})}


def first_photo_slot(template: Template) -> str:
    """Name the slot that takes a photo nobody has asked for; empty when there is none."""
    return next((slot.name for slot in template.slots if slot.type == "photo" and not slot.is_locked), "")


def _option(turn: Turn, template: Template, found: Given, reading: Reading, index: int, *, pending_id: str) -> Option:
    copy = template.copy_for(turn.language)
    button: Button = turn.button("buttons.template", "start", index=index, subject=pending_id, title=copy.title)
    return Option(
        title=copy.title, description=_found_words(turn, template, found, reading) or copy.description, button=button
    )


def _found_words(turn: Turn, template: Template, found: Given, reading: Reading) -> str:
    """Say what was read for a template: `Discount: 20%; Dates: Dec 4 to 6`."""
    parts = []
    for name, data in found.items():
        slot = template.slot(name)
        copy = slot_words(template, slot, spoken=turn.language, written=reading.locale.split("-")[0])
        parts.append(turn.line("menu.found", label=copy.label, value=show_data(data, slot, reading, copy)))
    return "; ".join(parts)


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= QUOTED else f"{flat[:QUOTED]}…"
