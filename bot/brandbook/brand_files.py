"""Read brand.yaml: palette, typefaces, logos, voice, and the files it names.

Called by `load_book`, first of all: the other files are checked against the brand.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.brandbook.digests import digest_file, digest_together
from bot.brandbook.explained import read_model
from bot.brandbook.mistakes import Desk, Mistake, describe_unknown
from bot.brandbook.walk import keys_at, value_at
from bot.brandbook.yaml_file import Loc, YamlFile, read_yaml
from bot.domain.brand import Brand

HEX = re.compile(r"#[0-9a-fA-F]{6}")
LICENCES = ("OFL*", "LICENSE*", "LICENCE*")


def read_brand(folder: Path) -> Brand:
    """Read the brand with the digests of its fonts and logos.

    Raises:
        BrandErrors: everything that is wrong with brand.yaml and the files it names.
    """
    desk = Desk()
    file = read_yaml(folder / "brand.yaml", name="brand.yaml")
    named = tuple(_named_files(file))
    desk.note(missing_files(file, ((loc, folder / path) for loc, path in named)))
    desk.note(_wrong_colours(file))
    desk.note(_unlicensed(file, folder, named))
    digests = {path: digest_file(folder / path) for _, path in named if (folder / path).is_file()}
    version = digest_together({"brand.yaml": digest_file(folder / "brand.yaml"), **digests})
    given = {"folder": folder.name, "version": version, "files": digests}
    return desk.finish(lambda: read_model(file, Brand, given=given))


def missing_files(file: YamlFile, named: Iterable[tuple[Loc, Path]]) -> Iterator[Mistake]:
    """Find the names of files that do not exist, each with the most similar file beside it."""
    for loc, path in named:
        if not path.is_file():
            beside = (each.name for each in path.parent.iterdir()) if path.parent.is_dir() else ()
            yield file.mistake(loc, describe_unknown("file", path.name, beside))


def _named_files(file: YamlFile) -> Iterator[tuple[Loc, str]]:
    """Find the fonts and logos: texts two steps under `typefaces.<role>.weights` and under `logos`."""
    ways: list[Loc] = [("logos",)]
    ways += [("typefaces", role, "weights") for role in keys_at(file, ("typefaces",))]
    for way in ways:
        for key in keys_at(file, way):
            path = value_at(file, (*way, key))
            if isinstance(path, str):
                yield (*way, key), path


def _wrong_colours(file: YamlFile) -> Iterator[Mistake]:
    for name in keys_at(file, ("palette",)):
        color = value_at(file, ("palette", name))
        if not (isinstance(color, str) and HEX.fullmatch(color)):
            yield file.mistake(("palette", name), f"“{color}” is not a colour: write it as “#rrggbb”, in quotes")


def _unlicensed(file: YamlFile, folder: Path, named: Iterable[tuple[Loc, str]]) -> Iterator[Mistake]:
    """Find fonts without a licence beside them: they may not be shipped."""
    for loc, path in named:
        beside = (folder / path).parent
        if loc[0] == "typefaces" and not any(found for each in LICENCES for found in beside.glob(each)):
            yield file.mistake(loc, f"no licence stands beside {path}: put its OFL.txt or LICENSE there")
