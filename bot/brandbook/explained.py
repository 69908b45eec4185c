"""Hold a YAML file against a model, and say what does not fit in the words of its author.

pydantic names a way into the data; here it becomes a place in the file, and the nearest right word.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.brandbook.mistakes import BrandErrors, Mistake, describe_unknown, find_nearest
from bot.brandbook.walk import value_at
from bot.brandbook.yaml_file import Loc, YamlFile

Model = TypeVar("Model", bound=BaseModel)

_QUOTED = re.compile(r"'([^']*)'")


def read_model(
    file: YamlFile, model: type[Model], *, loc: Loc = (), given: Mapping[str, object] = MappingProxyType({})
) -> Model:
    """Build the model from the file, or from the part of it at `loc`; `given` fields stand elsewhere.

    Raises:
        BrandErrors: every place that does not fit, with the nearest right word.
    """
    try:
        written = value_at(file, loc)
        return model.model_validate({**written, **given} if isinstance(written, Mapping) else written)
    except ValidationError as error:
        raise BrandErrors(explain(error, file, model, loc=loc)) from None


def explain(error: ValidationError, file: YamlFile, model: type[BaseModel], *, loc: Loc = ()) -> tuple[Mistake, ...]:
    """Turn pydantic's errors into mistakes; several about one place become one."""
    found: dict[tuple[int, int], list[str]] = {}
    for detail in _causes(error.errors(include_url=False), model):
        way = (*loc, *detail["loc"])
        place = file.place(way, of_key=detail["type"] == "extra_forbidden")
        found.setdefault(place, []).append(_say(detail, model))
    return tuple(
        Mistake(file.name, line, column, ", or ".join(dict.fromkeys(said))) for (line, column), said in found.items()
    )


def _causes(details: list[ErrorDetails], model: type[BaseModel]) -> list[ErrorDetails]:
    """Leave out what only follows from another error: a list too short for its wrong item, a word missing by a typo."""
    ways = [detail["loc"] for detail in details]
    typos = {
        (*detail["loc"][:-1], find_nearest(str(detail["loc"][-1]), find_words(model, detail["loc"])))
        for detail in details
        if detail["type"] == "extra_forbidden"
    }

    def follows(detail: ErrorDetails) -> bool:
        way = detail["loc"]
        if detail["type"] == "too_short":
            return any(len(other) > len(way) and other[: len(way)] == way for other in ways)
        return detail["type"] == "missing" and way in typos

    return [detail for detail in details if not follows(detail)]


def _say(detail: ErrorDetails, model: type[BaseModel]) -> str:
    loc, context = detail["loc"], detail.get("ctx", {})
    last = str(loc[-1]) if loc else ""
    match detail["type"]:
        case "missing":
            return f"“{last}” is missing here"
        case "extra_forbidden":
            return describe_unknown("word", last, find_words(model, loc))
        case "literal_error" | "enum":
            return describe_unknown(f"{last}", str(detail["input"]), _QUOTED.findall(str(context["expected"])))
        case "union_tag_invalid":
            kinds = _QUOTED.findall(str(context["expected_tags"]))
            return describe_unknown(_QUOTED.findall(str(context["discriminator"]))[0], str(context["tag"]), kinds)
        case "union_tag_not_found":
            return f"“{_QUOTED.findall(str(context['discriminator']))[0]}” is missing here"
        case "string_type" if not isinstance(detail["input"], dict | list):
            return f"text is expected: put quotes around {detail['input']}"
        case "value_error":
            return str(context["error"])
        case _:
            return f"{last}: {detail['msg'][:1].lower()}{detail['msg'][1:]}"


def find_words(model: type[BaseModel], loc: Loc) -> frozenset[str]:
    """Return the words a mapping may hold at `loc`, whose last part is the one in question."""
    models = {model}
    for part in loc[:-1]:
        if isinstance(part, int):
            continue
        tagged = {each for each in models if part in _tags(each)}
        inside = [_models_in(each.model_fields[part].annotation) for each in models if part in each.model_fields]
        models = tagged or set[type[BaseModel]]().union(*inside) or models
    return frozenset(name for each in models for name in each.model_fields)


def _tags(model: type[BaseModel]) -> tuple[object, ...]:
    kind = model.model_fields.get("kind")
    return get_args(kind.annotation) if kind and get_origin(kind.annotation) is Literal else ()


def _models_in(annotation: object) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return set[type[BaseModel]]().union(*map(_models_in, get_args(annotation)))
