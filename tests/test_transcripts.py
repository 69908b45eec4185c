"""Every chat of tests/transcripts on the core surface, to the last word."""

from pathlib import Path

import pytest

from bot.testing import Script, open_core_world, play
from bot.testing.files import sample_file
from bot.testing.transcripts import scripts_in

SCRIPTS = tuple(scripts_in(Path(__file__).parent / "transcripts"))


def test_there_are_whole_chats_in_every_mix_of_platforms() -> None:
    """At least a dozen chats are told, and owners and approvers sit on either platform in every combination."""
    assert len(SCRIPTS) >= 12
    mixes = {mix for script in SCRIPTS if (mix := script.mix)}
    assert mixes == {(owner, approver) for owner in ("slack", "telegram") for approver in ("slack", "telegram")}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.path.stem)
async def test_the_chat_goes_as_written(script: Script, tmp_path: Path) -> None:
    """Everything the bot says is in the file, in the right place, and nothing else is said."""
    async with open_core_world(script.cast, tmp_path) as world:
        await play(script, world, files=sample_file)
