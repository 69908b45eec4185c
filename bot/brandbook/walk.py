"""Ways through written data, to check each word where it stands."""

from collections.abc import Iterable, Iterator, Mapping

from bot.brandbook.mistakes import Mistake, describe_unknown
from bot.brandbook.yaml_file import Loc, YamlFile


def walk(data: object, loc: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Go through every value, each with its way from the top."""
    yield loc, data
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from walk(value, (*loc, str(key)))
    elif isinstance(data, list):
        for position, value in enumerate(data):
            yield from walk(value, (*loc, position))


def texts_at(file: YamlFile, keys: Iterable[str]) -> Iterator[tuple[Loc, str]]:
    """Find every text that stands under one of the keys, at any depth."""
    wanted = frozenset(keys)
    for loc, value in walk(file.data):
        if loc and loc[-1] in wanted and isinstance(value, str):
            yield loc, value


def unknown_texts(file: YamlFile, keys: Iterable[str], *, kind: str, known: Iterable[str]) -> Iterator[Mistake]:
    """Find every text under one of the keys that is not a known word."""
    words = frozenset(known)
    for loc, text in texts_at(file, keys):
        if text not in words:
            yield file.mistake(loc, describe_unknown(kind, text, words))


def unknown_keys(file: YamlFile, loc: Loc, *, kind: str, known: Iterable[str]) -> Iterator[Mistake]:
    """Find every key of the mapping at `loc` that is not a known word."""
    words = frozenset(known)
    for key in keys_at(file, loc):
        if key not in words:
            yield file.mistake((*loc, key), describe_unknown(kind, key, words), of_key=True)


def unknown_items(file: YamlFile, loc: Loc, *, kind: str, known: Iterable[str]) -> Iterator[Mistake]:
    """Find every text in the list at `loc` that is not a known word."""
    words = frozenset(known)
    items = value_at(file, loc)
    for position, item in enumerate(items if isinstance(items, list) else ()):
        if item not in words:
            yield file.mistake((*loc, position), describe_unknown(kind, str(item), words))


def keys_at(file: YamlFile, loc: Loc) -> tuple[str, ...]:
    """Name the keys of the mapping at `loc`; none when there is no mapping."""
    found = value_at(file, loc)
    return tuple(map(str, found)) if isinstance(found, Mapping) else ()


def value_at(file: YamlFile, loc: Loc) -> object:
    """Return the value at `loc`, or None."""
    found = file.data
    for step in loc:
        if isinstance(found, Mapping):
            found = found.get(step)
        elif isinstance(found, list) and isinstance(step, int) and step < len(found):
            found = found[step]
        else:
            return None
    return found


def repeated(file: YamlFile, loc: Loc, *, key: str) -> Iterator[Mistake]:
    """Find items of the list at `loc` whose `key` stands there twice."""
    items = value_at(file, loc)
    seen: set[str] = set()
    for position, item in enumerate(items if isinstance(items, list) else ()):
        name = str(item.get(key)) if isinstance(item, Mapping) else ""
        if name in seen:
            yield file.mistake((*loc, position, key), f"“{name}” stands here twice")
        seen.add(name)
