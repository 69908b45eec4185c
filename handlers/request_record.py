"""Words typed under a card: never dropped, never guessed to be a decision."""

from bot.chat import Done, Quiet, Quoted, Reply, Say, Strong, Typed
from bot.decisions import decide, kept_request, require_decider
from bot.domain.approval import ApprovalRequest, Outcome
from bot.domain.conversation import Placement, View
from bot.domain.ids import RequestId
from bot.domain.member import Permission
from bot.errors import GlocalError, Stale
from bot.turn import Turn

RECORDS = {"approve": Outcome.APPROVE, "changes": Outcome.REQUEST_CHANGES}


async def request_comment(turn: Turn) -> Reply:
    """Ask somebody who may decide what their words are; pass other people's on as a comment."""
    content = turn.incoming.content
    here = turn.here
    post_id = content.reply_to if isinstance(content, Typed) else ""
    if not post_id:
        help_button = turn.button("buttons.help", "help")
        return Say(text=turn.text("menu.write_directly"), rows=((help_button,),), is_private=True)
    found = await turn.uow.placements.at_post(here.platform, here.workspace, here.conversation_id, post_id)
    if found is None or found.view is not View.APPROVER or found.request_id is None:
        return Quiet()
    request = await turn.uow.requests.get(found.request_id)
    if request is None:
        return Quiet()
    if not await _may_decide(turn, request):
        await pass_on(turn, request, turn.typed)
        return Quiet()
    return await _ask_what_it_is(turn, request, found)


async def request_record(turn: Turn) -> Reply:
    """Record the words as the button says."""
    chosen = {name: str(value) for name, value in (await turn.use_up()).items()}
    if chosen["as"] == "comment":
        return await _pass_on_kept(turn, chosen)
    request, placement = await kept_request(turn, chosen)
    await decide(turn, request, placement, RECORDS[chosen["as"]], words=chosen["words"])
    return Done(text=turn.text(f"approval.recorded_{chosen['as']}"), is_private=True)


async def _pass_on_kept(turn: Turn, kept: dict[str, str]) -> Reply:
    """Pass words on as a comment, even when somebody has decided since."""
    request = await turn.uow.requests.get(RequestId(kept["request"]))
    if request is None:
        raise Stale("choice_gone")
    turn.require(Permission.DECIDE, turn.places.location(request.location_id))
    await pass_on(turn, request, kept["words"])
    return Done(text=turn.text("approval.passed_on"), is_private=True)


async def pass_on(turn: Turn, request: ApprovalRequest, words: str) -> None:
    """Tell whoever asked what was said under the card."""
    asker = await turn.uow.members.get(request.asked_by)
    campaign = await turn.uow.campaigns.load(request.campaign_id)
    if asker is None or asker.id == turn.member.id:
        return
    speech = turn.speaking_to(asker)
    text = speech.text("approval.comment", name=Strong(text=turn.member.name), words=Quoted(text=words))
    turn.tell(asker.id, Say(text=text, rows=((speech.button("buttons.show_card", "show_card", campaign),),)))
    await turn.log("request.commented", request.id)


async def _may_decide(turn: Turn, request: ApprovalRequest) -> bool:
    if not turn.member.may(Permission.DECIDE, turn.places.location(request.location_id), turn.places):
        return False
    try:
        await require_decider(turn, request)
    except GlocalError:
        return False
    return True


async def _ask_what_it_is(turn: Turn, request: ApprovalRequest, placement: Placement) -> Reply:
    kept = {"request": request.id, "placement": placement.id, "words": turn.typed}
    kinds = ("approve", "changes", "comment")
    pending = await turn.offer("record", [{**kept, "as": kind} for kind in kinds])
    rows = tuple(
        (turn.button(f"buttons.record_{kind}", "record", index=index, subject=pending.id),)
        for index, kind in enumerate(kinds)
    )
    return Say(text=turn.text("approval.what_is_it", words=Quoted(text=turn.typed)), rows=rows, is_private=True)
