"""Read and fill the words of a layout: jinja2 in a sandbox that cannot change anything.

A layout's words are templates written by headquarters; what a person typed is only ever a value,
never a template. `bot.domain.layout` checks the words when a layout is loaded and
`bot.rendering` fills them for each picture.
"""

from collections.abc import Mapping
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment

COPY = "copy"
FILTERS = ("upper", "lower", "trim", "title", "replace")


def _build_sandbox() -> ImmutableSandboxedEnvironment:
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    sandbox.filters = {name: sandbox.filters[name] for name in FILTERS}
    sandbox.globals = {}
    return sandbox


_SANDBOX = _build_sandbox()


def check_words(source: str) -> str:
    """Return the words unchanged when they are a well-formed template.

    Raises:
        ValueError: the template does not parse, or uses a filter that is not allowed.
    """
    try:
        _compile(source)
    except TemplateSyntaxError as error:
        detail = f"not a well-formed text: {error}"
        raise ValueError(detail) from None
    return source


@lru_cache(maxsize=1024)
def find_references(source: str) -> frozenset[str]:
    """Name what the words refer to: slots by name, locked words as `copy.<key>`."""
    tree = _SANDBOX.parse(source)
    names = find_undeclared_variables(tree)
    slots = {name for name in names if name != COPY}
    return frozenset(slots | {f"{COPY}.{key}" for key in _copy_keys(tree)})


def fill_words(source: str, *, values: Mapping[str, str], copy: Mapping[str, str]) -> str:
    """Put slot values and locked words into a template.

    Raises:
        jinja2.UndefinedError: a slot or a locked word is missing.
    """
    return _compile(source).render({**values, COPY: copy})


@lru_cache(maxsize=1024)
def _compile(source: str) -> Template:
    return _SANDBOX.from_string(source)


def _copy_keys(tree: nodes.Template) -> set[str]:
    attributes = {
        found.attr
        for found in tree.find_all(nodes.Getattr)
        if isinstance(found.node, nodes.Name) and found.node.name == COPY
    }
    items = {
        str(found.arg.value)
        for found in tree.find_all(nodes.Getitem)
        if isinstance(found.node, nodes.Name) and found.node.name == COPY and isinstance(found.arg, nodes.Const)
    }
    return attributes | items
