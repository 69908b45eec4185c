"""JSON Schemas of the brand's files, so that an editor completes words and underlines typos.

`python -m bot check --schemas <folder>` writes them.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel

from bot.brandbook.shapes import RulesFile, SampleFile, SeedFile, TemplateFile
from bot.domain.brand import Brand
from bot.domain.layout import Layout
from bot.domain.policy import ApprovalPolicy
from bot.domain.template import TemplateCopy

FILES: Mapping[str, type[BaseModel]] = {
    "brand": Brand,
    "seed": SeedFile,
    "template": TemplateFile,
    "layout": Layout,
    "copy": TemplateCopy,
    "sample": SampleFile,
    "guardrails": RulesFile,
    "approval": ApprovalPolicy,
}
"""Kind of file -> the model it is read with."""

COMPUTED = frozenset({"version", "folder", "files"})
"""Fields that are worked out from the files and never written in them."""


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write one schema per kind of file and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind, model in FILES.items():
        path = folder / f"{kind}.schema.json"
        path.write_text(json.dumps(_schema(model), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return tuple(written)


def _schema(model: type[BaseModel]) -> dict[str, object]:
    schema = model.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    if "properties" in schema:
        schema["properties"] = {name: one for name, one in schema["properties"].items() if name not in COMPUTED}
        schema["required"] = [name for name in schema.get("required", ()) if name not in COMPUTED]
    return schema
