import re
from pathlib import Path

from bot.commands import COMMANDS
from bot.guardrails import GUARDRAILS
from bot.settings import PREFIX, Settings
from bot.slots import SLOT_TYPES
from tests.structure.sources import ROOT, read, tracked_files


def pages() -> list[Path]:
    """List README and the pages of docs/."""
    return [path for path in tracked_files() if path == Path("README.md") or path.parts[0] == "docs"]


def text_pages() -> list[Path]:
    """List those that are text."""
    found = [path for path in pages() if path.suffix == ".md"]
    assert len(found) >= 5
    return found


def test_links_lead_somewhere() -> None:
    """Each relative link and picture of a page exists."""
    broken = [
        f"{page}: {target}"
        for page in text_pages()
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", read(page))
        if "://" not in target and not (ROOT / page.parent / target).exists()
    ]
    assert broken == []


def test_commands_exist() -> None:
    """Each `python -m bot …` of a page is a command, and each is named somewhere."""
    named = [word for page in text_pages() for word in re.findall(r"python -m bot ([a-z]+)", read(page))]
    assert set(named) == {command.name for command in COMMANDS}


def test_make_targets_exist() -> None:
    """Each `make …` of a page is a target."""
    targets = set(re.findall(r"^([a-z-]+):", read(Path("Makefile")), re.MULTILINE))
    named = {word for page in text_pages() for word in re.findall(r"`?make ([a-z-]+)`?(?= |`|$)", read(page))}
    assert {"demo", "test"} <= named & targets


def test_variables_exist() -> None:
    """Each variable that a page names is a setting."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    named = {word for page in text_pages() for word in re.findall(rf"{PREFIX}[A-Z_]+", read(page))}
    assert named
    assert named - known == set()


def test_slot_types_and_rule_kinds_are_listed() -> None:
    """The page for marketing teams names every slot type and every kind of rule."""
    page = read(Path("docs/brand-files.md"))
    assert len(SLOT_TYPES) > 5
    assert [name for name in (*SLOT_TYPES, *GUARDRAILS) if f"`{name}`" not in page] == []
