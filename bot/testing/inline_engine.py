"""The port Engine without workers: jobs wait in due order until the test lets them run."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.ports import Clock, Job
from bot.store import UnitOfWork

Run = Callable[[str, Mapping[str, str]], Awaitable[None]]


@dataclass
class InlineEngine:
    """Remembers jobs by key; a key that has run never runs again.

    Jobs of a turn that was rolled back are not forgotten here (there is no table); they check the state when they run.
    """

    clock: Clock
    waiting: dict[str, tuple[datetime, Job]] = field(default_factory=dict)
    ran: set[str] = field(default_factory=set)

    async def enqueue(self, uow: UnitOfWork, job: Job) -> None:
        """Run soon after the commit."""
        await self.schedule_at(uow, job, self.clock.now())

    async def schedule_at(self, uow: UnitOfWork, job: Job, at: datetime) -> None:
        """Run when the instant has come."""
        del uow
        if job.key not in self.ran:
            self.waiting.setdefault(job.key, (at, job))

    async def cancel(self, uow: UnitOfWork, key: str) -> None:
        """Forget a job that waits."""
        del uow
        self.waiting.pop(key, None)

    async def run_due(self, run: Run) -> int:
        """Run what is due, earliest first; give the number of jobs."""
        count = 0
        while due := sorted((at, key) for key, (at, _) in self.waiting.items() if at <= self.clock.now()):
            _, job = self.waiting.pop(due[0][1])
            self.ran.add(job.key)
            await run(job.name, job.arguments)
            count += 1
        return count
