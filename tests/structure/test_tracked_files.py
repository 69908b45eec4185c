import re
from pathlib import Path

from tests.structure.sources import read, tracked_files

BINARY = {".png", ".jpg", ".jpeg", ".webp", ".ttf", ".otf", ".woff2", ".ico", ".pdf", ".gz"}
FOREIGN = re.compile(
    "|".join(
        (
            r"python" + r"hosted",  # the host of a package registry
            r"(?<![\w.])/(?:root|home/\w+|Users/\w+|wo" + r"rk|opt)/",  # one machine's folders
            r"/tm" + r"p/\w",
            r"xo" + r"x[abprs]-\d{6}",  # tokens that look real
            r"(?<!\d)\d{8,10}:A" + r"[\w-]{34}(?![\w-])",
            r"xa" + r"pp-\d",
            r"-----BEGIN [A-Z ]*PRIVATE" + " KEY",
            r"\b(?:TO" + r"DO|FIX" + r"ME)\b",  # what is not finished
        )
    )
)


def text_files() -> list[Path]:
    """List the tracked files that are text."""
    return [path for path in tracked_files() if path.suffix not in BINARY]


def test_no_host_path_or_token_is_tracked() -> None:
    """No tracked file names a package host, one machine's folders, a real-looking token, or unfinished work."""
    files = text_files()
    assert len(files) > 300
    found = [
        f"{path}:{number}: {line.strip()[:100]}"
        for path in files
        for number, line in enumerate(read(path).splitlines(), 1)
        if FOREIGN.search(line) and path.name != "LICENSE"
    ]
    assert found == []


def test_pins_are_names_and_versions() -> None:
    """constraints.txt holds a name and a version per line: no URL, no hash, no path."""
    lines = read(Path("constraints.txt")).splitlines()
    assert len(lines) > 50
    pin = re.compile(r"[a-z0-9-]+==[\w.]+( ; [\w\s.'<>=!()]+)?")
    assert [line for line in lines if not pin.fullmatch(line)] == []


def test_every_dependency_is_pinned() -> None:
    """Whatever pyproject.toml asks for stands in constraints.txt."""
    pinned = {line.split("==")[0] for line in read(Path("constraints.txt")).splitlines()}
    asked = re.findall(r'^    "([a-z0-9.-]+)(?:\[[a-z]+\])?>=', read(Path("pyproject.toml")), re.MULTILINE)
    assert len(asked) > 20
    assert {name.replace(".", "-") for name in asked} - pinned == set()
