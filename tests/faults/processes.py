"""The real program and both doubles as processes of their own, so that one can be killed under the other's eyes."""

import asyncio
import contextlib
import json
import os
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from bot.crash import VARIABLE

CLEAN = ("PATH", "HOME", "LANG", "LC_ALL", "VIRTUAL_ENV", "TMPDIR")
"""What our processes inherit; settings of the machine must not reach them."""
LOOK_EVERY_S = 0.05


@dataclass(frozen=True)
class DoublesAt:
    """Where the doubles are; made-up tokens included."""

    slack: Mapping[str, str]
    telegram: Mapping[str, str]


@dataclass
class Bot:
    """`python -m bot serve` over one data folder, started and killed as often as one likes."""

    folder: Path
    environment: dict[str, str]
    port: int
    process: Process | None = None
    lives: int = 0
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        self.log = self.folder / "bot.log"

    async def run(self, *arguments: str) -> None:
        """Run a command of the program to its end."""
        process = await self._spawn(arguments, {})
        assert await process.wait() == 0, self.log.read_text()

    async def start(self, *, crash_at: str = "") -> None:
        """Start to serve, armed with a named crash point perhaps."""
        self.lives += 1
        self.process = await self._spawn(("serve",), {VARIABLE: crash_at} if crash_at else {})

    async def ready(self, session: aiohttp.ClientSession) -> bool:
        """Wait until it listens; False when it died before."""
        assert self.process
        while self.process.returncode is None:
            with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                async with session.get(f"http://127.0.0.1:{self.port}/healthz") as answer:
                    return answer.status == 200
            await asyncio.sleep(LOOK_EVERY_S)
        return False

    async def dies_within(self, seconds: float) -> bool:
        """Tell whether it ends by itself in time."""
        assert self.process
        try:
            await asyncio.wait_for(self.process.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def kill(self) -> None:
        """End it as `kill -9` does."""
        if self.process and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()

    async def stop(self) -> int:
        """End it politely and give its exit code."""
        assert self.process
        self.process.terminate()
        return await asyncio.wait_for(self.process.wait(), 60)

    async def _spawn(self, arguments: tuple[str, ...], extra: dict[str, str]) -> Process:
        with self.log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", *arguments, env={**self.environment, **extra}, stdout=log, stderr=log
            )  # fmt: skip


@asynccontextmanager
async def open_doubles(folder: Path) -> AsyncIterator[DoublesAt]:
    """Run both doubles, with the people of the brand in them."""
    port_file = folder / "doubles.json"
    with (folder / "doubles.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.playground.doubles", "--port-file", str(port_file), stdout=log, stderr=log
        )  # fmt: skip
    try:
        while not port_file.exists():
            assert process.returncode is None, (folder / "doubles.log").read_text()
            await asyncio.sleep(LOOK_EVERY_S)
        where = json.loads(port_file.read_text())
        yield DoublesAt(slack=where["slack"], telegram=where["telegram"])
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def open_bot(folder: Path, doubles: DoublesAt, *, database_url: str) -> AsyncIterator[Bot]:
    """Give a bot for these doubles, seeded and not started; it is dead afterwards in any case."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: os.environ[name] for name in CLEAN if name in os.environ} | {
        "GLOCAL_DATA_DIR": str(folder),
        "GLOCAL_DATABASE_URL": database_url,
        "GLOCAL_PORT": str(port),
        "GLOCAL_SLACK_BOT_TOKEN": doubles.slack["token"],
        "GLOCAL_SLACK_SIGNING_SECRET": doubles.slack["signing_secret"],
        "GLOCAL_SLACK_API_URL": doubles.slack["base_url"],
        "GLOCAL_TELEGRAM_TOKEN": doubles.telegram["token"],
        "GLOCAL_TELEGRAM_API_URL": doubles.telegram["base_url"],
        "GLOCAL_RENDER_PROCESSES": "1",
        "GLOCAL_ENGINE_POLL_S": "0.1",
        "GLOCAL_REDRAW_SWEEP_S": "0.5",
        "GLOCAL_LOG_LEVEL": "WARNING",
    }
    bot = Bot(folder=folder, environment=environment, port=port)
    try:
        await bot.run("seed")
        yield bot
    finally:
        await bot.kill()
