"""`serve` and `worker`: the running network."""

import argparse
import asyncio

from bot.commands.command import Command, require_postgresql
from bot.settings import Settings


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--web-only", action="store_true", help="leave timers and deliveries to `worker`; needs PostgreSQL"
    )


def _serve(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.web_only:
        require_postgresql(settings, "serve --web-only")
    return _run(settings, web=True, worker=not arguments.web_only)


def _work(_: argparse.Namespace, settings: Settings) -> int:
    require_postgresql(settings, "worker")
    return _run(settings, web=False, worker=True)


def _run(settings: Settings, *, web: bool, worker: bool) -> int:
    from bot.app import serve

    asyncio.run(serve(settings, web=web, worker=worker))
    return 0


SERVE = Command(
    name="serve",
    summary="run the bot: web server, chat platforms, timers and deliveries",
    story="Connects the platforms whose tokens are set and runs until it is stopped. On SQLite this is the whole "
    "network in one process; on PostgreSQL `--web-only` and `worker` may share the work.",
    run=_serve,
    add_arguments=_add_arguments,
)
WORKER = Command(
    name="worker",
    summary="run timers and deliveries only, beside `serve --web-only`",
    story="Needs PostgreSQL. Give each worker a stable GLOCAL_EXECUTOR_ID of its own.",
    run=_work,
)
