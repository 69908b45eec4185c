"""Both doubles in a process of their own: `python -m bot.playground.doubles --port-file FILE`.

Tests that kill the bot keep its Slack and Telegram here and act through `slack_control` and `telegram_control`. The
file appears when both listen; the process ends on SIGTERM, or when whoever started it is gone.
"""

import argparse
import asyncio
import contextlib
import json
import os
import signal
from pathlib import Path

from bot.brandbook import load_book
from bot.content import brand_dirs
from bot.playground.slack_control import add_control
from bot.playground.stage import Stage, new_stage
from bot.playground.telegram_control import control_routes

PARENT_CHECK_S = 1.0


def describe(stage: Stage) -> dict[str, dict[str, str]]:
    """Say what a bot and a test need to know to use both doubles."""
    slack, telegram = stage.slack, stage.telegram
    return {
        "slack": {
            "root_url": slack.workspace.base_url,
            "base_url": slack.base_url,
            "control_url": f"{slack.workspace.base_url}/_control",
            "token": slack.token,
            "signing_secret": slack.signing_secret,
        },
        "telegram": {
            "root_url": telegram.base_url,
            "base_url": telegram.base_url,
            "control_url": f"{telegram.base_url}/_control/telegram",
            "token": telegram.token,
        },
    }


async def run(arguments: argparse.Namespace) -> None:
    """Serve until told to stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    stage = new_stage()
    if arguments.people:
        stage.seat_everybody(load_book(arguments.brand or brand_dirs()[0]))
    add_control(stage.slack)
    await stage.slack.start(port=arguments.slack_port, bot_url=arguments.bot_url)
    await stage.telegram.start(port=arguments.telegram_port, extra_routes=control_routes(stage.telegram))
    try:
        _write(arguments.port_file, stage)
        await _until(stop)
    finally:
        await stage.telegram.stop()
        await stage.slack.stop()


def _write(port_file: Path, stage: Stage) -> None:
    """Let the file appear whole."""
    beside = port_file.with_suffix(".part")
    beside.write_text(json.dumps(describe(stage), indent=2), encoding="utf-8")
    beside.replace(port_file)


async def _until(stop: asyncio.Event) -> None:
    parent = os.getppid()
    while not stop.is_set() and os.getppid() == parent:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), PARENT_CHECK_S)


def build_parser() -> argparse.ArgumentParser:
    """Build the parser of this process."""
    parser = argparse.ArgumentParser(prog="python -m bot.playground.doubles", description="Both doubles, for tests.")
    parser.add_argument("--port-file", type=Path, required=True, help="JSON with addresses and made-up tokens")
    parser.add_argument("--slack-port", type=int, default=0, help="port of the Slack double (0: a free one)")
    parser.add_argument("--telegram-port", type=int, default=0, help="port of the Telegram double (0: a free one)")
    parser.add_argument("--bot-url", default="", help="where Slack calls the bot: http://127.0.0.1:PORT/slack/events")
    parser.add_argument("--brand", type=Path, default=None, help="brand whose people are there (the one shipped)")
    parser.add_argument("--people", action=argparse.BooleanOptionalAction, default=True, help="bring in its people")
    return parser


if __name__ == "__main__":
    asyncio.run(run(build_parser().parse_args()))
