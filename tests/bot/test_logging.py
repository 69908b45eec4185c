import io
import json
import logging
from collections.abc import Iterator
from typing import Literal

import pytest
import structlog

from bot.logging import REDACTED, configure

TELEGRAM_TOKEN = "123456789" + ":" + "A" * 35
SLACK_TOKEN = "xoxb" + "-1-" + "abc"


@pytest.fixture(autouse=True)
def _restore_logging() -> Iterator[None]:
    """Give the other tests their logging back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_tokens_never_reach_the_log() -> None:
    """Tokens are redacted in the event, in its fields and in a library's own lines."""
    stream = io.StringIO()
    configure("INFO", log_format="json", stream=stream)
    structlog.get_logger("bot").info(f"calling {SLACK_TOKEN}", url=f"/bot{TELEGRAM_TOKEN}/getMe")
    logging.getLogger("sdk").warning("GET /file/bot%s/photo.jpg", TELEGRAM_TOKEN)
    assert stream.getvalue().count(REDACTED) == 3
    assert TELEGRAM_TOKEN not in stream.getvalue()
    assert SLACK_TOKEN not in stream.getvalue()


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_known_secrets_are_redacted_in_tracebacks(log_format: Literal["json", "console"]) -> None:
    """A secret of no known shape is left out too, even where an exception carries it."""
    stream = io.StringIO()
    configure(
        "INFO",
        log_format=log_format,
        secrets=["s3cret-word", ""],
        stream=stream,
    )
    try:
        raise ValueError("signed with s3cret-word")
    except ValueError:
        structlog.get_logger("bot").exception("failed")
    assert "s3cret-word" not in stream.getvalue()
    assert f"signed with {REDACTED}" in stream.getvalue()


def test_json_lines_carry_level_time_and_fields() -> None:
    """Each line is one JSON object with its level, its UTC instant and what was bound."""
    stream = io.StringIO()
    configure("INFO", log_format="json", stream=stream)
    structlog.get_logger("bot.answer").bind(campaign="c1").warning("redrawn", late_s=2)
    structlog.get_logger("bot.answer").debug("hidden")
    line = json.loads(stream.getvalue())
    assert line["event"] == "redrawn"
    assert (line["level"], line["logger"]) == ("warning", "bot.answer")
    assert (line["campaign"], line["late_s"]) == ("c1", 2)
    assert line["timestamp"].endswith("Z")
