"""Both doubles in a process of their own, as the fault tests use them."""

import asyncio
import json
import sys
from pathlib import Path

import aiohttp

from bot.playground.slack_remote import SlackRemote


async def test_doubles_run_beside_the_bot(tmp_path: Path) -> None:
    """The file names two listening doubles with the seed's people in them, and SIGTERM ends the process."""
    port_file = tmp_path / "ports.json"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.playground.doubles", "--port-file", str(port_file), cwd=Path(__file__).parents[2]
    )
    try:
        async with asyncio.timeout(30):
            while not port_file.exists():  # noqa: ASYNC110 - another process writes it
                await asyncio.sleep(0.05)
        ports = json.loads(port_file.read_text(encoding="utf-8"))
        async with aiohttp.ClientSession() as session:
            slack = SlackRemote(session, root_url=ports["slack"]["root_url"])
            said = await slack.act("say", user="U0SAM00001", channel="C0APPROVE1", text="hello")
            chats = await (await session.get(f"{ports['telegram']['control_url']}/state")).json()
        assert said["text"] == "hello"
        assert 5_000_000_001 in {chat["id"] for chat in chats["chats"]}
    finally:
        process.terminate()
    assert await asyncio.wait_for(process.wait(), 10) == 0
