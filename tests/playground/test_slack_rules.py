"""The Block Kit rules: each limit of Slack's reference, just inside and just outside."""

import pytest

from bot.playground.slack_json import Json, JsonObject
from bot.playground.slack_rules import check_blocks, check_view


def said(blocks: Json) -> list[str]:
    """Return the texts Slack answers about these blocks; pictures count as processed."""
    return [str(problem) for problem in check_blocks(blocks, is_shown=lambda _file: True)]


def plain(text: str) -> JsonObject:
    """Return a plain text object."""
    return {"type": "plain_text", "text": text}


def section(text: str) -> JsonObject:
    """Return a section."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(**more: Json) -> JsonObject:
    """Return a button."""
    return {"type": "button", "text": plain("Go"), **more}


def actions(*elements: Json) -> JsonObject:
    """Return an actions block."""
    return {"type": "actions", "elements": list(elements)}


INSIDE: list[Json] = [
    [section("x" * 3_000)] * 50,
    [{"type": "section", "fields": [plain("x" * 2_000)] * 10}],
    [{"type": "header", "text": plain("x" * 150)}],
    [actions(*[button(action_id=str(n)) for n in range(25)])],
    [actions({**button(value="x" * 2_000), "text": plain("x" * 75)})],
    [{"type": "context", "elements": [plain("x")] * 10}],
    [{"type": "image", "alt_text": "x" * 2_000, "image_url": "https://example.com/a.png"}],
]
OUTSIDE: list[tuple[Json, str]] = [
    ([section("x")] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    ([section("x" * 3_001)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    (
        [{"type": "section", "fields": [plain("x")] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    (
        [{"type": "section", "fields": [plain("x" * 2_001)]}],
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    (
        [{"type": "section"}],
        "must define either `text` or `fields` [json-pointer:/blocks/0/type]",
    ),
    (
        [{"type": "header", "text": plain("x" * 151)}],
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    (
        [actions(*[button() for _ in range(26)])],
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        [actions({**button(), "text": plain("x" * 76)})],
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (
        [actions(button(value="x" * 2_001))],
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (
        [actions(button(action_id="x" * 256))],
        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ),
    (
        [actions(button(action_id="a"), button(action_id="a"))],
        "action_id already exists: a [json-pointer:/blocks/0/elements/1/action_id]",
    ),
    (
        [{**section("x"), "block_id": "b"}, {**section("x"), "block_id": "b"}],
        "block_id already exists: b [json-pointer:/blocks/1/block_id]",
    ),
    (
        [{"type": "context", "elements": [plain("x")] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        [{"type": "image", "image_url": "https://example.com/a.png"}],
        "missing required field: alt_text [json-pointer:/blocks/0]",
    ),
    (
        [{"type": "image", "alt_text": "x", "image_url": "http://127.0.0.1:8080/a.png"}],
        "downloading image failed [json-pointer:/blocks/0/image_url]",
    ),
    (
        [{"type": "image", "alt_text": "x", "slack_file": {"id": "nonsense"}}],
        "input must match regex pattern: ^[F][A-Z0-9]{8,}$ [json-pointer:/blocks/0/slack_file/id]",
    ),
    ([{"type": "table", "rows": []}], "unsupported type: table [json-pointer:/blocks/0/type]"),
    (
        [{**section("x"), "colour": "red"}],
        "invalid additional property: colour [json-pointer:/blocks/0]",
    ),
]


@pytest.mark.parametrize("blocks", INSIDE)
def test_what_is_just_inside_a_limit_passes(blocks: Json) -> None:
    """Nothing is refused at the limit itself."""
    assert said(blocks) == []


@pytest.mark.parametrize(("blocks", "problem"), OUTSIDE)
def test_what_is_just_outside_a_limit_is_refused(blocks: Json, problem: str) -> None:
    """One step past the limit is refused in Slack's words."""
    assert problem in said(blocks)


def modal(**more: Json) -> JsonObject:
    """Return a small modal with one input."""
    element: Json = {"type": "plain_text_input", "action_id": "a"}
    asked: Json = {"type": "input", "block_id": "b", "label": plain("Name"), "element": element}
    view: JsonObject = {"type": "modal", "title": plain("Fill"), "blocks": [asked]}
    return {**view, "submit": plain("Save"), **more}


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        (modal(), ""),
        (modal(title=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (modal(submit=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/submit/text]"),
        (modal(blocks=[section("x")] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
        (
            modal(private_metadata="x" * 3_001),
            "must be less than 3001 characters [json-pointer:/view/private_metadata]",
        ),
        (modal(submit=None), "must provide an object [json-pointer:/view/submit]"),
        (modal(colour="red"), "invalid additional property: colour [json-pointer:/view]"),
    ],
)
def test_a_modal_keeps_its_own_limits(view: JsonObject, problem: str) -> None:
    """Titles of 24, a hundred blocks, 3,000 characters of metadata, nothing unknown."""
    found = [str(entry) for entry in check_view(view, is_shown=lambda _file: True)]
    assert (problem in found) if problem else (found == [])


def test_a_modal_with_inputs_needs_a_submit_button() -> None:
    """Inputs without a submit button are refused."""
    view = {key: entry for key, entry in modal().items() if key != "submit"}
    found = [str(entry) for entry in check_view(view, is_shown=lambda _file: True)]
    assert found == ["missing required field: submit [json-pointer:/view]"]
