"""`doctor`: is this machine, this database and this configuration fit to run?"""

import argparse
import asyncio

from bot.commands.command import Command
from bot.commands.examine import examine
from bot.settings import Settings


def _doctor(_: argparse.Namespace, settings: Settings) -> int:
    found = asyncio.run(examine(settings))
    width = max(len(each.name) for each in found)
    for each in found:
        print(f"{'ok  ' if each.is_well else 'NOT '}{each.name:<{width}}  {each.detail}")
    return 0 if all(each.is_well for each in found) else 1


DOCTOR = Command(
    name="doctor",
    summary="examine this machine, the database, the media folder and the tokens",
    story="Changes nothing, except that a missing data folder is created. Exits 1 when something is not well.",
    run=_doctor,
)
