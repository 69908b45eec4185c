"""Structured logging for the whole process, with every secret left out.

The command line calls `configure` once; everybody else does `structlog.get_logger()`. Lines of the
SDKs (standard library loggers) take the same road, because a Telegram file URL contains the token.
"""

import logging
import re
import sys
from collections.abc import Iterable
from typing import Literal, TextIO

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import Processor

REDACTED = "[redacted]"
TOKEN = re.compile(r"\d+:[\w-]{35}|xox[a-z](?:\.xox[a-z])?-[\w-]+|xapp-[\w-]+")

_CHATTY = ("httpx", "httpcore", "aiohttp.access", "alembic", "slack_bolt", "telegram", "dbos")
_SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
)


class RedactingFormatter(ProcessorFormatter):
    """Formats a record, traceback included, and then takes tokens and known secrets out."""

    def __init__(self, renderer: Processor, *, secrets: Iterable[str]) -> None:
        known = sorted(filter(None, secrets), key=len, reverse=True)
        self._secret = re.compile("|".join((*map(re.escape, known), TOKEN.pattern)))
        super().__init__(
            processors=[ProcessorFormatter.remove_processors_meta, renderer],
            foreign_pre_chain=_SHARED,
        )

    def format(self, record: logging.LogRecord) -> str:
        return self._secret.sub(REDACTED, super().format(record))


def configure(
    level: str,
    *,
    log_format: Literal["auto", "console", "json"] = "auto",
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Send every log line of the process to `stream` (default: standard error), redacted."""
    target = stream or sys.stderr
    handler = logging.StreamHandler(target)
    handler.setFormatter(RedactingFormatter(_renderer(log_format, target), secrets=secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _renderer(log_format: str, target: TextIO) -> Processor:
    """Draw for a person on a terminal, for a machine elsewhere; never with the local variables."""
    if log_format == "console" or (log_format == "auto" and target.isatty()):
        return structlog.dev.ConsoleRenderer(colors=target.isatty(), exception_formatter=structlog.dev.plain_traceback)
    return _render_json


def _render_json(logger: object, name: str, event: structlog.typing.EventDict) -> str:
    with_exception = structlog.processors.format_exc_info(logger, name, event)
    return str(structlog.processors.JSONRenderer(ensure_ascii=False)(logger, name, with_exception))
