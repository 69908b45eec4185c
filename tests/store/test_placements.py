from datetime import timedelta

import pytest

from bot.domain.campaign import Campaign
from bot.domain.ids import Digest, PlacementId
from bot.store import Store
from tests.store.nouns import MARIA, NOW, make_campaign, make_placement

CARD = PlacementId("k1")
SHOWN = (Digest("e" * 64),)


@pytest.fixture
async def campaign(store: Store) -> Campaign:
    """A campaign with one card that was never posted."""
    campaign = make_campaign()
    async with store.writing() as uow:
        await uow.campaigns.add(campaign)
        await uow.placements.add(make_placement(campaign))
        await uow.commit()
    return campaign


async def test_a_new_card_is_behind_until_it_is_posted(store: Store, campaign: Campaign) -> None:
    """A card waits to be drawn from the moment it is placed, and is found again by its post."""
    async with store.writing() as uow:
        assert await uow.placements.behind(10) == (make_placement(campaign),)
        assert await uow.placements.mark(CARD, 1, SHOWN, "1.5")
        assert await uow.placements.behind(10) == ()
        card = await uow.placements.at_post("slack", "T0", "D0", "1.5")
    assert card
    assert (card.id, card.shown_revision, card.shown_digests) == (CARD, 1, SHOWN)


async def test_every_change_puts_the_cards_behind(store: Store, campaign: Campaign) -> None:
    """Saving a campaign is all it takes for its cards to be drawn again."""
    async with store.writing() as uow:
        await uow.placements.mark(CARD, 1, SHOWN, "1.5")
        await uow.campaigns.save(campaign.confirm(by=MARIA.id, at=NOW))
        assert [card.id for card in await uow.placements.behind_of(campaign.id)] == [CARD]


async def test_a_card_never_goes_backwards(store: Store, campaign: Campaign) -> None:
    """A slow drawing of an old revision does not undo a newer one."""
    async with store.writing() as uow:
        await uow.campaigns.save(campaign.confirm(by=MARIA.id, at=NOW))
        assert await uow.placements.mark(CARD, 2, SHOWN, "1.5")
        assert not await uow.placements.mark(CARD, 1, (), "1.5")
        assert (await uow.placements.of_campaign(campaign.id))[0].shown_revision == 2


async def test_a_format_changed_while_drawing_is_drawn_again(store: Store, campaign: Campaign) -> None:
    """A card whose format changed under the drawing stays behind, but its post id is kept."""
    async with store.writing() as uow:
        await uow.placements.set_format(CARD, "story")
        assert not await uow.placements.mark(CARD, 1, SHOWN, "1.5", format="square")
        assert [card.post_id for card in await uow.placements.behind(10)] == ["1.5"]
        assert await uow.placements.mark(CARD, 1, SHOWN, "1.5", format="story")
        await uow.placements.stale(CARD)
        assert len(await uow.placements.behind(10)) == 1


async def test_a_retired_card_is_left_alone(store: Store, campaign: Campaign) -> None:
    """Once a card is given up, no change makes it work again."""
    async with store.writing() as uow:
        await uow.placements.retire(CARD)
        await uow.campaigns.save(campaign.confirm(by=MARIA.id, at=NOW))
        assert await uow.placements.behind(10) == ()
        assert await uow.placements.of_campaign(campaign.id) == ()
        assert await uow.placements.get(CARD) is not None


async def test_one_process_draws_a_card(store: Store, campaign: Campaign) -> None:
    """A claim keeps others away until it runs out or the card is drawn."""
    later = NOW + timedelta(seconds=31)
    async with store.writing() as uow:
        assert await uow.placements.claim(CARD, "one", NOW, 30)
        assert not await uow.placements.claim(CARD, "two", NOW, 30)
        assert await uow.placements.claim(CARD, "one", NOW, 30)
        assert await uow.placements.behind(10, now=NOW) == ()
        assert len(await uow.placements.behind(10, now=later)) == 1
        assert await uow.placements.claim(CARD, "two", later, 30)
