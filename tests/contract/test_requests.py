"""What every request must hold: a help line, a least permission, an answer to nothing, and an answer to nonsense."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.member import Role
from bot.router import Event, Route
from bot.testing import World, open_core_world
from bot.testing.world import Cast
from handlers import ROUTES
from handlers.help import LINES

COMMANDS = tuple((on.name, route) for route in ROUTES for on in route.on if on.event is Event.COMMAND)
CAST = (
    Cast(name="ana", role=Role.ADMIN, platform="slack"),
    Cast(name="leo", role=None, platform="slack"),
    Cast(name="zoe", is_stranger=True, platform="slack"),
)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Give a house with an admin, a member without a role, and a stranger."""
    async with open_core_world(CAST, tmp_path) as opened:
        yield opened


def test_there_are_commands() -> None:
    """The table holds the admin's first commands."""
    names = {name for name, _ in COMMANDS}
    assert {"help", "people", "invite", "join", "role", "here", "templates", "queue", "stats", "reload"} <= names


def test_every_command_has_a_help_line_for_those_who_may_use_it() -> None:
    """Each command stands in the help of everybody who holds its permission."""
    told = {line: permission for permission, lines in LINES for line in lines}
    assert COMMANDS
    for name, route in COMMANDS:
        assert name in told, name
        if route.needs is not told[name]:
            assert name == "invite", name  # a member may invite their own second account; the line is for admins


async def test_every_command_answers_nothing_and_nonsense(world: World) -> None:
    """A command without words, or with words that mean nothing, gets an answer and changes nothing by itself."""
    ana = world["ana"]
    for name, _ in COMMANDS:
        for words in ("", "¿? \u200b zzz 42"):
            before = len(ana.sees())
            await ana.says(f"/glocal {name} {words}")
            answers = ana.sees()[before:]
            assert answers, f"/glocal {name} {words!r} was not answered"
            assert not any("went wrong" in seen.words for seen in answers), f"/glocal {name} {words!r}"


@pytest.mark.parametrize("name", ["leo", "zoe"])
async def test_nobody_without_authority_is_let_in(world: World, name: str) -> None:
    """Without the permission a command is refused with a sentence, and nothing is listed."""
    person = world[name]
    for command, route in COMMANDS:
        if is_for_everybody(route):
            continue
        before = len(person.sees())
        await person.says(f"/glocal {command}")
        answers = person.sees()[before:]
        assert len(answers) == 1, command
        assert answers[0].is_private, command
        assert not answers[0].pictures, command


def is_for_everybody(route: Route) -> bool:
    """Tell whether a request asks for no authority of its own."""
    return route.is_for_strangers or route.name in {"invite", "language"}
