"""JSON as the Slack double reads it: the type, and readers that never raise on a wrong shape.

Every module of the double reads payloads through these, so a wrong shape becomes a Slack error text
and not a traceback.
"""

import json
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = dict[str, "Json"]


def read(raw: str) -> Json:
    """Parse one JSON text; None when it is none."""
    try:
        parsed: Json = json.loads(raw)
    except ValueError:
        return None
    return parsed


def text_at(source: Json, *path: str) -> str:
    """Return the string at the path, or an empty one."""
    found = value_at(source, *path)
    return found if isinstance(found, str) else ""


def object_at(source: Json, *path: str) -> JsonObject:
    """Return the object at the path, or an empty one."""
    found = value_at(source, *path)
    return found if isinstance(found, dict) else {}


def objects_at(source: Json, *path: str) -> list[JsonObject]:
    """Return the objects in the array at the path."""
    found = value_at(source, *path)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def value_at(source: Json, *path: str) -> Json:
    """Return what stands at the path, or None."""
    for key in path:
        source = source.get(key) if isinstance(source, dict) else None
    return source
