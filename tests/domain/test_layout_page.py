import re
from pathlib import Path
from typing import get_args

from ruamel.yaml import YAML

from bot.domain.layers import Layer
from bot.domain.layout import Layout
from bot.domain.set_layers import AnyLayer, TextStyle

PAGE = (Path(__file__).parents[2] / "docs" / "layout.md").read_text("utf-8")
SHARED = set(Layer.model_fields) | {"kind"}


def test_the_example_is_a_layout() -> None:
    """The page's own example loads, and uses more than half of the kinds."""
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    layout = Layout.model_validate(YAML(typ="safe").load(example))
    assert len({type(layer) for layer in layout.formats["square"].walk()}) >= 8


def test_every_kind_and_every_field_is_explained() -> None:
    """Each kind has its row with all of its fields, and each field of a style is named."""
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", PAGE, re.MULTILINE))
    kinds = {model.model_fields["kind"].default: model for model in get_args(get_args(AnyLayer)[0])}
    assert set(rows) == set(kinds)
    missing = [
        f"{kind}.{field}"
        for kind, model in kinds.items()
        for field in set(model.model_fields) - SHARED
        if f"`{field}" not in rows[kind]
    ]
    assert missing == []
    assert [field for field in TextStyle.model_fields if f"`{field}" not in PAGE and f"{{{field}" not in PAGE] == []
