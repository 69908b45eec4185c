from datetime import timedelta

from bot.domain.approval import ApprovalRequest, Outcome, RequestState
from bot.domain.ids import CampaignId, RequestId
from bot.domain.policy import Stage
from bot.store import Store, UnitOfWork
from tests.store.nouns import ANA, MARIA, NOW, SAM, make_campaign, make_decision, make_request


async def test_a_decision_is_kept_as_it_was_given(store: Store) -> None:
    """An approved request comes back with the whole signature, and is open no more."""
    request = await _ask(store)
    decided = request.with_decision(make_decision(request))
    async with store.writing() as uow:
        assert await _save(uow, request, decided)
        await uow.commit()
    async with store.reading() as uow:
        assert await uow.requests.get(request.id) == decided
        assert await uow.requests.open_of(request.campaign_id) is None


async def test_the_slower_decision_changes_nothing(store: Store) -> None:
    """Of two decisions on what both saw as open, the first one stands alone."""
    request = await _ask(store)
    async with store.writing() as uow:
        assert await _save(uow, request, request.with_decision(make_decision(request)))
        late = request.with_decision(make_decision(request, "ana", Outcome.REJECT))
        assert not await _save(uow, request, late)
        found = await uow.requests.get(request.id)
    assert found
    assert [decision.member_id for decision in found.decisions] == ["sam"]


async def test_a_stage_follows_another(store: Store) -> None:
    """A yes of two keeps the request open in its stage; the second moves it on."""
    request = await _ask(store, stages=(Stage(approvals=2), Stage()))
    once = request.with_decision(make_decision(request))
    twice = once.with_decision(make_decision(request, "ana"))
    async with store.writing() as uow:
        assert await _save(uow, request, once)
        assert not await _save(uow, request, twice)
        assert await _save(uow, once, twice)
        found = await uow.requests.open_of(request.campaign_id)
    assert found == twice
    assert twice.stage == 1


async def test_a_change_voids_the_open_request(store: Store) -> None:
    """Voiding closes the open request once, and a voided request takes no decision."""
    request = await _ask(store)
    async with store.writing() as uow:
        assert await uow.requests.void(request.campaign_id)
        assert not await uow.requests.void(request.campaign_id)
        assert not await _save(uow, request, request.with_decision(make_decision(request)))
        found = await uow.requests.get(request.id)
    assert found
    assert found.state is RequestState.VOIDED


async def test_what_waits_comes_oldest_first_in_pages(store: Store) -> None:
    """The queue shows requests of the actor's places only, and pages by the last row seen."""
    for number, location in enumerate(("lakeside", "harbour", "lakeside", "lakeside")):
        async with store.writing() as uow:
            campaign = make_campaign(f"c{number}", location=location)
            await uow.campaigns.add(campaign)
            at = NOW + timedelta(minutes=number // 2)
            await uow.requests.add(make_request(campaign, f"q{number}").model_copy(update={"asked_at": at}))
            await uow.commit()
    async with store.reading() as uow:
        places = await uow.places.load()
        page = await uow.requests.waiting(SAM, places, limit=2)
        rest = await uow.requests.waiting(SAM, places, after=(page[-1].asked_at, page[-1].id), limit=2)
        assert [request.id for request in (*page, *rest)] == ["q0", "q2", "q3"]
        assert len(await uow.requests.waiting(ANA, places)) == 4
        assert await uow.requests.waiting(MARIA, places) == ()
        assert await uow.requests.get(RequestId("q9")) is None
        assert await uow.requests.open_of(CampaignId("c9")) is None


async def _ask(store: Store, *, stages: tuple[Stage, ...] = (Stage(),)) -> ApprovalRequest:
    campaign = make_campaign()
    request = make_request(campaign, stages=stages)
    async with store.writing() as uow:
        await uow.campaigns.add(campaign)
        await uow.requests.add(request)
        await uow.commit()
    return request


async def _save(uow: UnitOfWork, before: ApprovalRequest, after: ApprovalRequest) -> bool:
    count = len(before.decisions)
    return await uow.requests.save(after, was=before.state, was_stage=before.stage, decisions_before=count)
