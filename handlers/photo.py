"""Take a person's photo: checked, turned upright, stripped and re-encoded before anything else sees it."""

from bot.chat import Quiet, Reply, Say, Uploaded
from bot.domain.campaign import EDITABLE, Campaign, State
from bot.domain.rendition import Photo
from bot.domain.value import Source, Value
from bot.errors import PhotoRefused
from bot.slots import SLOT_TYPES, PhotoValue
from bot.turn import Scene, Turn
from handlers.fill import put_values
from handlers.sentence import LONGEST_READ, offer_templates, ways_in


async def prepare_photo(scene: Scene) -> Photo | PhotoRefused | None:
    """Fetch and check the file outside the write transaction; a refused one is explained by the handler."""
    content = scene.incoming.content
    if not isinstance(content, Uploaded) or not scene.incoming.address.is_direct:
        return None
    try:
        photo, data = await scene.renderer.ingest(await scene.platform.fetch(content.file))
    except PhotoRefused as refusal:
        return refusal
    await scene.media.put(data)
    return photo


async def photo(turn: Turn) -> Reply:
    """Put the photo where it was asked for, or into the open draft, or offer what can be made of it."""
    if not turn.incoming.address.is_direct:
        return Quiet()
    taken = turn.prepared
    if isinstance(taken, PhotoRefused):
        raise taken
    if not isinstance(taken, Photo):
        raise PhotoRefused
    value = as_value(taken)
    campaign = await _open_campaign(turn)
    if campaign is None:
        return await _offer(turn, value)
    slot = await _photo_slot(turn, campaign)
    if slot is None:
        row = (turn.button("buttons.show_card", "show_card", campaign), turn.button("buttons.menu", "menu"))
        return Say(text=turn.text("photo.no_place"), rows=(row,))
    return await put_values(turn, campaign, {slot: value})


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


async def _offer(turn: Turn, value: Value) -> Reply:
    """Ask what to make of a photo; its caption is read like a sentence."""
    locations = turn.member.locations(turn.places)
    if not locations:
        return Say(text=turn.text("menu.no_shop"), rows=ways_in(turn))
    turn.typed = turn.typed[:LONGEST_READ]
    return await offer_templates(turn, locations, value)
