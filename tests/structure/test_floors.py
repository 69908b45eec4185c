import re
from pathlib import Path

from tests.structure.sources import pyproject, python_files, read

WAITING = {"bot.channels"}
"""Rooms that have their floor and wait for their first file."""
MODULE = re.compile(r"[\w.]+")


def floors() -> list[list[str]]:
    """Read the floors of the house, top to bottom, from the import-linter contract."""
    tool = pyproject()["tool"]
    assert isinstance(tool, dict)
    contracts = [each for each in tool["importlinter"]["contracts"] if each["type"] == "layers"]
    assert len(contracts) == 1
    return [MODULE.findall(layer) for layer in contracts[0]["layers"]]


def module_of(path: Path) -> str:
    """Name the module of a file."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def test_every_file_is_on_exactly_one_floor() -> None:
    """Each file of bot/ and handlers/ belongs to one room, and each room to one floor."""
    rooms = [room for floor in floors() for room in floor]
    files = [path for path in python_files("bot", "handlers") if path != Path("bot/__init__.py")]
    assert len(files) > 100
    assert len(rooms) == len(set(rooms)) > 20
    for path in files:
        module = module_of(path)
        homes = [room for room in rooms if module == room or module.startswith(f"{room}.")]
        assert len(homes) == 1, f"{path} is on {len(homes)} floors: {homes}"


def test_every_room_is_inhabited() -> None:
    """No floor names a room that does not exist."""
    modules = {module_of(path) for path in python_files("bot", "handlers")}
    rooms = [room for floor in floors() for room in floor]
    assert rooms
    assert [room for room in rooms if room not in modules and room not in WAITING] == []


def test_only_waiting_rooms_are_optional() -> None:
    """The contract names real modules: a bracket would let a floor vanish unseen."""
    tool = pyproject()["tool"]
    assert isinstance(tool, dict)
    layers = next(each for each in tool["importlinter"]["contracts"] if each["type"] == "layers")["layers"]
    assert layers
    assert {room for layer in layers for room in re.findall(r"\(([\w.]+)\)", layer)} <= WAITING


def test_each_platform_keeps_to_its_own_sdk() -> None:
    """Within bot/platforms, Slack's packages appear in slack* only and Telegram's in telegram* only."""
    files = [path for path in python_files("bot") if path.parts[1] == "platforms"]
    assert len(files) > 5
    for path in files:
        sdks = set(re.findall(r"^\s*(?:from|import) (slack|telegram)(?=[_.\s])", read(path), re.MULTILINE))
        assert all(path.name.startswith(sdk) for sdk in sdks), path
