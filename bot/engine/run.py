"""Carries out one job once, and says when to try again. DBOS and the test kit's inline engine both call it."""

import structlog

from bot.crash import crash_point
from bot.engine.context import JobContext
from bot.engine.deliver import give_up_delivery
from bot.engine.jobs import JOBS
from bot.errors import RateLimited, TryLater
from bot.ports import Job

log = structlog.get_logger(__name__)

MOST_ATTEMPTS = 12
"""Crashes count too: a job that kills its process is given up in the end."""
LONGEST_PAUSE_S = 900.0


async def attempt(context: JobContext, job: Job) -> float:
    """Try a job; 0 when nothing is left to do, else the seconds to wait before the next attempt."""
    async with context.store.writing() as uow:
        number = await uow.jobs.begin(job.key)
        await uow.commit()
    if number is None:
        return 0.0
    if number > MOST_ATTEMPTS:
        await _give_up(context, job)
        return 0.0
    crash_point("job_started")
    try:
        await JOBS[job.name](context, job.arguments)
    except RateLimited as pause:
        return max(pause.retry_after_s, 1.0)
    except TryLater as pause:
        log.info("job.paused", job=job.name, key=job.key, reason=pause.reason)
        return _pause_s(number)
    except Exception:
        log.exception("job.failed", job=job.name, key=job.key, attempt=number)
        return _pause_s(number)
    return 0.0


async def _give_up(context: JobContext, job: Job) -> None:
    log.error("job.given_up", job=job.name, key=job.key, attempts=MOST_ATTEMPTS)
    if job.name == "deliver":
        await give_up_delivery(context, job.arguments)


def _pause_s(number: int) -> float:
    """Wait twice as long each time: 2 s, 4 s, 8 s … a quarter of an hour."""
    return float(min(2.0**number, LONGEST_PAUSE_S))
