"""The same chats, played by people at the strict doubles, through slack-bolt and python-telegram-bot.

A chat that names platforms is played on those; one that names none is played all on Slack and all on Telegram.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.playground.surfaces import open_platform_world
from bot.testing import Script, load_script, play
from bot.testing.files import sample_file
from bot.testing.transcripts import scripts_in

FOLDER = Path(__file__).parents[1] / "transcripts"


def _plays() -> Iterator[object]:
    for script in scripts_in(FOLDER):
        for platform in ("slack",) if script.platforms else ("slack", "telegram"):
            name = script.path.stem if script.platforms else f"{script.path.stem}-all-{platform}"
            yield pytest.param(script, platform, id=name)


@pytest.mark.parametrize(("script", "platform"), tuple(_plays()))
async def test_the_chat_goes_the_same_way_at_the_doubles(script: Script, platform: str, tmp_path: Path) -> None:
    """Nothing that both platforms refuse is sent, and people see what the core surface says they see."""
    async with open_platform_world(script.cast, tmp_path, platform=platform) as world:
        await play(script, world, files=sample_file, is_strict=False)


async def test_the_whole_way_with_dbos_and_real_pictures(tmp_path: Path) -> None:
    """From sentence to delivered originals, with DBOS carrying out the jobs and Pillow drawing."""
    script = load_script(FOLDER / "approve_by_button.txt")
    async with open_platform_world(script.cast, tmp_path, platform="telegram", is_real=True) as world:
        await play(script, world, files=sample_file, is_strict=False)
        originals = [seen for seen in world["maria"].sees() if seen.documents]
        assert len(originals) == 3
        assert len({digest for seen in originals for digest in seen.pictures}) == 3
