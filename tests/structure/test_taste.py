import ast
from statistics import median

import pytest

from tests.structure.sources import functions, parse, python_files, read

LONGEST_FILE_LINES = 300
LONGEST_FUNCTION_LINES = 45
GOOD_FUNCTION_LINES = 20
VAGUE = ("util", "helper", "manager", "service", "common", "base_")
"""Names that say nothing about what is in there."""
CLOCKS = {"now", "utcnow", "today", "time"}
WITH_A_CLOCK = {
    "bot/app.py",  # hands the machine's clock out
    "bot/commands/check.py",  # a command line starts from the machine's time
    "bot/commands/invite.py",
    "bot/commands/store.py",
    "bot/rendering/look.py",
    "bot/store/near.py",  # lends SQLite a function that it lacks
    "bot/playground/slack_events.py",  # a double is the world outside: it stamps as Slack does
}


def test_files_are_short() -> None:
    """No Python file but a migration is over 300 lines, and half of the product's files are within 100."""
    files = [path for path in python_files("bot", "handlers", "tests") if "migrations" not in path.parts]
    assert len(files) > 100
    lengths = {path: read(path).count("\n") for path in files}
    assert {str(path): lines for path, lines in lengths.items() if lines > LONGEST_FILE_LINES} == {}
    assert median(lines for path, lines in lengths.items() if path.parts[0] != "tests") <= 100


def test_functions_are_short() -> None:
    """No function but a migration's is over 45 lines, and nine in ten of the product's are within 20."""
    found = {
        f"{path}:{each.name}": (each.end_lineno or 0) - each.lineno + 1
        for path in python_files("bot", "handlers", "tests")
        for each in functions(path)
        if "migrations" not in path.parts
    }
    assert len(found) > 500
    assert {name: lines for name, lines in found.items() if lines > LONGEST_FUNCTION_LINES} == {}
    product = [lines for name, lines in found.items() if not name.startswith("tests/")]
    assert sum(lines <= GOOD_FUNCTION_LINES for lines in product) >= 0.9 * len(product)


def test_names_say_something() -> None:
    """No file and no class is called utils, helpers, manager, service, common or base_something."""
    files = python_files("bot", "handlers", "tests")
    names = [part for path in files for part in path.with_suffix("").parts]
    names += [node.name for path in files for node in ast.walk(parse(path)) if isinstance(node, ast.ClassDef)]
    assert len(names) > 500
    assert [name for name in names if any(word in name.lower() for word in VAGUE)] == []


def test_every_module_says_why_it_exists() -> None:
    """Each module of the product opens with a docstring."""
    files = python_files("bot", "handlers")
    assert files
    assert [str(path) for path in files if not ast.get_docstring(parse(path))] == []


def test_every_test_states_a_behaviour() -> None:
    """Each test has a docstring of one sentence."""
    tests = [
        (f"{path}:{each.name}", ast.get_docstring(each) or "")
        for path in python_files("tests")
        for each in functions(path)
        if each.name.startswith("test_")
    ]
    assert len(tests) > 100
    assert [name for name, said in tests if not said.split("\n\n")[0].rstrip().endswith(".")] == []


def test_tests_are_no_package() -> None:
    """No __init__.py lies under tests/: a tests/bot/__init__.py would shadow bot."""
    assert [str(path) for path in python_files("tests") if path.name == "__init__.py"] == []


def test_time_comes_from_the_clock() -> None:
    """Nobody but the composition root and the command line asks the machine for the time of day."""
    files = [path for path in python_files("bot", "handlers") if path.as_posix() not in WITH_A_CLOCK]
    assert files
    assert [f"{path}:{line}" for path in files for line in clock_calls(parse(path))] == []


def clock_calls(tree: ast.Module) -> list[int]:
    """Find the lines that ask `datetime` or `date` for the present."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    return [call.lineno for call in calls if asks_clock(call.func)]


def asks_clock(called: ast.expr) -> bool:
    """Tell whether an attribute such as `datetime.now` is a machine's clock."""
    return (
        isinstance(called, ast.Attribute)
        and isinstance(called.value, ast.Name)
        and called.value.id in {"datetime", "date", "time"}
        and called.attr in CLOCKS
    )


@pytest.mark.parametrize(("source", "is_found"), [("datetime.now(UTC)", True), ("self.clock.now()", False)])
def test_clock_calls_are_recognised(source: str, is_found: bool) -> None:
    """The check above knows the machine's clock from our own."""
    assert bool(clock_calls(ast.parse(source))) == is_found
