"""`demo`: the whole story, played by people made of code at strict doubles of both platforms."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from bot.commands.command import Command, Stop
from bot.logging import configure
from bot.settings import Settings


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for transcript and images (out)")
    parser.add_argument("--stay", action=argparse.BooleanOptionalAction, help="keep the playground open afterwards")


def _demo(arguments: argparse.Namespace, settings: Settings) -> int:
    if settings.slack_bot_token or settings.telegram_token:
        raise Stop("real tokens are set, and the demo would not use them: unset GLOCAL_SLACK_… and GLOCAL_TELEGRAM_…")
    from bot.playground.demo import play

    if "log_level" not in settings.model_fields_set:
        configure("WARNING", log_format=settings.log_format)  # the story stands alone on the terminal
    stays = sys.stdin.isatty() and sys.stdout.isatty() if arguments.stay is None else arguments.stay
    with tempfile.TemporaryDirectory(prefix="glocal-demo-") as folder:
        alone = settings.model_copy(update=_inside(Path(folder)))
        return asyncio.run(play(alone, out=arguments.out, keep_open=stays))


def _inside(folder: Path) -> dict[str, object]:
    """Let the demo begin with an empty store of its own."""
    return {
        "data_dir": folder,
        "database_url": f"sqlite+aiosqlite:///{folder / 'glocal.db'}",
        "media_dir": str(folder / "media"),
    }


DEMO = Command(
    name="demo",
    summary="play the whole story in the terminal, then keep the playground open",
    story="Nothing has to be configured and nothing leaves this machine: an owner on Telegram and an approver on Slack "
    "talk to the bot through doubles of both platforms. Transcript and images are written to --out.",
    run=_demo,
    add_arguments=_add_arguments,
)
