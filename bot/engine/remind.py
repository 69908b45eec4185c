"""Tells the approvers of a request, under its card, that it still waits; then schedules the next reminder.

Scheduled with the submitting turn, in business hours. It fires whatever has happened since, and looks first.
"""

import contextlib
from collections.abc import Mapping

from bot.chat import Action, Button, Say, Strong
from bot.dialog.moments import show_moment
from bot.domain.approval import ApprovalRequest
from bot.domain.business_time import add_business_hours
from bot.domain.conversation import Placement
from bot.domain.ids import RequestId
from bot.domain.location import Location
from bot.engine.audience import cards_of, post_once, thread_under
from bot.engine.context import JobContext
from bot.errors import Unreachable
from bot.ports import Job

MOST_REMINDERS = 5


async def remind(context: JobContext, arguments: Mapping[str, str]) -> None:
    """Post the reminder in every conversation where the request's card stands."""
    number = int(arguments["number"])
    async with context.store.reading() as uow:
        request = await uow.requests.get(RequestId(arguments["request_id"]))
        if request is None or not request.is_open:
            return
        cards = await cards_of(uow, request)
        asked_by = await uow.members.get(request.asked_by)
        location = (await uow.places.load()).location(request.location_id)
    for card in cards:
        reminder = _write(context, request, card, name=asked_by.name if asked_by else "", location=location)
        if thread := thread_under(context, card):
            with contextlib.suppress(Unreachable):
                await post_once(context, thread, reminder, key=f"{request.id}:remind:{number}:{card.id}")
    await _schedule_next(context, request, number + 1)


def _write(context: JobContext, request: ApprovalRequest, card: Placement, *, name: str, location: Location) -> Say:
    words, language = context.words, card.locale
    facts: dict[str, object] = {
        "name": Strong(text=name or words.line("words.somebody", language)),
        "location": location.name,
        "asked": show_moment(request.asked_at, location=location, language=language),
        "due": show_moment(request.due_at, location=location, language=language) if request.due_at else "",
    }
    action = Action(verb="show_card", subject=request.id, revision=request.revision)
    button = Button(label=words.line("buttons.show_card", language), action=str(action))
    return Say(text=words.text("reminder.waits", language, **facts), rows=((button,),))


async def _schedule_next(context: JobContext, request: ApprovalRequest, number: int) -> None:
    hours = request.clocks.remind_after_hours
    if not hours or number > MOST_REMINDERS:
        return
    at = add_business_hours(context.clock.now(), hours, context.book().policies.approval.calendar)
    if request.due_at and at >= request.due_at:
        return
    async with context.store.writing() as uow:
        await context.engine.schedule_at(uow, Job.remind(request, number), at)
        await uow.commit()
