"""What can be pressed or filled in a post or a modal, read from its blocks as a person sees it.

Pure. The people of the double, the panes and the driver find buttons by their label here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.playground.slack_json import JsonObject, object_at, objects_at, text_at

INPUT_KINDS = ("plain_text_input", "url_text_input", "email_text_input")


@dataclass(frozen=True, slots=True)
class Control:
    """One thing that can be pressed: a button, or one option of a menu."""

    label: str
    kind: str
    block_id: str
    action_id: str
    value: str
    url: str = ""

    def is_called(self, name: str) -> bool:
        """Tell whether the name is its label, its action id or its value."""
        return name in {self.label, self.action_id, self.value}


@dataclass(frozen=True, slots=True)
class Field:
    """One input of a modal."""

    label: str
    kind: str
    block_id: str
    action_id: str
    initial: str
    is_optional: bool
    most: int
    options: tuple[tuple[str, str], ...] = ()


def controls_of(blocks: Sequence[JsonObject]) -> tuple[Control, ...]:
    """Return everything that can be pressed, in reading order."""
    return tuple(control for block in blocks for control in _of_block(block))


def fields_of(blocks: Sequence[JsonObject]) -> tuple[Field, ...]:
    """Return the inputs of a modal, in reading order."""
    return tuple(_field(block) for block in blocks if text_at(block, "type") == "input")


def words_of(blocks: Sequence[JsonObject]) -> str:
    """Return the text of the blocks as one reads it, a line for each piece."""
    return "\n".join(piece for block in blocks for piece in _words(block) if piece)


def _of_block(block: JsonObject) -> Iterator[Control]:
    name = text_at(block, "block_id")
    elements = [object_at(block, "accessory")]
    if text_at(block, "type") == "actions":
        elements = objects_at(block, "elements")
    for element in elements:
        kind, action = text_at(element, "type"), text_at(element, "action_id")
        if kind == "button":
            label, value = text_at(element, "text", "text"), text_at(element, "value")
            yield Control(label, kind, name, action, value, text_at(element, "url"))
        for option in objects_at(element, "options"):
            label, value = text_at(option, "text", "text"), text_at(option, "value")
            yield Control(label, kind, name, action, value)


def _field(block: JsonObject) -> Field:
    element = object_at(block, "element")
    chosen = text_at(element, "initial_option", "value")
    most = element.get("max_length")
    return Field(
        label=text_at(block, "label", "text"),
        kind=text_at(element, "type"),
        block_id=text_at(block, "block_id"),
        action_id=text_at(element, "action_id"),
        initial=text_at(element, "initial_value") or text_at(element, "initial_date") or chosen,
        is_optional=block.get("optional") is True,
        most=most if isinstance(most, int) else 3_000,
        options=tuple(
            (text_at(option, "text", "text"), text_at(option, "value")) for option in objects_at(element, "options")
        ),
    )


def _words(block: JsonObject) -> Iterator[str]:
    kind = text_at(block, "type")
    if kind == "image":
        yield text_at(block, "title", "text")
        yield f"[{text_at(block, 'alt_text')}]"
        return
    yield text_at(block, "text", "text")
    for entry in objects_at(block, "fields"):
        yield text_at(entry, "text")
    if kind == "context":
        for element in objects_at(block, "elements"):
            yield text_at(element, "text") or f"[{text_at(element, 'alt_text')}]"
    if kind == "input":
        yield text_at(block, "label", "text")
        yield text_at(block, "hint", "text")
