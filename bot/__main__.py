"""The command line: `python -m bot <command>`.

Render children import this file again when they start, so it stays light and does nothing on import.
"""

import argparse
import sys
from collections.abc import Sequence

from pydantic import ValidationError

from bot.commands import COMMANDS, Stop
from bot.errors import GlocalError
from bot.logging import configure
from bot.settings import PREFIX, Settings

EPILOG = """\
first steps:
  python -m bot demo                    see it, with nothing configured
  python -m bot seed --no-people        start a real network
  python -m bot invite --role admin     let the first admin in
  python -m bot serve                   run it

Settings come from the environment and from .env; .env.example lists them all.
"""


def build_parser() -> argparse.ArgumentParser:
    """Build the parser with one subparser per command."""
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="Glocal: local campaigns inside the brand's guardrails, approved in a chat thread.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(metavar="command", required=True, title="commands")
    for command in COMMANDS:
        one = commands.add_parser(command.name, help=command.summary, description=command.story)
        command.add_arguments(one)
        one.set_defaults(command=command)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 not as it should be, 2 not understood."""
    given = build_parser().parse_args(arguments)
    try:
        settings = Settings()
    except ValidationError as error:
        return _stop("\n".join(_explain_setting(error)), code=2)
    configure(settings.log_level, log_format=settings.log_format, secrets=settings.secrets())
    try:
        return int(given.command.run(given, settings))
    except (Stop, GlocalError) as stop:
        return _stop(str(stop), code=1)
    except KeyboardInterrupt:
        return 130


def _stop(sentence: str, *, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


def _explain_setting(error: ValidationError) -> list[str]:
    """Name the variable that is wrong and never its value, which may be a secret."""
    return [
        f"{PREFIX}{str(detail['loc'][0]).upper().removeprefix(PREFIX)}: {detail['msg']}"
        for detail in error.errors(include_url=False, include_input=False)
    ]


if __name__ == "__main__":
    sys.exit(main())
