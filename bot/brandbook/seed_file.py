"""Read seed.yaml: territories, locations, demo people, and where requests are posted.

Called by `load_book`; `python -m bot seed` puts it into the store.
"""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import available_timezones

from babel.localedata import locale_identifiers
from babel.numbers import list_currencies

from bot.brandbook.book import Seed
from bot.brandbook.explained import read_model
from bot.brandbook.mistakes import Desk, Mistake, describe_unknown
from bot.brandbook.shapes import SeedFile
from bot.brandbook.walk import repeated, texts_at, unknown_items, unknown_texts
from bot.brandbook.yaml_file import YamlFile, read_yaml
from bot.domain.brand import Brand


def read_seed(folder: Path, brand: Brand) -> Seed:
    """Read the network that the brand starts with.

    Raises:
        BrandErrors: everything that is wrong with seed.yaml.
    """
    desk = Desk()
    file = read_yaml(folder / "seed.yaml", name="seed.yaml")
    seed = desk.finish(lambda: read_model(file, SeedFile))
    desk.note(_unknown_names(file, seed))
    desk.note(_unknown_standards(file))
    desk.note(_locales(file, brand))
    desk.note(_circles(file, seed))
    for part in ("territories", "locations", "people"):
        desk.note(repeated(file, (part,), key="id"))
    desk.close()
    return Seed(
        territories=seed.territories,
        locations=seed.locations,
        people=tuple(person.to_member() for person in seed.people),
        conversations=tuple(place.to_conversation() for place in seed.conversations),
    )


def _unknown_names(file: YamlFile, seed: SeedFile) -> Iterator[Mistake]:
    territories = [area.id for area in seed.territories]
    yield from unknown_texts(file, ("parent_id", "territory_id"), kind="territory", known=territories)
    for position in range(len(seed.locations)):
        yield from unknown_items(file, ("locations", position, "territory_ids"), kind="territory", known=territories)
    locations = [place.id for place in seed.locations]
    yield from unknown_texts(file, ("location_id",), kind="location", known=locations)


def _unknown_standards(file: YamlFile) -> Iterator[Mistake]:
    yield from unknown_texts(file, ("time_zone",), kind="time zone", known=available_timezones())
    yield from unknown_texts(file, ("currency",), kind="currency", known=list_currencies())


def _locales(file: YamlFile, brand: Brand) -> Iterator[Mistake]:
    """Find locales that do not exist, that name no region where money needs one, or that the brand does not speak."""
    known = {name.replace("_", "-") for name in locale_identifiers()}
    for loc, locale in texts_at(file, ("locale",)):
        if locale not in known:
            yield file.mistake(loc, describe_unknown("locale", locale, known))
        elif locale.split("-")[0] not in brand.languages:
            yield file.mistake(loc, f"the brand does not speak “{locale}”: its languages are {brand.languages}")
        elif loc[0] == "locations" and "-" not in locale:
            yield file.mistake(loc, f"“{locale}” needs a region, such as “{locale}-US”: it decides how dates read")


def _circles(file: YamlFile, seed: SeedFile) -> Iterator[Mistake]:
    parents = {area.id: area.parent_id for area in seed.territories}
    for position, area in enumerate(seed.territories):
        seen, above = {area.id}, area.parent_id
        while above and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == area.id:
            yield file.mistake(("territories", position, "parent_id"), f"“{area.id}” lies inside itself")
