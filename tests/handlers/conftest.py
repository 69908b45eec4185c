from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.member import Role
from bot.testing.world import Cast, World, open_core_world

CAST = (
    Cast(name="maria", place="old-mill", platform="telegram"),
    Cast(name="tom", place="sangamon", platform="slack"),
    Cast(name="sam", role=Role.APPROVER, place="springfield", platform="slack"),
)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Open a house with Maria (Telegram), Tom and the approver Sam (Slack)."""
    async with open_core_world(CAST, tmp_path) as opened:
        yield opened
