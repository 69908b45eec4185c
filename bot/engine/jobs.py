"""The table of durable work: one row per kind of job, one file per row."""

from collections.abc import Awaitable, Callable, Mapping

from bot.engine.context import JobContext
from bot.engine.deliver import deliver
from bot.engine.remind import remind
from bot.engine.time_out import time_out

Work = Callable[[JobContext, Mapping[str, str]], Awaitable[None]]

JOBS: Mapping[str, Work] = {
    "deliver": deliver,
    "remind": remind,
    "time_out": time_out,
}
