import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from bot.__main__ import main
from bot.settings import Settings

Run = Callable[..., tuple[int, str]]


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Work in an empty folder, without the variables and the .env of this machine."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"GLOCAL_{name.upper()}", raising=False)
    for name in ("PORT", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a function that runs one command line and returns exit code and everything it printed."""

    def run_command(*words: str) -> tuple[int, str]:
        try:
            code = main(words)
        except SystemExit as leaving:
            code = int(str(leaving.code))
        printed = capsys.readouterr()
        return code, re.sub(r"\x1b\[[0-9;]*m", "", printed.out + printed.err)

    return run_command
