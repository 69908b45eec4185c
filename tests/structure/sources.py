"""The tracked files of the project, for the tests about its structure."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from subprocess import run

ROOT = Path(__file__).parents[2]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tracked_files() -> tuple[Path, ...]:
    """List the files that git knows or would add; relative to the project."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return tuple(Path(name) for name in sorted(listed) if (ROOT / name).is_file())


def python_files(*tops: str) -> tuple[Path, ...]:
    """List the Python files under the named top folders."""
    return tuple(path for path in tracked_files() if path.suffix == ".py" and path.parts[0] in tops)


@cache
def read(path: Path) -> str:
    """Read a tracked text file."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def parse(path: Path) -> ast.Module:
    """Parse a tracked Python file."""
    return ast.parse(read(path))


def functions(path: Path) -> Iterator[Function]:
    """Go through the functions and methods of a file."""
    return (node for node in ast.walk(parse(path)) if isinstance(node, Function))


@cache
def pyproject() -> dict[str, object]:
    """Read pyproject.toml."""
    return tomllib.loads(read(Path("pyproject.toml")))
