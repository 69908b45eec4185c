import sys
from pathlib import Path
from subprocess import run as run_process

import pytest

from bot.commands import COMMANDS
from tests.bot.commands.conftest import Run

NAMES = ["demo", "serve", "worker", "migrate", "seed", "invite", "check", "doctor", "audit"]


def test_help_explains_every_command(run: Run) -> None:
    """`--help` lists every command with its line and says how to begin."""
    code, said = run("--help")
    assert code == 0
    assert [command.name for command in COMMANDS] == NAMES
    assert all(name in said for name in NAMES)
    assert "first steps:" in said


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_each_command_explains_itself(command: object, run: Run) -> None:
    """`<command> --help` tells more than its one line."""
    name, story = str(getattr(command, "name", "")), str(getattr(command, "story", ""))
    code, said = run(name, "--help")
    assert code == 0
    assert " ".join(story.split()) in " ".join(said.split())


def test_unknown_word_is_not_understood(run: Run) -> None:
    """A word that is no command ends with code 2 and the list of those that are."""
    code, said = run("dance")
    assert code == 2
    assert "invalid choice: 'dance'" in said


def test_wrong_setting_is_named_without_its_value(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that cannot be read is named by its variable; its value stays out of the terminal."""
    monkeypatch.setenv("GLOCAL_RENDER_PROCESSES", "s3cret")
    code, said = run("migrate")
    assert code == 2
    assert said.startswith("GLOCAL_RENDER_PROCESSES: ")
    assert "s3cret" not in said


@pytest.mark.parametrize("words", [("worker",), ("serve", "--web-only")])
def test_split_needs_postgresql(run: Run, words: tuple[str, ...]) -> None:
    """Web and worker as two processes are refused on SQLite with a way out."""
    code, said = run(*words)
    assert code == 1
    assert "needs PostgreSQL" in said
    assert "python -m bot serve" in said


def test_demo_refuses_real_tokens(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo does not start beside real tokens."""
    monkeypatch.setenv("GLOCAL_TELEGRAM_TOKEN", "made-up")
    code, said = run("demo")
    assert code == 1
    assert "real tokens are set" in said


def test_importing_the_command_line_loads_nothing_heavy(tmp_path: Path) -> None:
    """Render children import it when they start: no SDK, no database, no pictures come with it."""
    heavy = {"sqlalchemy", "dbos", "slack_bolt", "telegram", "PIL", "langchain_core", "aiohttp", "jinja2"}
    root = str(Path(__file__).parents[3])
    script = f"import sys; sys.path.insert(0, {root!r}); import bot.__main__; print(*sys.modules)"
    done = run_process([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)
    loaded = set(done.stdout.split())
    assert "bot.__main__" in loaded
    assert heavy & loaded == set()
