import pytest

from bot.domain.campaign import State
from bot.domain.ids import CampaignId, LocationId
from bot.domain.location import Places
from bot.domain.member import Member
from bot.domain.value import Source, Value
from bot.store import Store, UnitOfWork
from tests.store.nouns import ANA, MARIA, NOW, SAM, make_campaign


async def test_a_campaign_comes_back_as_it_went_in(store: Store) -> None:
    """Every revision is kept and read back equal."""
    first = make_campaign()
    value = Value(data={"text": "Café — 20 % 🥐"}, source=Source.TYPED)
    second = first.fill({"headline": value}, by=MARIA.id, at=NOW)
    async with store.writing() as uow:
        await uow.campaigns.add(first)
        assert await uow.campaigns.save(second)
        await uow.commit()
    async with store.reading() as uow:
        assert await uow.campaigns.load(first.id) == second
        assert await uow.campaigns.at_revision(first.id, 1) == first
        assert await uow.campaigns.at_revision(first.id, 2) == second


async def test_what_never_was_is_a_key_error(store: Store) -> None:
    """Unknown campaigns and revisions raise KeyError."""
    async with store.reading() as uow:
        with pytest.raises(KeyError):
            await uow.campaigns.load(CampaignId("c9"))
        with pytest.raises(KeyError):
            await uow.campaigns.at_revision(CampaignId("c9"), 1)


async def test_a_revision_is_made_once(store: Store) -> None:
    """Of two changes to the same revision one is stored, and the loser writes nothing."""
    first = make_campaign()
    async with store.writing() as uow:
        await uow.campaigns.add(first)
        assert await uow.campaigns.save(first.confirm(by=MARIA.id, at=NOW))
        assert not await uow.campaigns.save(first.withdraw(by=MARIA.id, at=NOW))
        assert (await uow.campaigns.load(first.id)).what == "confirmed"


async def test_nothing_stays_without_a_commit(store: Store) -> None:
    """A unit of work that is left without commit leaves nothing behind."""
    async with store.writing() as uow:
        await uow.campaigns.add(make_campaign())
    async with store.reading() as uow:
        assert await uow.campaigns.last(LocationId("lakeside")) is None


async def test_a_campaign_is_seen_where_one_has_a_role(store: Store) -> None:
    """Owner, approver and admin reach a campaign of their places; elsewhere it does not exist for them."""
    async with store.writing() as uow:
        places = await uow.places.load()
        for name in ("lakeside", "harbour"):
            await uow.campaigns.add(make_campaign(name, location=name))
        seen = {member.id: await _seen(uow, member, places) for member in (MARIA, SAM, ANA)}
    assert seen == {"maria": {"lakeside"}, "sam": {"lakeside"}, "ana": {"lakeside", "harbour"}}


async def _seen(uow: UnitOfWork, member: Member, places: Places) -> set[str]:
    ids = [CampaignId("lakeside"), CampaignId("harbour")]
    return {found.id for each in ids if (found := await uow.campaigns.get(each, member, places))}


async def test_drafts_to_resume_are_ones_own_and_those_of_ones_outlet(store: Store) -> None:
    """Unfinished campaigns come newest first; an admin sees only those they began themselves."""
    async with store.writing() as uow:
        await uow.campaigns.add(make_campaign("c1", author="sam"))
        later = make_campaign("c2").model_copy(update={"changed_at": NOW.replace(hour=10)})
        await uow.campaigns.add(later)
        gone = make_campaign("c3")
        await uow.campaigns.add(gone)
        await uow.campaigns.save(gone.withdraw(by=MARIA.id, at=NOW))
        await uow.campaigns.add(make_campaign("c4", location="harbour", author="ana"))
        assert [each.id for each in await uow.campaigns.unfinished(MARIA)] == ["c2", "c1"]
        assert [each.id for each in await uow.campaigns.unfinished(SAM)] == ["c1"]
        assert [each.id for each in await uow.campaigns.unfinished(ANA)] == ["c4"]


async def test_the_last_campaign_of_a_location(store: Store) -> None:
    """The newest campaign that was not withdrawn is the last; template and delivery narrow it."""
    async with store.writing() as uow:
        for number in (1, 2, 3):
            at = NOW.replace(minute=number)
            await uow.campaigns.add(make_campaign(f"c{number}").model_copy(update={"created_at": at}))
        newest = await uow.campaigns.load(CampaignId("c3"))
        await uow.campaigns.save(newest.withdraw(by=MARIA.id, at=NOW))
        last = await uow.campaigns.last(LocationId("lakeside"), template="weekend-offer")
        assert last
        assert last.id == "c2"
        assert await uow.campaigns.last(LocationId("lakeside"), template="other") is None
        assert await uow.campaigns.last(LocationId("lakeside"), delivered_only=True) is None


async def test_counts_by_territory_and_state(store: Store) -> None:
    """Counts cover what the actor may read, in the location's own areas."""
    async with store.writing() as uow:
        places = await uow.places.load()
        await uow.campaigns.add(make_campaign("c1"))
        await uow.campaigns.add(make_campaign("c2"))
        await uow.campaigns.add(make_campaign("c3", location="harbour"))
        everywhere = await uow.campaigns.count_by(ANA, places)
        north = await uow.campaigns.count_by(SAM, places)
        nothing = await uow.campaigns.count_by(MARIA, places)
        usage = await uow.campaigns.usage(LocationId("lakeside"))
    assert everywhere == (("land", State.DRAFT, 1), ("north", State.DRAFT, 2))
    assert north == (("north", State.DRAFT, 2),)
    assert nothing == ()
    assert usage == {"weekend-offer": 2}
