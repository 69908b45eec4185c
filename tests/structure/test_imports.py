import ast
import re
import sys
from importlib.metadata import packages_distributions
from subprocess import run

from tests.structure.sources import ROOT, parse, pyproject, python_files

PROVIDERS = packages_distributions()
"""Module -> the packages that bring it."""
UNIMPORTED = {"aiosqlite", "psycopg", "tzdata"}
"""Drivers that SQLAlchemy loads by name, and the time zones of `zoneinfo`."""


def modules_after(script: str) -> set[str]:
    """Run a script in a fresh interpreter and return the modules it loaded."""
    command = [sys.executable, "-c", f"{script}\nimport sys\nprint(*sys.modules)"]
    done = run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_without_a_model_nothing_of_langchain_is_loaded() -> None:
    """Everything that runs without a model runs without langchain_core, the writer of suggestions included."""
    names = [
        ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        for path in python_files("bot", "handlers")
        if not {"migrations", "writing"} & set(path.parts) and path.name != "__main__.py"
    ]
    assert len(names) > 100
    imports = f"import importlib\nfor name in {names!r}: importlib.import_module(name)"
    loaded = modules_after(f"{imports}\nimport bot.writing")
    assert {"bot.app", "bot.writing", "dbos", "slack_bolt", "telegram"} <= loaded
    assert {name for name in loaded if name.startswith(("langchain", "langsmith"))} == set()


def test_dependencies_are_what_is_imported() -> None:
    """Each package that the product imports is declared, and each declared one is imported."""
    project = pyproject()["project"]
    assert isinstance(project, dict)
    extras = [each for name in ("models", "fast") for each in project["optional-dependencies"][name]]
    declared = {plain(each) for each in project["dependencies"]}
    imported = {plain(each) for path in python_files("bot", "handlers") for each in distributions(parse(path))}
    assert len(declared) > 10
    assert imported - declared - {plain(each) for each in extras} - {"pydantic-core", "slack-sdk"} == set()
    assert declared - imported - UNIMPORTED == set()


def distributions(tree: ast.Module) -> set[str]:
    """Name the packages whose modules a file imports."""
    tops = {alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    tops |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {PROVIDERS[top][0] for top in tops if top in PROVIDERS and top not in {"bot", "handlers"}}


def plain(requirement: str) -> str:
    """Take a package's name out of a requirement, in the one spelling."""
    name = re.match(r"[\w.-]+", requirement)
    assert name
    return re.sub(r"[-_.]+", "-", name.group().lower())
