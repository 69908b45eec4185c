from datetime import timedelta

from bot.chat import Actor, Incoming, Owed, Quiet, Say, Typed
from bot.domain.conversation import Address, Conversation
from bot.domain.focus import Choice, Focus, Pending
from bot.domain.ids import MemberId, PendingId, TerritoryId
from bot.domain.member import Membership, Role
from bot.store import Store
from tests.store.nouns import ANA, MARIA, NOW

HERE = Address(platform="telegram", workspace="7", conversation_id="5")


def make_incoming(event_id: str) -> Incoming:
    """Make an event of Maria's."""
    return Incoming(
        event_id=event_id, actor=Actor(user_id="5"), address=HERE, content=Typed(text="hola ✨"), received_at=NOW
    )


async def test_an_event_is_recorded_once(store: Store) -> None:
    """A platform's redelivery is recognised, and the first copy stays to be answered."""
    async with store.writing() as uow:
        assert await uow.inbox.record(make_incoming("e1"))
        assert not await uow.inbox.record(make_incoming("e1"))
        assert await uow.inbox.open(10) == (make_incoming("e1"),)
        assert await uow.inbox.open(10, older_than=NOW) == ()
        assert await uow.inbox.is_open("e1")


async def test_a_finished_event_owes_its_replies(store: Store) -> None:
    """What a turn owes is kept until it has been posted, and an event finishes once."""
    owed = (Owed(reply=Say(text=("Hi",))), Owed(reply=Quiet(), to_member=MemberId("sam")))
    async with store.writing() as uow:
        await uow.inbox.record(make_incoming("e1"))
        await uow.inbox.record(make_incoming("e2"))
        assert await uow.inbox.done("e1", owed, NOW)
        assert await uow.inbox.done("e2", (), NOW)
        assert not await uow.inbox.done("e1", (), NOW)
        assert not await uow.inbox.is_open("e1")
        assert await uow.inbox.owed(10) == ((make_incoming("e1"), owed),)
        await uow.inbox.posted("e1")
        assert await uow.inbox.owed(10) == ()
        assert await uow.inbox.open(10) == ()


async def test_one_process_takes_an_event(store: Store) -> None:
    """A claim holds until it runs out; failed events are given up."""
    async with store.writing() as uow:
        await uow.inbox.record(make_incoming("e1"))
        assert await uow.inbox.claim("e1", "one", NOW)
        assert not await uow.inbox.claim("e1", "two", NOW)
        assert await uow.inbox.claim("e1", "two", NOW + timedelta(minutes=2))
        await uow.inbox.failed("e1", "poison")
        assert not await uow.inbox.claim("e1", "two", NOW + timedelta(minutes=4))


async def test_a_focus_is_empty_until_it_is_put(store: Store) -> None:
    """Everybody has a focus in every conversation, strangers included."""
    async with store.writing() as uow:
        empty = await uow.focus.get(MARIA.id, HERE)
        assert empty == Focus(member_id=MARIA.id, platform="telegram", workspace="7", conversation_id="5")
        assert not (await uow.focus.get(MemberId(""), HERE)).is_tour
        await uow.focus.put(empty.model_copy(update={"is_tour": True}))
        await uow.focus.put(empty.model_copy(update={"is_tour": True}))
        assert (await uow.focus.get(MARIA.id, HERE)).is_tour


async def test_a_pending_command_is_used_once(store: Store) -> None:
    """A confirmation is good for one press."""
    pending = Pending(
        id=PendingId("p1"), verb="role", member_id=ANA.id, choices=(Choice(arguments={"n": 1}),), created_at=NOW
    )
    async with store.writing() as uow:
        await uow.pendings.add(pending)
        assert await uow.pendings.get(pending.id) == pending
        assert await uow.pendings.use(pending.id)
        assert not await uow.pendings.use(pending.id)
        used = await uow.pendings.get(pending.id)
        assert used
        assert used.is_used
        assert await uow.pendings.get(PendingId("p9")) is None


async def test_a_code_is_redeemed_once_and_in_time(store: Store) -> None:
    """An invitation is given out once, before it expires."""
    approver = Membership(role=Role.APPROVER, territory_id=TerritoryId("north"))
    later = NOW + timedelta(days=1)
    async with store.writing() as uow:
        await uow.codes.add("h1", member_id=None, membership=approver, expires_at=later, by=ANA.id)
        await uow.codes.add("h2", member_id=MARIA.id, membership=None, expires_at=NOW, by=ANA.id)
        assert await uow.codes.redeem("h2", NOW) is None
        assert await uow.codes.redeem("h9", NOW) is None
        invitation = await uow.codes.redeem("h1", NOW)
        assert invitation
        assert (invitation.membership, invitation.issued_by) == (approver, ANA.id)
        assert await uow.codes.redeem("h1", NOW) is None


async def test_a_territory_has_one_place_for_its_requests(store: Store) -> None:
    """Naming a second conversation for a territory takes the first one's place."""
    first = Conversation(
        platform="slack", workspace="T0", conversation_id="C1", is_direct=False, territory_id=TerritoryId("north")
    )
    second = first.model_copy(update={"conversation_id": "C2"})
    async with store.writing() as uow:
        await uow.conversations.put(first)
        await uow.conversations.put(second)
        assert await uow.conversations.of_territory(TerritoryId("north")) == second
        assert await uow.conversations.get("slack", "T0", "C1") == first.model_copy(update={"territory_id": None})
        assert await uow.conversations.get("slack", "T0", "C9") is None


async def test_the_chat_used_last_comes_first(store: Store) -> None:
    """A person's direct chats are listed by when they were last used."""
    slack = Address(platform="slack", workspace="T0", conversation_id="D5")
    async with store.writing() as uow:
        await uow.conversations.note_direct(MARIA.id, HERE, NOW)
        await uow.conversations.note_direct(MARIA.id, slack, NOW + timedelta(minutes=1))
        assert await uow.conversations.direct_of(MARIA.id) == (slack, HERE)
        await uow.conversations.note_direct(MARIA.id, HERE, NOW + timedelta(minutes=2))
        assert await uow.conversations.direct_of(MARIA.id) == (HERE, slack)
