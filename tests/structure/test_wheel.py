import os
import re
import sys
from pathlib import Path
from subprocess import run
from zipfile import ZipFile

import pytest

from tests.structure.sources import ROOT, python_files, tracked_files

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as a release does."""
    folder = tmp_path_factory.mktemp("dist")
    run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay the wheel out as an installer does; its dependencies come from the running environment."""
    folder = tmp_path_factory.mktemp("installed")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def say(installed: Path, place: Path, *words: str) -> str:
    """Run `python` with the installed wheel, far from the checkout."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GLOCAL_")}
    done = run(
        [sys.executable, *words],
        cwd=place,
        env={**environment, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_wheel_holds_everything_the_program_reads(wheel: Path) -> None:
    """Each module, word file, brand file and page of the product is in the wheel; tests are not."""
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    product = {path.as_posix() for path in tracked_files() if path.parts[0] in {"bot", "handlers"}}
    content = {
        f"bot/_content/{path.as_posix()}" for path in tracked_files() if path.parts[0] in {"prompts", "brand_assets"}
    }
    assert len(product) > 100
    assert len(content) > 50
    assert (product | content) - names == set()
    assert not any(name.startswith("tests/") for name in names)


def test_installed_program_runs_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    """The installed program finds its own words, brand files and migrations."""
    where = say(installed, tmp_path, "-c", "import bot, bot.content as c; print(bot.__file__, c.prompts_dir())")
    assert all(Path(place).is_relative_to(installed) for place in where.split())
    assert "nothing to mend" in say(installed, tmp_path, "-m", "bot", "check")
    assert "up to date" in say(installed, tmp_path, "-m", "bot", "migrate")
    assert re.search(r"\d locations, 0 people", say(installed, tmp_path, "-m", "bot", "seed", "--no-people"))


def test_every_installed_module_can_be_imported(installed: Path, tmp_path: Path) -> None:
    """No module of the wheel needs a file that is only in the checkout, or a package of the dev extra."""
    modules = [
        ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        for path in python_files("bot", "handlers")
        if "migrations" not in path.parts and path.name != "__main__.py"
    ]
    assert len(modules) > 100
    script = f"import importlib\nfor name in {modules!r}: importlib.import_module(name)\nprint('all imported')"
    assert "all imported" in say(installed, tmp_path, "-c", script)
