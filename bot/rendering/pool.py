"""Render children: spawned processes, each with its own caches, replaced when they die or hang.

`bot.rendering.renderer` is the only caller. Start and submit on the loop's thread only: a child's
death signal follows the thread that spawned it.
"""

import asyncio
import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TypeVar
from zlib import crc32

from bot.rendering.entry import carry_out, prepare, report_pid
from bot.rendering.tasks import Answer, Task

R = TypeVar("R")
ATTEMPTS = 2
CROWD = 3
"""Tasks waiting at a child before another one, with colder caches, is the quicker choice."""


@dataclass(frozen=True)
class Limits:
    """What one child may use."""

    memory_bytes: int = 1_500_000_000
    cpu_seconds: int = 15
    """Processor time of one task."""
    task_timeout_s: float = 25
    start_timeout_s: float = 60


class ChildLost(Exception):
    """A child died or hung twice over the same task."""


class RenderPool:
    """A fixed number of children; the same affinity goes to the same child, whose caches know it."""

    def __init__(self, *, children: int, limits: Limits) -> None:
        self._children = tuple(_Child(limits) for _ in range(children))

    async def start(self) -> None:
        """Start every child and wait until each is warm."""
        await asyncio.gather(*(child.run(report_pid) for child in self._children))

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the children, 0 for one that is not running."""
        return tuple(child.pid for child in self._children)

    async def run(self, task: Task, *, affinity: str = "") -> Answer:
        """Carry out a task in a child; one that takes a child down is tried once more.

        Raises:
            ChildLost: it took the second child down as well, or hung there.
        """
        for _ in range(ATTEMPTS):
            child = self._choose(affinity)
            with suppress(BrokenProcessPool, TimeoutError):
                return await child.run(carry_out, task, child.limits.cpu_seconds)
        raise ChildLost(type(task).__name__)

    async def close(self) -> None:
        """End every child."""
        for child in self._children:
            child.close()

    def _choose(self, affinity: str) -> "_Child":
        idlest = min(self._children, key=lambda child: child.waiting)
        if not affinity:
            return idlest
        wanted = self._children[crc32(affinity.encode()) % len(self._children)]
        return idlest if wanted.waiting - idlest.waiting >= CROWD else wanted


class _Child:
    """One process, one task at a time."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.waiting = 0
        self._turn = asyncio.Lock()
        self._executor: ProcessPoolExecutor | None = None
        self.pid = 0

    async def run(self, function: Callable[..., R], *arguments: object) -> R:
        """Run a function in the child, in order of arrival.

        Raises:
            BrokenProcessPool: the child died; the next call starts another one.
            TimeoutError: the child hung and was ended.
        """
        self.waiting += 1
        try:
            async with self._turn:
                return await self._run(function, *arguments)
        finally:
            self.waiting -= 1

    async def _run(self, function: Callable[..., R], *arguments: object) -> R:
        try:
            executor = self._executor or await self._start()
            return await _submit(executor, function, *arguments, timeout_s=self.limits.task_timeout_s)
        except BrokenProcessPool:
            self.pid = 0
            self.close()
            raise
        except TimeoutError:
            self.close()
            raise

    async def _start(self) -> ProcessPoolExecutor:
        self._executor = ProcessPoolExecutor(
            max_workers=1,
            mp_context=get_context("spawn"),
            initializer=prepare,
            initargs=(os.getpid(), self.limits.memory_bytes),
        )
        self.pid = await _submit(self._executor, report_pid, timeout_s=self.limits.start_timeout_s)
        return self._executor

    def close(self) -> None:
        """End the process; one that is at work is killed."""
        executor, self._executor = self._executor, None
        if executor is None:
            return
        if self.pid and self._turn.locked():
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self.pid = 0
        executor.shutdown(wait=True, cancel_futures=True)


async def _submit(executor: ProcessPoolExecutor, function: Callable[..., R], *arguments: object, timeout_s: float) -> R:
    return await asyncio.wait_for(asyncio.wrap_future(executor.submit(function, *arguments)), timeout_s)
