"""Every chat of tests/transcripts on the core surface, to the last word, on both stores."""

from pathlib import Path

import pytest

from bot.router import Match, Router
from bot.testing import Script, open_core_world, play
from bot.testing.files import sample_file
from bot.testing.transcripts import scripts_in
from handlers import ROUTES

SCRIPTS = tuple(scripts_in(Path(__file__).parent / "transcripts"))
PLAYED_ELSEWHERE = {
    "send_again": "tests/handlers/test_delivery_again.py",
    "reload_confirmed": "tests/handlers/test_reload.py",
    "unknown_press": "tests/handlers/test_unknown_press.py",
}
"""Requests that no chat leads to by itself (a fault, a changed file, a foreign button) -> the test that plays them."""
played: set[str] = set()
taken: set[str] = set()


@pytest.fixture(autouse=True)
def routes_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Note which rows of ROUTES the chats take."""
    choose = Router.choose

    def noting(router: Router, *event: object) -> Match | None:
        match = choose(router, *event)  # type: ignore[arg-type]
        if match:
            taken.add(match.route.name)
        return match

    monkeypatch.setattr(Router, "choose", noting)


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
    played.add(script.path.stem)


@pytest.mark.postgres
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.path.stem)
async def test_the_chat_goes_as_written_on_postgresql(script: Script, tmp_path: Path, postgres_url: str) -> None:
    """The same words are said when the store is PostgreSQL."""
    async with open_core_world(script.cast, tmp_path, database_url=postgres_url) as world:
        await play(script, world, files=sample_file)


async def test_every_request_is_played(tmp_path: Path) -> None:
    """No row of ROUTES is left that neither a chat nor a fault test plays."""
    for script in SCRIPTS:
        if script.path.stem not in played:  # by another worker, or not chosen in this run
            async with open_core_world(script.cast, tmp_path / script.path.stem) as world:
                await play(script, world, files=sample_file)
    assert taken
    missing = {route.name for route in ROUTES} - taken - set(PLAYED_ELSEWHERE)
    assert not missing, f"no chat plays: {', '.join(sorted(missing))}"
    assert all((Path(__file__).parents[1] / path).exists() for path in PLAYED_ELSEWHERE.values())
