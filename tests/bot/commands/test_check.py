import json
import shutil
from pathlib import Path

import pytest

from bot.content import brand_dirs
from tests.bot.commands.conftest import Run


@pytest.fixture
def own_brand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the brand that ships, to be changed by the test."""
    folder = tmp_path / "brand"
    shutil.copytree(brand_dirs()[0], folder)
    monkeypatch.setenv("GLOCAL_BRAND_DIR", str(folder))
    return folder


def test_typo_ends_the_check_with_its_place(run: Run, own_brand: Path) -> None:
    """A wrong word in brand.yaml is told with line, column and the nearest right one; the exit code is 1."""
    path = own_brand / "brand.yaml"
    lines = path.read_text().splitlines()
    number = next(number for number, line in enumerate(lines, 1) if line.startswith("typefaces:"))
    path.write_text(path.read_text().replace("\ntypefaces:", "\ntypefacs:"))
    code, said = run("check")
    assert code == 1
    assert f"brand.yaml:{number}:1: unknown word “typefacs”; did you mean “typefaces”?" in said
    assert "1 to mend" in said


def test_missing_brand_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without a brand is named with the file that is missing."""
    monkeypatch.setenv("GLOCAL_BRAND_DIR", str(tmp_path))
    code, said = run("check")
    assert code == 1
    assert "no brand.yaml lies here" in said


def test_shipped_files_are_right(run: Run) -> None:
    """The brand that ships has nothing to mend."""
    code, said = run("check", "--no-pictures")
    assert (code, said.strip()) == (0, "nothing to mend")


def test_schemas_are_written_for_editors(run: Run, tmp_path: Path) -> None:
    """Each kind of brand file gets a JSON Schema that knows its words and none that are computed."""
    code, said = run("check", "--no-pictures", "--schemas", "schemas")
    assert code == 0
    assert "8 schemas in schemas" in said
    brand = json.loads((tmp_path / "schemas/brand.schema.json").read_text())
    assert "palette" in brand["required"]
    assert "version" not in brand["properties"]
    assert "$schema" in json.loads((tmp_path / "schemas/layout.schema.json").read_text())


@pytest.mark.slow
def test_samples_are_drawn_and_held_against_the_rules(run: Run, own_brand: Path) -> None:
    """A sample that a rule of the brand forbids is told with template, locale and rule; all pictures are drawn."""
    sample = own_brand / "templates/weekend-offer/sample.yaml"
    assert "percent: 20%" in sample.read_text()
    sample.write_text(sample.read_text().replace("percent: 20%", "percent: 55%"))
    code, said = run("check")
    assert code == 1
    assert "pictures drawn in" in said
    assert "templates/weekend-offer in en-US: the sample breaks rule percent-cap" in said
