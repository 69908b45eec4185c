"""`python -m bot demo`, as a first visitor runs it: real adapters, DBOS, Pillow."""

import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.playground import demo
from bot.playground.stage import Stage, open_stage
from bot.settings import Settings


async def test_the_story_is_told_and_written_down(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes from a refusal to delivered originals; each picture it writes is one that a double received."""
    stages: list[Stage] = []

    @asynccontextmanager
    async def kept_stage() -> AsyncIterator[Stage]:
        async with open_stage() as stage:
            stages.append(stage)
            yield stage

    monkeypatch.setattr(demo, "open_stage", kept_stage)
    out = tmp_path / "out"
    settings = Settings(_env_file=None, data_dir=tmp_path, render_processes=1, log_level="WARNING")
    assert await demo.play(settings, out=out, keep_open=False) == 0
    told = capsys.readouterr().out
    stops = ("50% is outside", "[30%]", "Request changes", "asks for changes", ":white_check_mark:", "full quality")
    places = [told.find(words) for words in stops]
    assert -1 not in places
    assert places == sorted(places)
    _check_pictures(out, stages[0])


def _check_pictures(out: Path, stage: Stage) -> None:
    files = sorted((out / "images").iterdir())
    received = [held.data for held in stage.slack.workspace.files.values()]
    received += [held.data for held in stage.telegram.state.files.all()]
    digests = {hashlib.sha256(data).hexdigest() for data in received}
    written = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    assert len(set(written)) == len(files) >= 8
    assert set(written) <= digests
    html = (out / "transcript.html").read_text(encoding="utf-8")
    linked = set(re.findall(r'src="(images/[^"]+)"', html))
    assert linked == {f"images/{file.name}" for file in files}
    assert "images/01-" in (out / "transcript.md").read_text(encoding="utf-8")
