"""A YAML 1.2 file that remembers where each of its values stands.

`bot.brandbook` reads every brand file through it; `bot.dialog` may read the words the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.brandbook.mistakes import BrandErrors, Mistake

Loc = Sequence[str | int]
"""A way into a file: keys and positions, as pydantic names them."""


@dataclass(frozen=True)
class YamlFile:
    """One file: `name` as people know it, its plain data, and the tree that knows the places."""

    name: str
    data: object
    root: Node | None

    def mistake(self, loc: Loc, detail: str, *, of_key: bool = False) -> Mistake:
        """Make a mistake that stands at a value, or at the key that names it."""
        line, column = self.place(loc, of_key=of_key)
        return Mistake(self.name, line, column, detail)

    def place(self, loc: Loc, *, of_key: bool = False) -> tuple[int, int]:
        """Return line and column (from 1); what is not in the file is skipped over."""
        node, mark = self.root, self.root.start_mark if self.root else None
        tagged: Node | None = None
        for part in loc:
            if _names_kind(node, part) and node is not tagged:
                tagged = node
                continue
            found = _child(node, part)
            if found is not None:
                key, node = found
                mark = key.start_mark if of_key else node.start_mark
        return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def read_yaml(path: Path, *, name: str) -> YamlFile:
    """Read a file; `name` is what mistakes call it.

    Raises:
        BrandErrors: it is missing, not UTF-8, or not YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BrandErrors([Mistake(name, 0, 0, "the file is missing")]) from None
    except UnicodeDecodeError as error:
        raise BrandErrors([Mistake(name, 0, 0, f"not UTF-8 at byte {error.start}")]) from None
    return parse_yaml(text, name=name)


@lru_cache(maxsize=128)
def parse_yaml(text: str, *, name: str) -> YamlFile:
    """Read YAML from a text; an empty one is an empty mapping. An unchanged text is not parsed again.

    Raises:
        BrandErrors: it is not YAML, or says a key twice.
    """
    yaml = YAML(typ="safe", pure=True)
    try:
        root = yaml.compose(text)
        data = yaml.constructor.construct_document(root) if root else {}
    except MarkedYAMLError as error:
        raise BrandErrors([_read_error(error, name)]) from None
    return YamlFile(name, data, root)


def _read_error(error: MarkedYAMLError, name: str) -> Mistake:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    return Mistake(name, line, column, f"not readable as YAML: {error.problem or error.context}")


def _names_kind(node: Node | None, part: str | int) -> bool:
    """Tell whether a step is the tag that pydantic puts in for a mapping with that `kind`."""
    kind = _child(node, "kind") if isinstance(node, MappingNode) else None
    return kind is not None and isinstance(kind[1], ScalarNode) and kind[1].value == part


def _child(node: Node | None, part: str | int) -> tuple[Node, Node] | None:
    """Find the key node and the value node of one step; a list item is its own key."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == str(part):
                return key, value
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None
