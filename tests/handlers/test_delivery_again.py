"""A delivery that may have gone out is repeated by a person's press only."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.campaign import Delivery, State
from bot.domain.member import Role
from bot.testing.world import Cast, World, open_core_world
from tests.faults.story import ask_for_approval, campaigns_of

CAST = (
    Cast(name="maria", place="old-mill", platform="telegram"),
    Cast(name="sam", role=Role.APPROVER, place="springfield", platform="slack"),
)


@pytest.fixture
async def uncertain(tmp_path: Path) -> AsyncIterator[World]:
    """Open a house in which one of Maria's originals was begun before a crash, and approved since."""
    async with open_core_world(CAST, tmp_path) as world:
        await ask_for_approval(world["maria"])
        (campaign,) = await campaigns_of(world)
        async with world.house.ground.store.writing() as uow:
            await uow.deliveries.start(f"{campaign.id}:{campaign.request_id}:story")
            await uow.commit()
        await world["sam"].presses("Approve")
        yield world


async def test_the_card_says_so_and_offers_send_again(uncertain: World) -> None:
    """Nothing is repeated by itself: the files that are certain went out once, and the card asks."""
    card = uncertain["maria"].card()

    assert "I cannot tell whether every file reached you" in card.words
    assert "Send again" in card.buttons
    assert len(uncertain.platforms["telegram"].files) == 2


async def test_send_again_completes_the_delivery(uncertain: World) -> None:
    """The press sends what was uncertain and nothing else; a second press finds nothing to send."""
    await uncertain["maria"].presses("Send again")

    (campaign,) = await campaigns_of(uncertain)
    documents = [name for seen in uncertain["maria"].sees() for name in seen.documents]
    assert (campaign.state, campaign.delivery) == (State.DELIVERED, Delivery.DONE)
    assert len(documents) == len(set(documents)) == 3

    await uncertain["maria"].presses("Send again", drawing=-3)

    assert [name for seen in uncertain["maria"].sees() for name in seen.documents] == documents
