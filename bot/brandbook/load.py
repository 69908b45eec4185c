"""Load a brand's folder: every file read, every word held against the others, all mistakes at once.

Called by `bot.app` at the start, by `/glocal reload`, and by `python -m bot check`.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bot.brandbook.book import BrandBook, Seed
from bot.brandbook.brand_files import read_brand
from bot.brandbook.digests import digest_file, digest_together
from bot.brandbook.mistakes import BrandErrors, Desk, Mistake
from bot.brandbook.policy_files import Known, read_policies
from bot.brandbook.seed_file import read_seed
from bot.brandbook.template_checks import check_template
from bot.brandbook.template_files import TemplateFiles, build_template, open_template
from bot.brandbook.walk import unknown_items, unknown_texts
from bot.domain.brand import Brand
from bot.domain.ids import Digest
from bot.domain.policy import Policies
from bot.domain.template import Template

Pair = tuple[TemplateFiles, Template]


def load_book(folder: Path) -> BrandBook:
    """Read the brand that lies in `folder`.

    Policies name slots and territories, so they are read once templates and seed are right.

    Raises:
        BrandErrors: everything that is wrong, each with file, line, column and the nearest word.
    """
    if not (folder / "brand.yaml").is_file():
        raise BrandErrors([Mistake(str(folder), 0, 0, "no brand.yaml lies here")])
    brand = read_brand(folder)
    desk = Desk()
    read = [desk.attempt(_template_reader(found, brand)) for found in _template_folders(folder)]
    seed = desk.finish(lambda: read_seed(folder, brand))
    pairs = [pair for pair in read if pair]
    templates = {template.name: template for _, template in pairs}
    _check_territories(pairs, seed)
    policies = read_policies(folder, _known(brand, templates.values(), seed))
    _check_lanes(pairs, policies)
    return BrandBook(
        brand=brand,
        templates=templates,
        policies=policies,
        seed=seed,
        files=dict(_places_of_files(folder, brand, pairs)),
        version=_version(folder, brand, templates.values(), policies),
    )


def _template_folders(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "templates").glob("[!.]*") if path.is_dir())


def _template_reader(folder: Path, brand: Brand) -> Callable[[], Pair]:
    def read() -> Pair:
        files = open_template(folder)
        template = build_template(files)
        desk = Desk()
        desk.note(check_template(files, template, brand))
        desk.close()
        return files, template

    return read


def _check_territories(pairs: Iterable[Pair], seed: Seed) -> None:
    known = [area.id for area in seed.territories]
    desk = Desk()
    for files, _ in pairs:
        desk.note(unknown_items(files.template, ("territories",), kind="territory", known=known))
    desk.close()


def _check_lanes(pairs: Iterable[Pair], policies: Policies) -> None:
    known = ["", *(lane.name for lane in policies.approval.lanes)]
    desk = Desk()
    for files, _ in pairs:
        desk.note(unknown_texts(files.template, ("lane",), kind="lane", known=known))
    desk.close()


def _known(brand: Brand, templates: Iterable[Template], seed: Seed) -> Known:
    slots = [slot for template in templates for slot in template.slots]
    return Known(
        languages=brand.languages,
        templates=frozenset(template.name for template in templates),
        slots=frozenset(slot.name for slot in slots),
        slot_types=frozenset(slot.type for slot in slots),
        territories=frozenset(area.id for area in seed.territories),
    )


def _places_of_files(folder: Path, brand: Brand, pairs: Iterable[Pair]) -> Iterator[tuple[Digest, Path]]:
    for path, digest in brand.files.items():
        yield digest, folder / path
    for files, template in pairs:
        for path, digest in template.files.items():
            yield digest, files.path_of(path)


def _version(folder: Path, brand: Brand, templates: Iterable[Template], policies: Policies) -> Digest:
    versions = {f"templates/{template.name}": template.version for template in templates}
    seed = digest_file(folder / "seed.yaml")
    return digest_together({"brand": brand.version, "seed": seed, "policies": policies.version, **versions})
