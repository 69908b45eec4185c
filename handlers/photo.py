"""Take a person's photo: checked, turned upright, stripped and re-encoded before anything else sees it."""

from bot.chat import Choose, Option, Reply, Say, Uploaded
from bot.dialog.available import available_templates, most_used_first
from bot.domain.campaign import EDITABLE, Campaign, State
from bot.domain.focus import Arguments
from bot.domain.rendition import Photo
from bot.domain.template import Template
from bot.domain.value import Source, Value
from bot.errors import PhotoRefused
from bot.slots import SLOT_TYPES, PhotoValue
from bot.turn import Scene, Turn
from handlers.ask import ask_slot
from handlers.fill import put_values
from handlers.sentence import ways_in

MOST_TEMPLATES = 3


async def prepare_photo(scene: Scene) -> Photo | PhotoRefused | None:
    """Fetch and check the file outside the write transaction; a refused one is explained by the handler."""
    content = scene.incoming.content
    if not isinstance(content, Uploaded):
        return None
    try:
        photo, data = await scene.renderer.ingest(await scene.platform.fetch(content.file))
    except PhotoRefused as refusal:
        return refusal
    await scene.media.put(data)
    return photo


async def photo(turn: Turn) -> Reply:
    """Put the photo where it was asked for, or into the open draft, or offer what can be made of it."""
    taken = turn.prepared
    if isinstance(taken, PhotoRefused):
        raise taken
    if not isinstance(taken, Photo):
        raise PhotoRefused
    value = as_value(taken)
    campaign = await _open_campaign(turn)
    if campaign is None:
        return await _offer_templates(turn, value)
    slot = await _photo_slot(turn, campaign)
    if slot is None:
        row = (turn.button("buttons.show_card", "resume", campaign), turn.button("buttons.menu", "menu"))
        return Say(text=turn.text("photo.no_place"), rows=(row,))
    return await put_values(turn, campaign, {slot: value})


async def ask_photo(turn: Turn) -> Reply:
    """Ask for a photo."""
    campaign = await turn.campaign()
    slot = await _photo_slot(turn, campaign)
    if slot is None:
        return Say(text=turn.text("photo.no_place"), rows=((turn.button("buttons.show_card", "resume", campaign),),))
    return await ask_slot(turn, campaign, slot)


def as_value(taken: Photo) -> Value:
    """Make the value of a photo slot; a person chose it, so it counts as confirmed."""
    kind = SLOT_TYPES["photo"]
    data = kind.dump(PhotoValue(digest=taken.digest, width_px=taken.width_px, height_px=taken.height_px))
    return Value(data=data, source=Source.CHOSEN, is_confirmed=True)


async def _open_campaign(turn: Turn) -> Campaign | None:
    if not turn.focus.campaign_id:
        return None
    campaign = await turn.uow.campaigns.get(turn.focus.campaign_id, turn.member, turn.places)
    return campaign if campaign and campaign.state in EDITABLE - {State.APPROVED} else None


async def _photo_slot(turn: Turn, campaign: Campaign) -> str | None:
    slots = [
        slot for slot in (await turn.draft(campaign)).template.slots if slot.type == "photo" and not slot.is_locked
    ]
    asked = turn.focus.asked.slot if turn.focus.asked else ""
    names = [slot.name for slot in slots]
    return asked if asked in names else next(iter(names), None)


async def _offer_templates(turn: Turn, value: Value) -> Reply:
    locations = turn.member.locations(turn.places)
    if not locations:
        return Say(text=turn.text("menu.no_shop"), rows=((turn.button("buttons.help", "help"),),))
    today, switches = turn.reading(locations[0]).today, await turn.uow.switches.get()
    allowed = available_templates(
        turn.book.templates.values(), locations[0], turn.places, today=today, switches=switches
    )
    used = most_used_first(allowed, await turn.uow.campaigns.usage(locations[0].id))
    fitting = [(template, slot) for template in used if (slot := _first_photo_slot(template))][:MOST_TEMPLATES]
    if not fitting:
        return Say(text=turn.text("photo.no_template"), rows=ways_in(turn))
    choices: list[Arguments] = [{"template": each.name, "values": {slot: value.data}} for each, slot in fitting]
    pending = await turn.offer("start", choices)
    options = tuple(_option(turn, template, index, pending.id) for index, (template, _) in enumerate(fitting))
    return Choose(text=turn.text("photo.what_for"), options=options, rows=((turn.button("buttons.menu", "menu"),),))


def _first_photo_slot(template: Template) -> str:
    return next((slot.name for slot in template.slots if slot.type == "photo" and not slot.is_locked), "")


def _option(turn: Turn, template: Template, index: int, pending_id: str) -> Option:
    copy = template.copy_for(turn.language.split("-")[0])
    button = turn.button("buttons.template", "start", index=index, subject=pending_id, title=copy.title)
    return Option(title=copy.title, description=copy.description, button=button)
