"""Hands the originals of an approved campaign to its owner: every format, as documents, each at most once.

Enqueued with the deciding turn. A format that may have gone out before a crash is not repeated: the campaign becomes
uncertain, and its card offers "Send again".
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from bot.chat import Action, Button, Done, Strong
from bot.crash import crash_point
from bot.domain.brand import Brand
from bot.domain.campaign import Campaign, Delivery, State
from bot.domain.conversation import Address
from bot.domain.draft import Draft
from bot.domain.event import AuditEvent
from bot.domain.ids import CampaignId
from bot.domain.reading import Reading
from bot.domain.rendition import Kind, Rendition
from bot.engine.audience import chats_of, post_once, threads_of
from bot.engine.context import JobContext
from bot.engine.once import send_once
from bot.errors import Unreachable
from bot.ports import Document, RenderJob

EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "application/pdf": "pdf"}


@dataclass(frozen=True)
class Handover:
    """What goes where, in whose language."""

    campaign: Campaign
    brand: Brand
    draft: Draft
    addresses: tuple[Address, ...]
    language: str

    def key(self, part: str) -> str:
        """Name one part of this approval's delivery, whichever job carries it out."""
        return f"{self.campaign.id}:{self.campaign.request_id}:{part}"


async def deliver(context: JobContext, arguments: Mapping[str, str]) -> None:
    """Render the originals, post them, and note on the campaign how that went."""
    handover = await _prepare(context, CampaignId(arguments["campaign_id"]))
    if handover is None:
        return
    formats = handover.draft.template.formats
    originals = {name: await _render(context, handover, name) for name in formats}
    crash_point("after_render")
    arrived = [await _hand_over(context, handover, originals[name]) for name in formats]
    if all(arrived):
        await _close(context, handover, count=len(formats))
    await _note(context, handover.campaign, Delivery.DONE if all(arrived) else Delivery.UNCERTAIN)


async def give_up_delivery(context: JobContext, arguments: Mapping[str, str]) -> None:
    """Say on the card that the files may not have arrived, after the last attempt failed."""
    async with context.store.reading() as uow:
        campaign = await uow.campaigns.load(CampaignId(arguments["campaign_id"]))
    if _is_underway(campaign):
        await _note(context, campaign, Delivery.UNCERTAIN)


def _is_underway(campaign: Campaign) -> bool:
    return campaign.state is State.APPROVED and campaign.delivery is Delivery.UNDERWAY


async def _prepare(context: JobContext, campaign_id: CampaignId) -> Handover | None:
    async with context.store.reading() as uow:
        campaign = await uow.campaigns.load(campaign_id)
        if not _is_underway(campaign):
            return None
        template = await uow.templates.load(campaign.template)
        request = await uow.requests.get(campaign.request_id) if campaign.request_id else None
        brand = await uow.templates.load_brand(request.brand_version) if request else context.book().brand
        places = await uow.places.load()
        owner = await uow.members.get(campaign.author_id)
        threads = await threads_of(context, uow, campaign_id)
    location = places.location(campaign.location_id)
    reading = Reading.now_at(location, context.clock.now(), context.book().brand.link_hosts)
    draft = Draft.compose(template, location, places, campaign.values, reading=reading)
    addresses = await chats_of(context, campaign.author_id)
    return Handover(campaign, brand, draft, (*addresses, *threads), owner.locale if owner else location.language)


async def _render(context: JobContext, handover: Handover, name: str) -> Rendition:
    job = RenderJob(
        brand=handover.brand, draft=handover.draft, format=name, kind=Kind.ORIGINAL, marks_unconfirmed=False
    )
    return await context.renditions.get(job)


async def _hand_over(context: JobContext, handover: Handover, original: Rendition) -> bool:
    """Post one original in the first chat that is open; False when nobody can tell whether it arrived."""
    document = await _document(context, handover, original)
    for address in handover.addresses:
        send = partial(context.platforms[address.platform].post_document, address, document)
        with suppress(Unreachable):
            return await send_once(context.store, handover.key(original.format), send)
    return False


async def _document(context: JobContext, handover: Handover, original: Rendition) -> Document:
    named = f"words.format_{original.format}"
    caption = context.words.line(
        "delivery.caption",
        handover.language,
        format=context.words.line(named, handover.language) if context.words.has(named) else original.format,
        width=original.width_px,
        height=original.height_px,
    )
    extension = EXTENSIONS.get(original.media_type, "bin")
    return Document(
        name=f"{handover.draft.template.name}-{handover.draft.location.id}-{original.format}.{extension}",
        media_type=original.media_type,
        data=await context.media.read(original.digest),
        caption=caption,
    )


async def _note(context: JobContext, delivered: Campaign, outcome: Delivery) -> None:
    """Record the outcome, unless somebody changed the campaign in the meantime."""
    now = context.clock.now()
    async with context.store.writing() as uow:
        campaign = await uow.campaigns.load(delivered.id)
        if not _is_underway(campaign) or campaign.request_id != delivered.request_id:
            return
        changed = campaign.note_delivery(outcome, at=now)
        await uow.campaigns.save(changed)
        facts = {"revision": changed.revision}
        await uow.audit.append(AuditEvent(what=f"campaign.{changed.what}", subject=campaign.id, at=now, facts=facts))
        crash_point("before_delivered")
        await uow.commit()
    crash_point("after_delivered")
    context.redraw(delivered.id)


async def _close(context: JobContext, handover: Handover, *, count: int) -> None:
    """Say that everything is there, with the next step to press."""
    words, language = context.words, handover.language
    title = handover.draft.template.copy_for(language).title
    action = Action(verb="duplicate", subject=handover.campaign.id, revision=handover.campaign.revision + 1)
    closing = Done(
        text=words.text("delivery.done", language, count=count, template=Strong(text=title)),
        rows=((Button(label=words.line("buttons.use_again", language), action=str(action)),),),
    )
    for address in handover.addresses:
        with suppress(Unreachable):
            await post_once(context, address, closing, key=handover.key("closing"))
            return
