from datetime import timedelta

from bot.domain.approval import RequestState
from bot.domain.campaign import State
from bot.domain.ids import MemberId
from bot.domain.policy import Clocks
from bot.engine.run import attempt
from bot.ports import Job
from tests.engine.room import CHANNEL, Room

WAITS = Clocks(remind_after_hours=4, due_after_hours=16)


async def test_a_reminder_stands_under_the_card(room: Room) -> None:
    """Approvers are told in the card's thread who waits since when, with the card one press away."""
    request = await room.submit(clocks=WAITS)
    await attempt(room.context, Job.remind(request))
    (post,) = room.slack.posts
    assert post.address == CHANNEL.model_copy(update={"thread_id": "card-1"})
    assert "Maria" in post.drawings[0].words
    assert post.drawings[0].buttons == ("Show the card",)


async def test_the_next_reminder_is_due_in_business_hours(room: Room) -> None:
    """Each reminder schedules the next one, and a repeated job says nothing twice."""
    request = await room.submit(clocks=WAITS)
    for _ in range(2):
        await attempt(room.context, Job.remind(request))
    assert len(room.slack.posts) == 1
    assert list(room.engine.waiting) == ["q1:remind:2"]
    due_at, job = room.engine.waiting["q1:remind:2"]
    assert due_at - room.clock.now() == timedelta(hours=4)
    await attempt(room.context, job)
    assert len(room.slack.posts) == 2


async def test_reminders_end(room: Room) -> None:
    """No reminder is scheduled past the deadline, nor more than five."""
    request = await room.submit(clocks=WAITS)
    soon = request.model_copy(update={"due_at": room.clock.now() + timedelta(hours=1)})
    async with room.store.writing() as uow:
        await uow.requests.void(request.campaign_id)
        await uow.requests.add(soon.model_copy(update={"id": "q2"}))
        await uow.commit()
    await attempt(room.context, Job.remind(soon.model_copy(update={"id": "q2"})))
    await attempt(room.context, Job.remind(request, 5))
    assert room.engine.waiting == {}


async def test_a_decided_request_is_not_reminded(room: Room) -> None:
    """A timer that fires after the decision does nothing."""
    request = await room.submit(clocks=WAITS)
    async with room.store.writing() as uow:
        await uow.requests.void(request.campaign_id)
        await uow.commit()
    await attempt(room.context, Job.remind(request))
    await attempt(room.context, Job.time_out(request))
    assert room.slack.posts == []
    assert room.engine.waiting == {}


async def test_an_overdue_request_reaches_the_admins(room: Room) -> None:
    """A lane that escalates tells everybody who steers, and the request keeps waiting."""
    request = await room.submit(clocks=WAITS)
    async with room.store.reading() as uow:
        members = await uow.members.all()
    admins = {member.id for member in members if any(role.role == "admin" for role in member.memberships)}
    for _ in range(2):
        await attempt(room.context, Job.time_out(request))
    posts = [*room.slack.posts, *room.telegram.posts]
    assert len(posts) == len(admins) > 0
    assert "Nobody has decided" in posts[0].drawings[0].words
    assert (await room.request()).state is RequestState.OPEN


async def test_a_lane_may_let_a_request_expire(room: Room) -> None:
    """When the time is up the request and its campaign expire together, once, and the owner is told."""
    request = await room.submit(clocks=WAITS.model_copy(update={"then": "expire"}))
    for _ in range(2):
        await attempt(room.context, Job.time_out(request))
    campaign = await room.campaign()
    assert campaign.state is State.EXPIRED
    assert campaign.changed_by == MemberId("maria")
    assert (await room.request()).state is RequestState.EXPIRED
    (post,) = room.telegram.posts
    assert "has expired" in post.drawings[0].words
    assert post.drawings[0].buttons == ("Use again",)
    assert campaign.id in room.redrawn
