"""Ask headquarters for approval: one request, bound to what the owner sees now."""

from dataclasses import dataclass
from datetime import datetime

from bot.chat import Button, Done, Refuse, Reply, Strong, Text
from bot.dialog.lane import choose_lane
from bot.dialog.moments import show_moment
from bot.dialog.names import name_any
from bot.dialog.needs import Needs, find_needs
from bot.dialog.slot_words import words_for
from bot.domain.approval import ApprovalRequest, RequestState
from bot.domain.business_time import add_business_hours
from bot.domain.campaign import UNFINISHED, Campaign, State
from bot.domain.conversation import Address, View
from bot.domain.draft import Draft, digest_values
from bot.domain.ids import TerritoryId, new_id
from bot.domain.member import Member, Permission
from bot.domain.policy import Lane
from bot.errors import WrongState
from bot.ports import Job
from bot.turn import Scene, Turn
from handlers.ask import in_rows
from handlers.start import require_available

MOST_NEEDS = 6


@dataclass(frozen=True)
class Fitting:
    """Whether every format shows every text whole, seen before the turn's transaction."""

    too_long: tuple[str, ...]


async def prepare_submit(scene: Scene) -> Fitting:
    """Draw every format; the approvers' card needs the pictures anyway."""
    draft = await scene.draft()
    formats = draft.template.formats if draft and not draft.missing else ()
    brand = scene.book.brand
    drawn = [await scene.renditions.preview(brand, draft, name, marks=False) for name in formats if draft]
    return Fitting(too_long=tuple({slot: None for one in drawn for slot in (*one.overflows, *one.unprintable)}))


async def submit(turn: Turn) -> Reply:
    """Submit the campaign, or say with buttons what it still needs."""
    campaign = await turn.campaign()
    if campaign.state not in UNFINISHED:
        raise WrongState(f"state_{campaign.state}")
    draft = await turn.draft(campaign)
    await require_available(turn, draft.template, draft.location)
    needs = find_needs(draft, turn.findings(draft))
    if isinstance(turn.prepared, Fitting):
        needs = needs.model_copy(update={"too_long": turn.prepared.too_long})
    if not needs.is_ready:
        return _still_needs(turn, campaign, draft, needs)
    lane = choose_lane(draft, turn.book.policies.approval)
    if not lane.stages:
        return await _approve_by_rule(turn, campaign, draft, lane)
    return await _ask_people(turn, campaign, draft, lane)


def _still_needs(turn: Turn, campaign: Campaign, draft: Draft, needs: Needs) -> Reply:
    """Name what is missing, each with the button that puts it right."""
    slots = draft.template.slots
    lines: list[Text] = []
    buttons: list[Button] = []
    for name in needs.to_ask:
        slot = draft.template.slot(name)
        label = words_for(draft, slot, turn.language).label
        kind = needs.kind_of(name)
        lines.append(
            turn.text(f"submit.locked_{kind}" if slot.is_locked else f"submit.{kind}", label=Strong(text=label))
        )
        if not slot.is_locked:
            buttons.append(turn.button("buttons.answer", "ask", campaign, slots.index(slot), label=label))
    rows = list(in_rows(buttons[:MOST_NEEDS]))
    if needs.unconfirmed:
        count = len(needs.unconfirmed)
        lines.append(turn.text("submit.unconfirmed", count=count))
        rows.insert(0, (turn.button("buttons.confirm", "confirm", campaign, style="primary", count=count),))
    listed = tuple(piece for line in lines for piece in ("\n• ", *line))
    rows.append((turn.button("buttons.show_card", "show_card", campaign),))
    return Refuse(text=(*turn.text("submit.not_yet"), *listed), rows=tuple(rows))


async def _ask_people(turn: Turn, campaign: Campaign, draft: Draft, lane: Lane) -> Reply:
    """Post the request where the territory's approvers are, and start its clocks."""
    barred = tuple(dict.fromkeys((campaign.author_id, campaign.last_editor_id, turn.member.id)))
    able = await turn.uow.members.holding(Permission.DECIDE, draft.location, turn.places)
    request = _request(turn, campaign, draft, lane, barred)
    deciders = request.deciders(able, draft.location, turn.places)
    places = await _posts_for(turn, draft, deciders) if deciders else []
    if not places:
        raise WrongState("nobody_decides")
    request = request.model_copy(update={"territory_id": places[0][0]})
    await turn.uow.requests.add(request)
    submitted = campaign.submit(request.id, by=turn.member.id, at=turn.now)
    await turn.change(submitted, was=campaign)
    for _, address, locale in places:
        await turn.place(submitted, View.APPROVER, address, locale=locale, request_id=request.id)
    await _start_clocks(turn, request)
    await turn.focus_on(campaign.id, is_tour=False)
    return _waiting(turn, submitted, draft, request, deciders)


def _request(turn: Turn, campaign: Campaign, draft: Draft, lane: Lane, barred: tuple[str, ...]) -> ApprovalRequest:
    """Make the request; it names the revision that submitting makes, which is the one on the card."""
    return ApprovalRequest.model_validate(
        {
            "id": new_id("q"), "campaign_id": campaign.id, "location_id": campaign.location_id,
            "territory_id": draft.territories[0] if draft.territories else "", "revision": campaign.revision + 1,
            "asked_by": turn.member.id, "asked_at": turn.now, "barred": barred, "lane": lane.name,
            "stages": lane.stages, "clocks": lane.clocks, "template": campaign.template,
            "policy_version": turn.book.policies.version, "brand_version": turn.book.brand.version,
            "values_digest": digest_values(campaign.values),
            "due_at": _after(turn, lane.clocks.due_after_hours),
        }
    )  # fmt: skip


def _after(turn: Turn, hours: float | None) -> datetime | None:
    return None if hours is None else add_business_hours(turn.now, hours, turn.book.policies.approval.calendar)


async def _posts_for(turn: Turn, draft: Draft, deciders: tuple[Member, ...]) -> list[tuple[TerritoryId, Address, str]]:
    """Find the nearest territory's conversation, else the deciders' own chats."""
    for area in draft.territories:
        found = await turn.uow.conversations.of_territory(area)
        if found:
            address = Address(
                platform=found.platform, workspace=found.workspace, conversation_id=found.conversation_id,
                is_direct=found.is_direct,
            )  # fmt: skip
            return [(area, address, turn.places.territory(area).locale)]
    nearest = draft.territories[0] if draft.territories else TerritoryId("")
    chats = [(member, await turn.uow.conversations.direct_of(member.id)) for member in deciders]
    return [(nearest, used[0], member.locale) for member, used in chats if used]


async def _start_clocks(turn: Turn, request: ApprovalRequest) -> None:
    remind_at = _after(turn, request.clocks.remind_after_hours)
    if remind_at:
        await turn.engine.schedule_at(turn.uow, Job.remind(request), remind_at)
    if request.due_at:
        await turn.engine.schedule_at(turn.uow, Job.time_out(request), request.due_at)


def _waiting(
    turn: Turn, campaign: Campaign, draft: Draft, request: ApprovalRequest, deciders: tuple[Member, ...]
) -> Reply:
    names = name_any((member.name for member in deciders), turn.language)
    due = request.due_at
    at = show_moment(due, location=draft.location, language=turn.language.split("-")[0]) if due else ""
    row = (turn.button("buttons.show_card", "show_card", campaign), turn.button("buttons.undo", "undo", campaign))
    return Done(text=turn.text("submit.sent", names=Strong(text=names), due=at), rows=(row,))


async def _approve_by_rule(turn: Turn, campaign: Campaign, draft: Draft, lane: Lane) -> Reply:
    """Approve what headquarters has cleared beforehand; the request says that nobody had to decide."""
    request = _request(turn, campaign, draft, lane, ())
    await turn.uow.requests.add(request)
    submitted = campaign.submit(request.id, by=turn.member.id, at=turn.now)
    await turn.change(submitted, was=campaign)
    approved = submitted.decide(State.APPROVED, by=turn.member.id, at=turn.now)
    closed = request.model_copy(update={"state": RequestState.APPROVED})
    await turn.uow.requests.save(closed, was=RequestState.OPEN, was_stage=0, decisions_before=0)
    await turn.change(approved, was=submitted)
    await turn.log("request.approved", request.id, lane=lane.name)
    await turn.engine.enqueue(turn.uow, Job.deliver(approved))
    await turn.focus_on(campaign.id, is_tour=False)
    row = (
        turn.button("buttons.show_card", "show_card", approved),
        turn.button("buttons.use_again", "duplicate", approved),
    )
    return Done(text=turn.text("submit.approved_by_rule"), rows=(row,))
