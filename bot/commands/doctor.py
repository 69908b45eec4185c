"""`doctor`: is this machine, this database and this configuration fit to run?"""

import argparse
import asyncio
import json

from bot.commands.command import Command
from bot.commands.examine import examine
from bot.settings import Settings


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--slack-manifest",
        nargs="?",
        const="",
        metavar="URL",
        help="only print the Slack app manifest: for this public https address, or without one for Socket Mode",
    )


def _doctor(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.slack_manifest is not None:
        return _print_manifest(arguments.slack_manifest)
    found = asyncio.run(examine(settings))
    width = max(len(each.name) for each in found)
    for each in found:
        print(f"{'ok  ' if each.is_well else 'NOT '}{each.name:<{width}}  {each.detail}")
    return 0 if all(each.is_well for each in found) else 1


def _print_manifest(public_url: str) -> int:
    from bot.platforms.slack_manifest import manifest

    print(json.dumps(manifest(public_url), indent=2))
    return 0


DOCTOR = Command(
    name="doctor",
    summary="examine this machine, the database, the media folder and the tokens",
    story="Changes nothing, except that a missing data folder is created. Exits 1 when something is not well.",
    run=_doctor,
    add_arguments=_add_arguments,
)
