"""Buttons that are not ours, or no longer known, are answered and do nothing."""

from pathlib import Path

import pytest

from bot.chat import Pressed
from bot.domain.conversation import Address
from bot.testing import open_core_world
from bot.testing.core_surface import CoreSurface
from bot.testing.world import Cast


@pytest.mark.parametrize(
    "action", ["nonsense", "fly:c123:1", "submit:c0000000000000:1", "fill:p0000000000000:1:7", "::", ""]
)
async def test_an_unknown_button_is_answered_privately(action: str, tmp_path: Path) -> None:
    """A press that means nothing (any more) gets one sentence with something to press, and changes nothing."""
    async with open_core_world([Cast(name="maria", place="old-mill", platform="slack")], tmp_path) as world:
        maria, surface = world["maria"], world.surface
        assert isinstance(surface, CoreSurface)
        address = Address(platform="slack", workspace="CORE", conversation_id=f"D{maria.user_id}")
        await world.house.answerer.record(surface.incoming(maria, Pressed(action=action, post_id="1"), address))
        await world.settles()
        answers = [seen for seen in maria.sees() if not seen.is_mine]
        assert len(answers) == 1
        assert answers[0].is_private
        assert answers[0].buttons
