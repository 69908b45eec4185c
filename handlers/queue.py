"""What waits for approval, for whom, and since when; oldest first."""

from bot.chat import ListOut, Reply, Strong, Text
from bot.decisions import deciders
from bot.dialog.moments import show_moment
from bot.domain.approval import ApprovalRequest
from bot.turn import Turn

MOST = 15


async def queue(turn: Turn) -> Reply:
    """List the waiting requests of the person's places."""
    waiting = await turn.uow.requests.waiting(turn.member, turn.places)
    lines = [await _line(turn, request) for request in waiting[:MOST]]
    if len(waiting) > MOST:
        lines.append(turn.text("queue.more", count=len(waiting) - MOST))
    return ListOut(
        title=turn.text("queue.title", count=len(waiting)),
        lines=tuple(lines) or (turn.text("queue.empty"),),
        rows=((turn.button("buttons.stats", "stats"), turn.button("buttons.help", "help")),),
        is_private=not turn.incoming.address.is_direct,
    )


async def _line(turn: Turn, request: ApprovalRequest) -> Text:
    template = await turn.uow.templates.load(request.template)
    location = turn.places.location(request.location_id)
    names = ", ".join(member.name for member in (await deciders(turn, request))[:3])
    asker = await turn.uow.members.get(request.asked_by)
    due = show_moment(request.due_at, location=location, language=turn.language) if request.due_at else ""
    return turn.text(
        "queue.line",
        template=Strong(text=template.copy_for(turn.language).title),
        location=location.name,
        name=asker.name if asker else turn.line("words.somebody"),
        since=show_moment(request.asked_at, location=location, language=turn.language),
        due=due,
        is_late=bool(request.due_at and request.due_at < turn.now),
        names=names or turn.line("words.headquarters"),
    )
