"""Slack's Block Kit reference as data: which blocks, elements and views exist, and every limit.

Pure. The double refuses by these rules (`chat.*`, `views.*`, `blocks.validate`), and the tests of
`bot/platforms/slack*` hold every drawing against them. Newer blocks, which Slack rolls out in phases,
are refused here: what is drawn must stand on the old ones.
"""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from bot.playground.slack_json import Json, JsonObject, object_at, objects_at, text_at
from bot.playground.slack_schema import (
    Check,
    Problem,
    array,
    boolean,
    integer,
    one_of_types,
    shape,
    string,
    text_object,
)

MOST_TEXT = 40_000
MOST_POST_BLOCKS = 50
MOST_VIEW_BLOCKS = 100

_ID = string(most=255)
_URL = string(most=3_000, pattern=r"[a-z][a-z0-9+.-]*:.+")
_DATE = string(most=10, pattern=r"\d{4}-\d{2}-\d{2}")
_PLACEHOLDER = text_object(most=150, plain=True)
_CONFIRM = shape(
    {
        "title": text_object(most=100, plain=True),
        "text": text_object(most=300),
        "confirm": text_object(most=30, plain=True),
        "deny": text_object(most=30, plain=True),
        "style": string(most=10, one_of=("primary", "danger")),
    },
    required=("title", "text", "confirm", "deny"),
)
_SLACK_FILE = shape({"id": string(most=30, pattern="^[F][A-Z0-9]{8,}$"), "url": _URL}, exactly_one=("id", "url"))
_IMAGE_FIELDS: dict[str, Check] = {
    "alt_text": string(most=2_000),
    "image_url": _URL,
    "slack_file": _SLACK_FILE,
}
_IMAGE_ELEMENT = shape(_IMAGE_FIELDS, required=("alt_text",), exactly_one=("image_url", "slack_file"))


def _option(*, text: Check) -> Check:
    return shape(
        {"text": text, "value": string(most=150), "description": text_object(most=75)},
        required=("text", "value"),
    )


_PLAIN_OPTION = _option(text=text_object(most=75, plain=True))
_RICH_OPTION = _option(text=text_object(most=75))
_GROUP = shape(
    {
        "label": text_object(most=75, plain=True),
        "options": array(_PLAIN_OPTION, most=100),
    },
    required=("label", "options"),
)


def _typed(*, most: int = 3_000) -> Check:
    fields: dict[str, Check] = {
        "action_id": _ID,
        "initial_value": string(most=most, least=0),
        "multiline": boolean,
        "min_length": integer,
        "max_length": integer,
        "placeholder": _PLACEHOLDER,
        "focus_on_load": boolean,
        "dispatch_action_config": lambda _value, _pointer: iter(()),
    }
    return shape(fields)


_ELEMENTS: dict[str, Check] = {
    "button": shape(
        {
            "text": text_object(most=75, plain=True),
            "action_id": _ID,
            "value": string(most=2_000),
            "url": _URL,
            "style": string(most=10, one_of=("primary", "danger")),
            "confirm": _CONFIRM,
            "accessibility_label": string(most=75),
        },
        required=("text",),
    ),
    "static_select": shape(
        {
            "action_id": _ID,
            "options": array(_PLAIN_OPTION, most=100),
            "option_groups": array(_GROUP, most=100),
            "initial_option": _PLAIN_OPTION,
            "confirm": _CONFIRM,
            "placeholder": _PLACEHOLDER,
            "focus_on_load": boolean,
        },
        exactly_one=("options", "option_groups"),
    ),
    "overflow": shape(
        {"action_id": _ID, "options": array(_PLAIN_OPTION, most=5), "confirm": _CONFIRM},
        required=("options",),
    ),
    "radio_buttons": shape(
        {
            "action_id": _ID,
            "options": array(_RICH_OPTION, most=10),
            "initial_option": _RICH_OPTION,
            "confirm": _CONFIRM,
            "focus_on_load": boolean,
        },
        required=("options",),
    ),
    "datepicker": shape(
        {
            "action_id": _ID,
            "initial_date": _DATE,
            "confirm": _CONFIRM,
            "placeholder": _PLACEHOLDER,
            "focus_on_load": boolean,
        }
    ),
}
_INPUTS: dict[str, Check] = {
    **{kind: _ELEMENTS[kind] for kind in ("static_select", "radio_buttons", "datepicker")},
    "plain_text_input": _typed(),
    "url_text_input": _typed(),
    "email_text_input": _typed(),
}

_BLOCKS: dict[str, Check] = {
    "section": shape(
        {
            "block_id": _ID,
            "text": text_object(most=3_000),
            "fields": array(text_object(most=2_000), most=10),
            "accessory": one_of_types({**_ELEMENTS, "image": _IMAGE_ELEMENT}),
            "expand": boolean,
        },
        any_of=("text", "fields"),
    ),
    "divider": shape({"block_id": _ID}),
    "header": shape({"block_id": _ID, "text": text_object(most=150, plain=True)}, required=("text",)),
    "image": shape(
        {**_IMAGE_FIELDS, "block_id": _ID, "title": text_object(most=2_000, plain=True)},
        required=("alt_text",),
        exactly_one=("image_url", "slack_file"),
    ),
    "actions": shape(
        {"block_id": _ID, "elements": array(one_of_types(_ELEMENTS), most=25)},
        required=("elements",),
    ),
    "context": shape(
        {
            "block_id": _ID,
            "elements": array(
                one_of_types(
                    {
                        "image": _IMAGE_ELEMENT,
                        "plain_text": text_object(most=3_000),
                        "mrkdwn": text_object(most=3_000),
                    }
                ),
                most=10,
            ),
        },
        required=("elements",),
    ),
    "input": shape(
        {
            "block_id": _ID,
            "label": text_object(most=2_000, plain=True),
            "hint": text_object(most=2_000, plain=True),
            "optional": boolean,
            "dispatch_action": boolean,
            "element": one_of_types(_INPUTS),
        },
        required=("label", "element"),
    ),
}

_ONE_BLOCK = one_of_types(_BLOCKS)
_VIEW = one_of_types(
    {
        "modal": shape(
            {
                "title": text_object(most=24, plain=True),
                "blocks": array(_ONE_BLOCK, most=MOST_VIEW_BLOCKS),
                "submit": text_object(most=24, plain=True),
                "close": text_object(most=24, plain=True),
                "private_metadata": string(most=3_000, least=0),
                "callback_id": string(most=255, least=0),
                "external_id": string(most=255, least=0),
                "clear_on_close": boolean,
                "notify_on_close": boolean,
            },
            required=("title", "blocks"),
        )
    }
)

FileShown = Callable[[JsonObject], bool]


def check_blocks(blocks: Json, *, is_shown: FileShown) -> tuple[Problem, ...]:
    """Return what Slack refuses in the blocks of a post.

    `is_shown` tells whether a `slack_file` object names a picture that is already visible.
    """
    problems = list(array(_ONE_BLOCK, most=MOST_POST_BLOCKS, least=0)(blocks, "/blocks"))
    listed = objects_at({"blocks": blocks}, "blocks")
    problems += _repeated_ids(listed, "/blocks")
    problems += _pictures(listed, "/blocks", is_shown=is_shown)
    return tuple(problems)


def check_view(view: Json, *, is_shown: FileShown) -> tuple[Problem, ...]:
    """Return what Slack refuses in a modal."""
    problems = list(_VIEW(view, "/view"))
    listed = objects_at(view, "blocks")
    if any(text_at(block, "type") == "input" for block in listed) and not object_at(view, "submit"):
        problems.append(Problem("missing required field: submit", "/view"))
    problems += _repeated_ids(listed, "/view/blocks")
    problems += _pictures(listed, "/view/blocks", is_shown=is_shown)
    return tuple(problems)


def _repeated_ids(blocks: list[JsonObject], pointer: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        name = text_at(block, "block_id")
        if name and name in seen:
            yield Problem(f"block_id already exists: {name}", f"{pointer}/{index}/block_id")
        seen.add(name)
        yield from _repeated_actions(block, f"{pointer}/{index}")


def _repeated_actions(block: JsonObject, pointer: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, element in enumerate(objects_at(block, "elements")):
        name = text_at(element, "action_id")
        if name and name in seen:
            place = f"{pointer}/elements/{index}/action_id"
            yield Problem(f"action_id already exists: {name}", place)
        seen.add(name)


def _pictures(blocks: list[JsonObject], pointer: str, *, is_shown: FileShown) -> Iterator[Problem]:
    for index, block in enumerate(blocks):
        place = f"{pointer}/{index}"
        owners = [(place, block), (f"{place}/accessory", object_at(block, "accessory"))]
        owners += [
            (f"{place}/elements/{number}", element) for number, element in enumerate(objects_at(block, "elements"))
        ]
        for where, owner in owners:
            if text_at(owner, "type") == "image":
                yield from _one_picture(owner, where, is_shown=is_shown)


def _one_picture(owner: JsonObject, pointer: str, *, is_shown: FileShown) -> Iterator[Problem]:
    named = object_at(owner, "slack_file")
    if named and not is_shown(named):
        yield Problem("invalid slack file", f"{pointer}/slack_file")
    address = text_at(owner, "image_url")
    if address and not _is_public(address):
        yield Problem("downloading image failed", f"{pointer}/image_url")


def _is_public(address: str) -> bool:
    parts = urlsplit(address)
    host = parts.hostname or ""
    return parts.scheme == "https" and "." in host and not host.startswith(("127.", "10.", "192.168."))
