"""Draw forms as Slack modals, and read what was filled in. Pure.

A modal has no conversation of its own, so `private_metadata` carries the address it belongs to.
"""

import hashlib
from collections.abc import Mapping

from pydantic import Field, JsonValue, ValidationError

from bot.chat import Form, Input
from bot.domain.conversation import Address
from bot.domain.frozen import Frozen
from bot.platforms.slack_blocks import Block, plain_text, section, sections
from bot.platforms.slack_text import escape, shorten

MOST_TITLE = 24
MOST_LABEL = 2_000
MOST_OPTIONS = 100
MOST_OPTION = 75
MOST_VALUE = 3_000
MOST_BLOCKS = 100
FORM_CALLBACK = "form"
FIELD = "field"
PRODUCT = "Glocal"


class Origin(Frozen):
    """Where a modal was opened from, and the form it shows."""

    address: Address
    post_id: str = ""
    action: str = ""
    names: tuple[str, ...] = Field(default=())
    """Names of its inputs, in order: a block id is the place in this list."""
    title: str = PRODUCT

    def dump(self) -> str:
        """Give the text for `private_metadata`, inside its 3,000 characters."""
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def load(cls, text: str) -> "Origin | None":
        """Read it back; None when it is not ours."""
        try:
            return cls.model_validate_json(text)
        except ValidationError:
            return None


def loading_view(origin: Origin) -> Block:
    """Draw the modal that stands while the turn is under way."""
    return _view(origin, [section("⏳")])


def closing_view(origin: Origin, blocks: list[Block]) -> Block:
    """Draw what has come of a form: words and perhaps buttons, nothing to submit."""
    return _view(origin, blocks[:MOST_BLOCKS] or [section("✓")])


def form_view(form: Form, origin: Origin) -> Block:
    """Draw a form with what was typed, and the errors of the fields that have one."""
    shown = origin.model_copy(
        update={
            "action": form.action,
            "names": tuple(entry.name for entry in form.inputs),
            "title": form.title,
        }
    )
    action_id = field_action(form.action)
    blocks = sections(form.intro)
    for number, entry in enumerate(form.inputs):
        blocks.append(_input(entry, number, action_id=action_id))
        if entry.error:
            blocks.append(section(f"⚠️ {escape(shorten(entry.error, MOST_LABEL))}"))
    submit = plain_text(shorten(form.submit_label or "✓", MOST_TITLE))
    return {**_view(shown, blocks[:MOST_BLOCKS]), "submit": submit}


def form_errors(form: Form) -> dict[str, str]:
    """Return the marked fields as Slack's `errors` answer wants them: block id -> sentence."""
    marked = enumerate(form.inputs)
    return {block_id(number): entry.error for number, entry in marked if entry.error}


def block_id(number: int) -> str:
    """Name the block of an input by its place."""
    return f"{FIELD}{number}"


def field_action(form_action: str) -> str:
    """Name the inputs of one form: Slack keeps what was typed where block and action id stay the same."""
    return f"{FIELD}.{hashlib.sha256(form_action.encode()).hexdigest()[:8]}"


def read_values(state: Mapping[str, JsonValue], names: tuple[str, ...]) -> dict[str, str]:
    """Read a submitted view's `state.values`: input name -> text, empty where nothing was filled in."""
    return {name: _entry(state.get(block_id(number))) for number, name in enumerate(names)}


def _entry(block: JsonValue) -> str:
    element = next(iter(block.values()), None) if isinstance(block, dict) else None
    if not isinstance(element, dict):
        return ""
    chosen = element.get("selected_option")
    found = chosen.get("value") if isinstance(chosen, dict) else None
    found = found or element.get("value") or element.get("selected_date")
    return found if isinstance(found, str) else ""


def _view(origin: Origin, blocks: list[Block]) -> Block:
    return {
        "type": "modal",
        "callback_id": FORM_CALLBACK,
        "title": plain_text(shorten(origin.title.strip() or PRODUCT, MOST_TITLE)),
        "private_metadata": origin.dump(),
        "blocks": list(blocks),
    }


def _input(entry: Input, number: int, *, action_id: str) -> Block:
    block: Block = {
        "type": "input",
        "block_id": block_id(number),
        "label": plain_text(shorten(entry.label or entry.name, MOST_LABEL)),
        "optional": not entry.is_required,
        "element": _element(entry, action_id),
    }
    if entry.hint:
        block["hint"] = plain_text(shorten(entry.hint, MOST_LABEL))
    return block


def _element(entry: Input, action_id: str) -> Block:
    if entry.kind == "choice" and entry.options:
        return _choice(entry, action_id)
    element: Block = {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": entry.kind == "long_text",
        "max_length": MOST_VALUE,
    }
    if entry.value:
        element["initial_value"] = shorten(entry.value, MOST_VALUE)
    return element


def _choice(entry: Input, action_id: str) -> Block:
    options: list[JsonValue] = [
        {"text": plain_text(shorten(words or key, MOST_OPTION)), "value": key}
        for key, words in entry.options[:MOST_OPTIONS]
    ]
    element: Block = {"type": "static_select", "action_id": action_id, "options": options}
    chosen = [o for o in options if isinstance(o, dict) and o["value"] == entry.value]
    if chosen:
        element["initial_option"] = chosen[0]
    return element
