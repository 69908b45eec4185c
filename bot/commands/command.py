"""What one command of the command line is, and what all of them share.

Command modules are imported for every `--help`, so their top level stays light: what is heavy is
imported inside `run`.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.content import brand_dirs
from bot.settings import Settings


class Stop(Exception):
    """Ends a command with one sentence for the person at the terminal."""


def add_nothing(parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


@dataclass(frozen=True)
class Command:
    """One word after `python -m bot`; `run` returns the exit code."""

    name: str
    summary: str
    """One line for `--help`."""
    story: str
    """What `<command> --help` explains."""
    run: Callable[[argparse.Namespace, Settings], int]
    add_arguments: Callable[[argparse.ArgumentParser], None] = add_nothing


def brand_dir(settings: Settings) -> Path:
    """Return the folder of the brand in use: the one that is set, or the one that ships.

    Raises:
        Stop: there is none.
    """
    if settings.brand_dir:
        return settings.brand_dir
    found = brand_dirs()
    if not found:
        raise Stop("no brand was found: set GLOCAL_BRAND_DIR to a folder with a brand.yaml")
    return found[0]


def require_postgresql(settings: Settings, what: str) -> None:
    """Refuse to split web and worker on SQLite, which belongs to one process.

    Raises:
        Stop: the database is SQLite.
    """
    if settings.is_sqlite:
        raise Stop(
            f"{what} needs PostgreSQL, because web and worker are two processes: set GLOCAL_DATABASE_URL "
            "to postgresql://…, or run `python -m bot serve`, which is both in one"
        )
