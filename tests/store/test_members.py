from bot.domain.ids import LocationId, MemberId, TerritoryId
from bot.domain.member import Account, Membership, Permission, Role
from bot.store import Store
from tests.store.nouns import ANA, MARIA, SAM


async def test_an_account_leads_to_its_person(store: Store) -> None:
    """A member comes back whole from one of their accounts, and nobody from an unknown one."""
    async with store.reading() as uow:
        assert await uow.members.by_account(MARIA.accounts[0]) == MARIA
        assert await uow.members.by_account(Account(platform="slack", workspace="T0", user_id="U9")) is None


async def test_a_second_account_is_the_same_person(store: Store) -> None:
    """An account is tied to a person once; somebody else's is refused."""
    second = Account(platform="slack", workspace="T0", user_id="U5")
    async with store.writing() as uow:
        assert await uow.members.add_account(MARIA.id, second)
        assert not await uow.members.add_account(SAM.id, second)
        found = await uow.members.by_account(second)
    assert found
    assert found.id == MARIA.id
    assert set(found.accounts) == {MARIA.accounts[0], second}


async def test_roles_are_granted_and_revoked(store: Store) -> None:
    """A role is given once, taken once, and leaves the others alone."""
    manager = Membership(role=Role.MANAGER, location_id=LocationId("harbour"))
    async with store.writing() as uow:
        assert await uow.members.grant(MARIA.id, manager)
        assert not await uow.members.grant(MARIA.id, manager)
        both = await uow.members.get(MARIA.id)
        assert await uow.members.revoke(MARIA.id, manager)
        assert not await uow.members.revoke(MARIA.id, manager)
        one = await uow.members.get(MARIA.id)
    assert both
    assert set(both.memberships) == {*MARIA.memberships, manager}
    assert one == MARIA


async def test_who_may_decide_at_a_location(store: Store) -> None:
    """Roles of enclosing territories and of the whole brand count at a location; those elsewhere do not."""
    async with store.reading() as uow:
        places = await uow.places.load()
        lakeside, harbour = (places.location(LocationId(name)) for name in ("lakeside", "harbour"))
        at_lakeside = await uow.members.holding(Permission.DECIDE, lakeside, places)
        at_harbour = await uow.members.holding(Permission.DECIDE, harbour, places)
    assert {member.id for member in at_lakeside} == {SAM.id, ANA.id}
    assert {member.id for member in at_harbour} == {ANA.id}


async def test_a_name_is_found_by_any_word_of_it(store: Store) -> None:
    """Searching by name takes the beginning of any word, whatever the case, and nothing for an empty text."""
    async with store.writing() as uow:
        await uow.members.set_locale(MARIA.id, "es")
        assert [member.locale for member in await uow.members.by_name("NÚÑ")] == ["es"]
        assert [member.id for member in await uow.members.by_name("s")] == [ANA.id, SAM.id]
        assert await uow.members.by_name("  ") == ()
        assert [member.id for member in await uow.members.all()] == [ANA.id, MARIA.id, SAM.id]


async def test_places_keep_their_order(store: Store) -> None:
    """Territories and locations come back in the order they were first put, also after a change."""
    async with store.writing() as uow:
        before = await uow.places.load()
        await uow.places.put_location(before.locations[0].model_copy(update={"name": "Lakeside Pier"}))
        await uow.places.put_territory(before.territories[1].model_copy(update={"locale": "fr"}))
        after = await uow.places.load()
    assert [place.name for place in after.locations] == ["Lakeside Pier", "Harbour"]
    assert [(area.id, area.locale) for area in after.territories] == [("land", "en"), ("north", "fr")]
    assert after.territories_of(after.locations[0]) == {TerritoryId("north"), TerritoryId("land")}


async def test_one_brand_never_sees_another(store: Store) -> None:
    """Every read is scoped to the brand the store was opened for."""
    other = Store.open(store.access.url, brand="otherbrand")
    async with other.reading() as uow:
        assert await uow.members.all() == ()
        assert await uow.members.get(MemberId("maria")) is None
        assert (await uow.places.load()).locations == ()
    await other.close()
