"""A decision as a signature: bound to the card that was pressed, recorded once, told to everybody concerned.

Called by the handlers of buttons, reactions, forms and typed words; they differ only in how the person said it.
"""

from bot.chat import Quoted, Say, Strong
from bot.domain.approval import ApprovalRequest, Decision, Outcome, RequestState
from bot.domain.campaign import Campaign, State
from bot.domain.conversation import Placement, Post
from bot.domain.ids import PlacementId, RequestId
from bot.domain.member import Member, Permission
from bot.errors import NotAllowed, Stale, WrongState
from bot.placing import pressed_placement
from bot.ports import Job
from bot.turn import Turn

STATES = {
    RequestState.APPROVED: State.APPROVED,
    RequestState.CHANGES_REQUESTED: State.CHANGES_REQUESTED,
    RequestState.REJECTED: State.REJECTED,
}


async def pressed_request(turn: Turn) -> tuple[ApprovalRequest, Placement]:
    """Give the request and the card of a press; both must still be what the person saw."""
    placement = await pressed_placement(turn)
    action = turn.action
    request = await turn.uow.requests.get(RequestId(action.subject)) if action else None
    if placement is None or request is None or action is None:
        raise Stale("card_gone")
    if action.revision != request.revision:
        raise Stale("card_gone")
    await require_decider(turn, request)
    return request, placement


async def kept_request(turn: Turn, arguments: dict[str, str]) -> tuple[ApprovalRequest, Placement]:
    """Give the request and the card that a question for words was about."""
    request = await turn.uow.requests.get(RequestId(arguments["request"]))
    placement = await turn.uow.placements.get(PlacementId(arguments["placement"]))
    if placement is None or request is None:
        raise Stale("card_gone")
    await require_decider(turn, request)
    return request, placement


async def require_decider(turn: Turn, request: ApprovalRequest) -> None:
    """Raise unless the request waits and this person may answer it."""
    location = turn.places.location(request.location_id)
    turn.require(Permission.DECIDE, location)
    if not request.is_open:
        raise await _too_late(turn, request)
    if turn.member.id in request.barred:
        raise NotAllowed("own_campaign")
    if any(decision.member_id == turn.member.id for decision in request.decisions):
        raise WrongState("already_answered")
    if request.role_of(turn.member, location, turn.places) is None:
        raise NotAllowed("needs_stage", role=turn.line(f"words.role_{request.stages[request.stage].role}"))


async def decide(
    turn: Turn, request: ApprovalRequest, placement: Placement, outcome: Outcome, *, words: str = ""
) -> Campaign:
    """Record one person's answer and what follows from it; the loser of a race is told who won."""
    campaign = await turn.uow.campaigns.load(request.campaign_id)
    decision = await _sign(turn, request, placement, outcome, words)
    decided = request.with_decision(decision)
    saved = await turn.uow.requests.save(
        decided, was=request.state, was_stage=request.stage, decisions_before=len(request.decisions)
    )
    if not saved:
        raise await _too_late(turn, await turn.uow.requests.get(request.id) or request)
    changed = _follow(campaign, decided, turn, words)
    await turn.change(changed)
    await turn.log(f"request.{outcome}", request.id, revision=request.revision, values=decision.values_digest,
                   renditions=list(decision.rendition_digests), role=str(decision.role))  # fmt: skip
    await _tell(turn, decided, changed, outcome, words)
    _tell_thread(turn, placement, outcome, words)
    if decided.is_open and decided.stage > request.stage:
        await _tell_next(turn, decided)
    await _set_off(turn, decided, changed)
    return changed


def _follow(campaign: Campaign, decided: ApprovalRequest, turn: Turn, words: str) -> Campaign:
    if decided.is_open:
        return campaign.wait_for_next_stage(by=turn.member.id, at=turn.now)
    return campaign.decide(STATES[decided.state], by=turn.member.id, at=turn.now, note=words)


async def _sign(turn: Turn, request: ApprovalRequest, placement: Placement, outcome: Outcome, words: str) -> Decision:
    role = request.role_of(turn.member, turn.places.location(request.location_id), turn.places)
    template = await turn.uow.templates.load(request.template)
    if role is None:
        raise NotAllowed("needs_decide")
    if len(placement.shown_digests) < len(template.formats) and outcome is Outcome.APPROVE:
        raise Stale("pictures_not_ready")
    return Decision(
        request_id=request.id, member_id=turn.member.id, role=role, outcome=outcome, words=words,
        platform=placement.address.platform, conversation_id=placement.address.conversation_id,
        post_id=placement.post_id, revision=request.revision, template=request.template,
        policy_version=request.policy_version, values_digest=request.values_digest,
        rendition_digests=placement.shown_digests, decided_at=turn.now,
    )  # fmt: skip


async def _too_late(turn: Turn, request: ApprovalRequest) -> WrongState:
    last = request.decisions[-1] if request.decisions else None
    member = await turn.uow.members.get(last.member_id) if last else None
    if last is None or member is None:
        return WrongState(f"request_{request.state}")
    return WrongState("already_decided", name=member.name, what=turn.line(f"words.outcome_{last.outcome}"))


async def _tell(turn: Turn, decided: ApprovalRequest, campaign: Campaign, outcome: Outcome, words: str) -> None:
    """Tell whoever asked, in their own chat and language, with the next step to press."""
    asker = await turn.uow.members.get(decided.asked_by)
    if asker is None or decided.is_open:
        return
    template = await turn.uow.templates.load(campaign.template)
    speech = turn.speaking_to(asker)
    text = speech.text(
        f"approval.told_{outcome}",
        name=Strong(text=turn.member.name),
        template=template.copy_for(asker.locale).title,
        words=Quoted(text=words),
    )
    show = speech.button("buttons.show_card", "show_card", campaign)
    edit = speech.button("buttons.edit", "edit", campaign, opens_form=True)
    turn.tell(asker.id, Say(text=text, rows=((show,),) if outcome is Outcome.APPROVE else ((edit, show),)))


async def _tell_next(turn: Turn, request: ApprovalRequest) -> None:
    """Tell those whose step it is now, in their own chats; they need not follow the talk under the card."""
    asker = await turn.uow.members.get(request.asked_by)
    location = turn.places.location(request.location_id)
    for member in await deciders(turn, request):
        speech = turn.speaking_to(member)
        text = speech.text(
            "approval.your_step", name=Strong(text=turn.member.name), location=location.name,
            asker=asker.name if asker else speech.line("words.somebody"), stage=request.stage + 1,
            stages=len(request.stages),
        )  # fmt: skip
        show = speech.button("buttons.show_card", "show_card", subject=request.id)
        turn.tell(member.id, Say(text=text, rows=((show,),)))


def _tell_thread(turn: Turn, placement: Placement, outcome: Outcome, words: str) -> None:
    """Leave a line under the card, for everybody who follows the talk there."""
    if placement.address.is_direct:
        return
    speech = turn.words.text(
        f"approval.thread_{outcome}", placement.locale, name=Strong(text=turn.member.name), words=Quoted(text=words)
    )
    turn.tell_at(turn.thread_of(Post(address=placement.address, post_id=placement.post_id)), Say(text=speech))


async def _set_off(turn: Turn, decided: ApprovalRequest, campaign: Campaign) -> None:
    if decided.is_open:
        return
    for timer in (Job.remind(decided), Job.time_out(decided)):
        await turn.engine.cancel(turn.uow, timer.key)
    if campaign.state is State.APPROVED:
        await turn.engine.enqueue(turn.uow, Job.deliver(campaign))


async def deciders(turn: Turn, request: ApprovalRequest) -> tuple[Member, ...]:
    """List who may answer the present stage of a request."""
    location = turn.places.location(request.location_id)
    able = await turn.uow.members.holding(Permission.DECIDE, location, turn.places)
    return tuple(member for member in able if request.role_of(member, location, turn.places))
