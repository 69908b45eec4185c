"""Brings every copy of a card up to its campaign: the placement row is the to-do list.

`bot/answer.py` and the jobs wake it after their commit; a sweep catches what a crash or a pause left behind.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from weakref import WeakValueDictionary

import structlog

from bot.brandbook import BrandBook
from bot.cards import CardScene, draw_card
from bot.chat import Card
from bot.crash import crash_point
from bot.dialog.alt import alt_text
from bot.dialog.words import Words
from bot.domain.approval import ApprovalRequest
from bot.domain.brand import Brand
from bot.domain.campaign import UNFINISHED, Campaign
from bot.domain.conversation import Placement, Post, View
from bot.domain.draft import Draft
from bot.domain.ids import CampaignId, MemberId
from bot.domain.location import Places
from bot.domain.member import Permission
from bot.domain.reading import Reading
from bot.domain.rendition import Rendition
from bot.errors import GlocalError, PostGone, TryLater, Unreachable
from bot.guardrails import check
from bot.ports import Clock, Platform
from bot.renditions import Renditions, as_picture
from bot.store import Store, UnitOfWork

CLAIM_S = 30.0
log = structlog.get_logger(__name__)


class Redrawer:
    """Draws placements that are behind; one at a time per campaign, many campaigns side by side."""

    def __init__(
        self, *, store: Store, renditions: Renditions, platforms: Mapping[str, Platform], words: Words,
        book: Callable[[], BrandBook], clock: Clock, name: str,
    ) -> None:  # fmt: skip
        self._store = store
        self._renditions = renditions
        self._platforms = platforms
        self._words = words
        self._book = book
        self._clock = clock
        self._name = name
        self._locks: WeakValueDictionary[CampaignId, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()

    def wake(self, campaign_id: CampaignId) -> None:
        """Draw this campaign's copies soon, without waiting for it."""
        task = asyncio.create_task(self.redraw(campaign_id), name=f"redraw {campaign_id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait until everything woken is drawn."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def stop(self) -> None:
        """Drop what is underway; the rows remember it."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def sweep(self, limit: int = 50) -> None:
        """Draw whatever is behind, whoever left it."""
        async with self._store.reading() as uow:
            behind = await uow.placements.behind(limit)
        for campaign_id in dict.fromkeys(placement.campaign_id for placement in behind):
            await self.redraw(campaign_id)

    async def redraw(self, campaign_id: CampaignId) -> None:
        """Draw every copy of one campaign that is behind."""
        lock = self._locks.setdefault(campaign_id, asyncio.Lock())
        async with lock:
            async with self._store.reading() as uow:
                behind = await uow.placements.behind_of(campaign_id)
            for placement in behind:
                try:
                    await self._draw(placement)
                except TryLater as pause:
                    log.info("redraw.paused", placement=placement.id, reason=pause.reason)
                except Exception:
                    log.exception("redraw.failed", placement=placement.id)

    async def _draw(self, placement: Placement) -> None:
        platform = self._platforms.get(placement.address.platform)
        if platform is None or not await self._claim(placement):
            return
        async with self._store.reading() as uow:
            scene = await self._gather(uow, placement)
        scene = await self._with_pictures(scene)
        card = draw_card(scene)
        try:
            post = await self._show(platform, placement, card)
        except Unreachable:
            log.warning("redraw.unreachable", placement=placement.id)
            await self._retire(placement)
            return
        crash_point("after_card_before_mark")
        digests = tuple(picture.digest for picture in card.pictures)
        async with self._store.writing() as uow:
            await uow.placements.mark(placement.id, card.revision, digests, post.post_id, format=placement.format)
            await uow.commit()

    async def _claim(self, placement: Placement) -> bool:
        if not self._store.is_shared:
            return True
        async with self._store.writing() as uow:
            mine = await uow.placements.claim(placement.id, self._name, self._clock.now(), CLAIM_S)
            await uow.commit()
        return mine

    async def _retire(self, placement: Placement) -> None:
        async with self._store.writing() as uow:
            await uow.placements.retire(placement.id)
            await uow.commit()

    async def _show(self, platform: Platform, placement: Placement, card: Card) -> Post:
        if placement.post_id:
            post = Post(address=placement.address, post_id=placement.post_id)
            try:
                await platform.redraw(post, card)
            except PostGone:
                log.info("redraw.placed_anew", placement=placement.id)
            else:
                return post
        return await platform.place(placement.address, card)

    async def _gather(self, uow: UnitOfWork, placement: Placement) -> CardScene:
        book = self._book()
        places = await uow.places.load()
        campaign = await uow.campaigns.load(placement.campaign_id)
        request_id = placement.request_id or campaign.request_id
        request = await uow.requests.get(request_id) if request_id else None
        shown = campaign
        if placement.view is View.APPROVER and request:
            shown = await uow.campaigns.at_revision(campaign.id, request.revision)
        draft = await self._draft(uow, shown, places)
        return CardScene(
            campaign=campaign,
            draft=draft,
            placement=placement,
            words=self._words,
            now=self._clock.now(),
            findings=check(draft, book.policies, placement.locale),
            rules_checked=len(book.policies.rules),
            request=request,
            people=await _names(uow, campaign, request),
            waits_for=await _waits_for(uow, draft, places, request),
        )

    async def _draft(self, uow: UnitOfWork, campaign: Campaign, places: Places) -> Draft:
        location = places.location(campaign.location_id)
        template = await uow.templates.load(campaign.template)
        reading = Reading.now_at(location, self._clock.now(), self._book().brand.link_hosts)
        return Draft.compose(template, location, places, campaign.values, reading=reading)

    async def _brand_of(self, scene: CardScene) -> Brand:
        """Give the brand that a request was asked with; what may still change is drawn with the brand in force."""
        is_open_to_change = scene.placement.view is View.OWNER and scene.campaign.state in UNFINISHED
        if scene.request is None or is_open_to_change:
            return self._book().brand
        async with self._store.reading() as uow:
            return await uow.templates.load_brand(scene.request.brand_version)

    async def _with_pictures(self, scene: CardScene) -> CardScene:
        formats = scene.draft.template.formats
        if scene.placement.view is View.OWNER:
            chosen = scene.placement.format
            formats = (chosen if chosen in formats else formats[0],)
        marks = scene.placement.view is View.OWNER and scene.campaign.state in UNFINISHED
        brand = await self._brand_of(scene)
        try:
            drawn = [await self._renditions.preview(brand, scene.draft, name, marks=marks) for name in formats]
        except GlocalError as trouble:
            log.warning("redraw.no_preview", campaign=scene.campaign.id, reason=trouble.reason)
            return replace(scene, preview_failed=True)
        alt = alt_text(scene.draft)
        return replace(
            scene,
            pictures=tuple(as_picture(one, alt=alt, title=scene.format_name(one.format)) for one in drawn),
            too_long=_unfitting(scene.draft, drawn),
        )


def _unfitting(draft: Draft, drawn: Iterable[Rendition]) -> tuple[str, ...]:
    """Name the slots whose text the picture could not show whole."""
    slots = {slot for rendition in drawn for slot in (*rendition.overflows, *rendition.unprintable)}
    return tuple(slot.name for slot in draft.template.slots if slot.name in slots)


async def _names(uow: UnitOfWork, campaign: Campaign, request: ApprovalRequest | None) -> dict[MemberId, str]:
    wanted = {campaign.author_id, campaign.last_editor_id, campaign.changed_by}
    if request:
        wanted |= {request.asked_by, *(decision.member_id for decision in request.decisions)}
    found = [await uow.members.get(member_id) for member_id in sorted(wanted)]
    return {member.id: member.name for member in found if member}


async def _waits_for(uow: UnitOfWork, draft: Draft, places: Places, request: ApprovalRequest | None) -> tuple[str, ...]:
    if request is None or not request.is_open:
        return ()
    able = await uow.members.holding(Permission.DECIDE, draft.location, places)
    return tuple(member.name for member in request.deciders(able, draft.location, places))
