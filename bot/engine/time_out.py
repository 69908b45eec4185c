"""Does what the lane says when a request's time is up: tell the admins and keep waiting, or let it expire.

Scheduled with the submitting turn, in business hours. It fires whatever has happened since, and looks first.
"""

from collections.abc import Mapping

from bot.chat import Action, Button, Say, Strong
from bot.domain.approval import ApprovalRequest, RequestState
from bot.domain.campaign import Campaign, State
from bot.domain.event import AuditEvent
from bot.domain.ids import RequestId
from bot.domain.location import Location
from bot.domain.member import Member, Permission
from bot.engine.audience import tell
from bot.engine.context import JobContext
from bot.store import UnitOfWork


async def time_out(context: JobContext, arguments: Mapping[str, str]) -> None:
    """Escalate or expire a request that nobody has decided in time."""
    request_id = RequestId(arguments["request_id"])
    async with context.store.reading() as uow:
        request = await uow.requests.get(request_id)
    if request is None:
        return
    if request.clocks.then == "expire":
        await _expire(context, request_id)
    elif request.is_open:
        await _escalate(context, request)


async def _expire(context: JobContext, request_id: RequestId) -> None:
    """Close the request and its campaign, and tell the person who asked."""
    async with context.store.writing() as uow:
        request = await uow.requests.get(request_id)
        if request is None:
            return
        campaign = await uow.campaigns.load(request.campaign_id)
        location = (await uow.places.load()).location(request.location_id)
        owner = await uow.members.get(request.asked_by)
        if request.is_open and campaign.state is State.SUBMITTED:
            campaign = await _close(context, uow, request, campaign)
            if campaign.state is State.EXPIRED:
                await uow.commit()
    if campaign.state is not State.EXPIRED or owner is None:
        return
    context.redraw(campaign.id)
    await tell(context, owner.id, _write_expired(context, campaign, owner, location), key=f"{request.id}:expired")


async def _close(context: JobContext, uow: UnitOfWork, request: ApprovalRequest, campaign: Campaign) -> Campaign:
    """Expire both; give the campaign as it was when somebody was faster."""
    now = context.clock.now()
    closed = request.model_copy(update={"state": RequestState.EXPIRED})
    count = len(request.decisions)
    expired = campaign.decide(State.EXPIRED, by=campaign.changed_by, at=now)
    is_first = await uow.requests.save(closed, was=request.state, was_stage=request.stage, decisions_before=count)
    if not is_first or not await uow.campaigns.save(expired):
        return campaign
    await uow.audit.append(AuditEvent(what="request.expired", subject=request.id, at=now))
    return expired


async def _escalate(context: JobContext, request: ApprovalRequest) -> None:
    """Tell everybody who steers the location's brand that a request is overdue."""
    async with context.store.reading() as uow:
        places = await uow.places.load()
        location = places.location(request.location_id)
        admins = await uow.members.holding(Permission.STEER, location, places)
        owner = await uow.members.get(request.asked_by)
    for admin in admins:
        overdue = _write_overdue(context, request, admin, name=owner.name if owner else "", location=location)
        await tell(context, admin.id, overdue, key=f"{request.id}:overdue:{admin.id}")


def _write_expired(context: JobContext, campaign: Campaign, owner: Member, location: Location) -> Say:
    words, language = context.words, owner.locale
    action = Action(verb="duplicate", subject=campaign.id, revision=campaign.revision)
    button = Button(label=words.line("buttons.use_again", language), action=str(action))
    text = words.text("reminder.expired", language, location=Strong(text=location.name))
    return Say(text=text, rows=((button,),))


def _write_overdue(
    context: JobContext, request: ApprovalRequest, admin: Member, *, name: str, location: Location
) -> Say:
    words, language = context.words, admin.locale
    action = Action(verb="show_card", subject=request.id, revision=request.revision)
    button = Button(label=words.line("buttons.show_card", language), action=str(action))
    facts = {"name": name or words.line("words.somebody", language), "location": Strong(text=location.name)}
    return Say(text=words.text("reminder.overdue", language, **facts), rows=((button,),))
