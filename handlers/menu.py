"""Offer the templates, three to a page with thumbnails, the most useful first."""

from dataclasses import dataclass

from bot.chat import Choose, Option, Picture, Reply
from bot.dialog.alt import alt_text
from bot.dialog.available import available_templates, most_used_first
from bot.dialog.sample import sample_draft
from bot.domain.location import Location
from bot.domain.template import Template
from bot.errors import GlocalError, WrongState
from bot.renditions import as_picture
from bot.store import UnitOfWork
from bot.turn import Scene, Turn

PAGE = 3


@dataclass(frozen=True)
class Page:
    """One page of the menu, ready to be shown."""

    location: Location
    templates: tuple[Template, ...]
    pictures: tuple[Picture | None, ...]
    number: int
    pages: int


async def prepare_menu(scene: Scene) -> Page | None:
    """Find the page's templates and draw their thumbnails, outside the write transaction."""
    locations = scene.member.locations(scene.places)
    if not locations:
        return None
    async with scene.reading() as uow:
        location = await _likely_location(scene, uow, locations)
        templates = await _ordered(scene, uow, location)
    pages = max(1, -(-len(templates) // PAGE))
    number = min((scene.action.index or 0) if scene.action else 0, pages - 1)
    shown = templates[number * PAGE : (number + 1) * PAGE]
    pictures = tuple([await _thumbnail(scene, template, location) for template in shown])
    return Page(location=location, templates=shown, pictures=pictures, number=number, pages=pages)


async def menu(turn: Turn) -> Reply:
    """Show one page of templates; each starts a campaign."""
    page = turn.prepared
    if not isinstance(page, Page):
        raise WrongState("no_location")
    if not page.templates:
        raise WrongState("no_templates")
    pending = await turn.offer("start", [{"template": template.name} for template in page.templates])
    options = tuple(
        _option(turn, template, picture, index, pending_id=pending.id)
        for index, (template, picture) in enumerate(zip(page.templates, page.pictures, strict=True))
    )
    row = []
    if page.pages > 1:
        following = (page.number + 1) % page.pages
        row.append(turn.button("buttons.more", "menu", index=following, number=following + 1, pages=page.pages))
    row += [turn.button("buttons.duplicate", "duplicate"), turn.button("buttons.resume", "resume")]
    return Choose(text=turn.text("menu.choose"), options=options, rows=(tuple(row),))


def _option(turn: Turn, template: Template, picture: Picture | None, index: int, *, pending_id: str) -> Option:
    copy = template.copy_for(turn.language)
    return Option(
        title=copy.title,
        description=copy.description,
        picture=picture,
        button=turn.button("buttons.template", "start", index=index, subject=pending_id, title=copy.title),
    )


async def _likely_location(scene: Scene, uow: UnitOfWork, locations: tuple[Location, ...]) -> Location:
    if scene.focus.campaign_id and len(locations) > 1:
        campaign = await uow.campaigns.get(scene.focus.campaign_id, scene.member, scene.places)
        if campaign:
            return scene.places.location(campaign.location_id)
    return locations[0]


async def _ordered(scene: Scene, uow: UnitOfWork, location: Location) -> tuple[Template, ...]:
    today = scene.reading_at(location).today
    switches = await uow.switches.get()
    allowed = available_templates(scene.book.templates.values(), location, scene.places, today=today, switches=switches)
    return most_used_first(allowed, await uow.campaigns.usage(location.id))


async def _thumbnail(scene: Scene, template: Template, location: Location) -> Picture | None:
    """Draw a sample; where it cannot be drawn, the words stand alone."""
    try:
        draft = sample_draft(template, location, scene.places, scene.reading_at(location))
        rendition = await scene.renditions.preview(scene.book.brand, draft, template.formats[0], marks=False)
    except GlocalError:
        return None
    return as_picture(rendition, alt=alt_text(draft))
