from dataclasses import replace
from datetime import timedelta

from bot.chat import Reply
from bot.domain.campaign import Delivery, State
from bot.domain.conversation import Address
from bot.engine.run import MOST_ATTEMPTS, attempt
from bot.errors import RateLimited, TryLater, Unreachable
from bot.ports import Document, Job
from bot.testing import CorePlatform
from tests.engine.room import OWNER_CHAT, Room

FORMATS = ("square", "story", "landscape")


async def test_every_original_arrives_and_the_campaign_is_delivered(room: Room) -> None:
    """After approval the owner gets every format in full quality, one closing sentence, and a way on."""
    approved = await room.approve()
    assert await attempt(room.context, Job.deliver(approved)) == 0
    delivered = await room.campaign()
    assert (delivered.state, delivered.delivery) == (State.DELIVERED, Delivery.DONE)
    assert list(room.telegram.files) == [f"weekend-offer-old-mill-{name}.png" for name in FORMATS]
    assert {post.address for post in room.telegram.posts} == {OWNER_CHAT}
    assert room.telegram.posts[0].drawings[0].words == "Square · 1080 × 1080 px, full quality"
    assert "All 3 originals are here" in room.telegram.posts[-1].drawings[0].words
    assert room.telegram.posts[-1].drawings[0].buttons == ("Use again",)
    assert room.redrawn == [approved.id]


async def test_a_job_that_is_repeated_sends_nothing_twice(room: Room) -> None:
    """A recovered job finds everything sent and changes nothing."""
    job = Job.deliver(await room.approve())
    for _ in range(3):
        assert await attempt(room.context, job) == 0
    assert len(room.telegram.posts) == 4
    async with room.store.reading() as uow:
        assert await uow.audit.verify() is None
    assert (await room.campaign()).what == "delivery_done"


async def test_what_may_have_gone_out_is_asked_about(room: Room) -> None:
    """A format that was begun before a crash is not repeated: the others go out, and the card says so."""
    approved = await room.approve()
    async with room.store.writing() as uow:
        await uow.deliveries.start("c1:q1:story")
        await uow.commit()
    await attempt(room.context, Job.deliver(approved))
    campaign = await room.campaign()
    assert (campaign.state, campaign.delivery) == (State.APPROVED, Delivery.UNCERTAIN)
    assert [name.rsplit("-", 1)[1] for name in room.telegram.files] == ["square.png", "landscape.png"]


async def test_send_again_sends_what_was_uncertain(room: Room) -> None:
    """After "Send again" only the uncertain format goes out, and the delivery is complete."""
    approved = await room.approve()
    async with room.store.writing() as uow:
        await uow.deliveries.start("c1:q1:story")
        await uow.commit()
    await attempt(room.context, Job.deliver(approved))
    again = (await room.campaign()).note_delivery(Delivery.UNDERWAY, at=room.clock.now())
    async with room.store.writing() as uow:
        await uow.deliveries.allow_again("c1:")
        await uow.campaigns.save(again)
        await uow.commit()
    assert Job.deliver(again).key != Job.deliver(approved).key
    await attempt(room.context, Job.deliver(again))
    assert (await room.campaign()).state is State.DELIVERED
    assert [name.rsplit("-", 1)[1] for name in room.telegram.files] == ["square.png", "landscape.png", "story.png"]


async def test_a_pause_is_waited_out_and_nothing_doubles(room: Room) -> None:
    """A rate limit in the middle stops the job for as long as the platform asks; then the rest follows."""
    slow = Stumbling("telegram", stumbles=[None, RateLimited(7)])
    job = Job.deliver(await room.approve())
    context = replace(room.context, platforms={"telegram": slow})
    assert await attempt(context, job) == 7
    assert await attempt(context, job) == 0
    assert len(slow.posts) == 4
    assert (await room.campaign()).state is State.DELIVERED


async def test_a_closed_chat_gives_way_to_the_next(room: Room) -> None:
    """When the owner blocked the bot in one chat, the originals and the closing words go to the next place."""
    approved = await room.approve()
    elsewhere = Address(platform="slack", workspace="T0", conversation_id="D-maria")
    async with room.store.writing() as uow:
        await uow.conversations.note_direct(approved.author_id, elsewhere, room.clock.now() - timedelta(days=1))
        await uow.commit()
    closed = Stumbling("telegram", stumbles=[Unreachable()] * 9)
    await attempt(replace(room.context, platforms={"telegram": closed, "slack": room.slack}), Job.deliver(approved))
    assert closed.posts == []
    assert {post.address for post in room.slack.posts} == {elsewhere}
    assert len(room.slack.files) == 3
    assert (await room.campaign()).state is State.DELIVERED


async def test_an_owner_out_of_reach_is_said_on_the_card(room: Room) -> None:
    """When no chat is open, nothing is lost: the campaign waits for "Send again"."""
    approved = await room.approve()
    closed = Stumbling("telegram", stumbles=[Unreachable()] * 9)
    await attempt(replace(room.context, platforms={"telegram": closed}), Job.deliver(approved))
    assert closed.posts == []
    assert (await room.campaign()).delivery is Delivery.UNCERTAIN


async def test_a_failure_of_unknown_outcome_is_not_repeated(room: Room) -> None:
    """When a platform breaks off in the middle of a file, that file is uncertain after the next attempt."""
    broken = Stumbling("telegram", stumbles=[TryLater()])
    context = replace(room.context, platforms={"telegram": broken})
    job = Job.deliver(await room.approve())
    assert await attempt(context, job) > 0
    assert await attempt(context, job) == 0
    assert len(broken.files) == 2
    assert (await room.campaign()).delivery is Delivery.UNCERTAIN


async def test_a_campaign_changed_meanwhile_is_left_alone(room: Room) -> None:
    """An edit after approval takes the delivery back before it begins."""
    approved = await room.approve()
    async with room.store.writing() as uow:
        await uow.campaigns.save(approved.fill({}, by=approved.author_id, at=room.clock.now()))
        await uow.commit()
    assert await attempt(room.context, Job.deliver(approved)) == 0
    assert room.telegram.posts == []
    assert (await room.campaign()).state is State.DRAFT


async def test_a_job_that_never_succeeds_is_given_up(room: Room) -> None:
    """After the last attempt the campaign says that the files may not have arrived, and nothing tries on."""
    job = Job.deliver(await room.approve())
    context = replace(room.context, platforms={"telegram": Stumbling("telegram", stumbles=[RateLimited(1)] * 99)})
    pauses = [await attempt(context, job) for _ in range(MOST_ATTEMPTS + 1)]
    assert pauses == [1.0] * MOST_ATTEMPTS + [0.0]
    assert (await room.campaign()).delivery is Delivery.UNCERTAIN


async def test_a_cancelled_job_does_nothing(room: Room) -> None:
    """A cancellation that was committed first stops the job when it fires."""
    job = Job.deliver(await room.approve())
    async with room.store.writing() as uow:
        await uow.jobs.cancel(job.key)
        await uow.commit()
    assert await attempt(room.context, job) == 0
    assert room.telegram.posts == []


class Stumbling(CorePlatform):
    """A platform whose calls fail as listed, one after another; None and the end of the list succeed."""

    def __init__(self, name: str, *, stumbles: list[Exception | None]) -> None:
        super().__init__(name)
        self._stumbles = iter(stumbles)

    async def post_document(self, to: Address, document: Document) -> str:
        self._stumble()
        return await super().post_document(to, document)

    async def post(self, to: Address, reply: Reply, *, cause: object = None) -> None:
        self._stumble()
        await super().post(to, reply)

    def _stumble(self) -> None:
        if error := next(self._stumbles, None):
            raise error
