"""The door to a render child: the three functions that the parent names and the child runs.

Kept apart from `bot.rendering.child` so that the parent can name them without importing Pillow.
"""

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress

from bot.rendering.tasks import Answer, Task

PR_SET_PDEATHSIG = 1
"""Linux, prctl(2): which signal a process gets when its parent dies."""


def prepare(parent_pid: int, memory_bytes: int) -> None:
    """Bind the child's life and memory to limits; runs once, before the first task."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent_pid:
            os._exit(1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # macOS knows the limit but does not take it
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def report_pid() -> int:
    """Load everything a task needs, then tell the parent whom to end when one hangs."""
    from bot.rendering.child import warm_up  # noqa: PLC0415  # in the child only: the parent never loads Pillow

    warm_up()
    return os.getpid()


def carry_out(task: Task, cpu_seconds: int) -> Answer:
    """Do one task within so many seconds of processor time; more of it ends the child."""
    from bot.rendering.child import do_task  # noqa: PLC0415  # in the child only

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + 1 + cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    return do_task(task)
