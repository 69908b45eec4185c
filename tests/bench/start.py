"""Time to ready, idle memory, and whether anything of a model was loaded, of the real `serve`."""

import asyncio
import os
import socket
import sys
import time
from pathlib import Path

import aiohttp
import psutil

READY_WITHIN_S = 30.0
SETTLE_S = 2.0


async def measure_start(folder: Path) -> dict[str, dict[str, float]]:
    """Start the program with no platform, wait for /readyz, and look at it."""
    port = _free_port()
    environment = {**os.environ, "GLOCAL_DATA_DIR": str(folder / "start"), "GLOCAL_PORT": str(port)}
    environment |= {"GLOCAL_LOG_LEVEL": "ERROR", "PYTHONPROFILEIMPORTTIME": "1"}
    start = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", env=environment, stderr=asyncio.subprocess.PIPE
    )
    reading = asyncio.create_task(_read(process))
    try:
        await _wait_until_ready(port)
        ready_s = time.perf_counter() - start
        await asyncio.sleep(SETTLE_S)
        parent = psutil.Process(process.pid)
        children = [child.memory_info().rss for child in parent.children(recursive=True)]
        own_mb, children_mb = parent.memory_info().rss / 1e6, sum(children) / 1e6
    finally:
        process.terminate()
    imported = await reading
    return {
        "start": {"ready_s": ready_s, "idle_mb": own_mb, "children_mb": children_mb},
        "start without a model": {"langchain_core_loaded": float("langchain_core" in imported)},
    }


async def _read(process: asyncio.subprocess.Process) -> str:
    """Read what the interpreter says it imports."""
    _, errors = await process.communicate()
    return errors.decode(errors="replace")


async def _wait_until_ready(port: int) -> None:
    deadline = time.perf_counter() + READY_WITHIN_S
    async with aiohttp.ClientSession() as session:
        while time.perf_counter() < deadline:
            try:
                async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.02)
    message = f"not ready within {READY_WITHIN_S:g} s"
    raise TimeoutError(message)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
