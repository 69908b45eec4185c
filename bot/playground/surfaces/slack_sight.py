"""What a person sees in the Slack double, as the driver's `Seen`: words without markup, buttons by label."""

import hashlib
from collections.abc import Sequence

from bot.playground.slack_controls import Control, controls_of, fields_of, words_of
from bot.playground.slack_json import Json, JsonObject, object_at, objects_at, read, text_at
from bot.playground.slack_record import Record
from bot.playground.slack_state import HeldFile, Modal, Post, Workspace
from bot.playground.slack_typing import decode
from bot.playground.surfaces.hands import Drawing
from bot.testing.people import Seen


def see_post(workspace: Workspace, post: Post, user: str) -> Seen:
    """Describe a post."""
    files = [workspace.files[file_id] for file_id in post.files]
    pictures = [hashlib.sha256(held.data).hexdigest() for held in (*files, *_pictures(workspace, post.blocks))]
    return Seen(
        key=f"slack:{post.channel}:{post.ts}:{post.edits if post.private_to else ''}",
        words=_words(post.blocks) or decode(post.text),
        buttons=tuple(control.label for control in controls_of(post.blocks)),
        pictures=tuple(pictures),
        documents=tuple(held.name for held in files),
        is_card=any(drawing.is_card for drawing in drawings_of(workspace.record, post)),
        is_private=post.private_to is not None,
        is_mine=post.user == user,
    )


def see_modal(modal: Modal) -> Seen:
    """Describe an open modal; each new content is something new to see."""
    blocks = objects_at(modal.view, "blocks")
    errors = "\n".join(modal.errors.values())
    return Seen(
        key=f"slack:{modal.id}:{modal.hash}:{len(errors)}",
        words=f"{_words(blocks)}\n{errors}".strip(),
        buttons=tuple(control.label for control in controls_of(blocks)),
        is_private=True,
    )


def has_inputs(modal: Modal) -> bool:
    """Tell whether there is something to fill in."""
    return bool(fields_of(objects_at(modal.view, "blocks")))


def drawings_of(record: Record, post: Post) -> tuple[Drawing[Control], ...]:
    """Give every drawing a post has had, from the traffic; the last is how it stands."""
    drawn = [_drawing(_blocks(exchange.request)) for exchange in record.exchanges if _is_about(exchange.answer, post)]
    return (*drawn[:-1], _drawing(post.blocks))


def _is_about(answer: Json, post: Post) -> bool:
    return text_at(answer, "ts") == post.ts and text_at(answer, "channel") == post.channel


def _blocks(request: Json) -> list[JsonObject]:
    blocks = request.get("blocks") if isinstance(request, dict) else None
    parsed = read(blocks) if isinstance(blocks, str) else blocks
    return [block for block in parsed if isinstance(block, dict)] if isinstance(parsed, list) else []


def _drawing(blocks: Sequence[JsonObject]) -> Drawing[Control]:
    keys = controls_of(blocks)
    return Drawing(tuple(key.label for key in keys), tuple(key.value for key in keys), keys)


def _words(blocks: Sequence[JsonObject]) -> str:
    """Read the blocks without the words that stand for pictures."""
    return decode(words_of([block for block in blocks if text_at(block, "type") not in {"image", "rich_text"}]))


def _pictures(workspace: Workspace, blocks: Sequence[JsonObject]) -> list[HeldFile]:
    named = [text_at(one, "slack_file", "id") for block in blocks for one in (block, object_at(block, "accessory"))]
    return [workspace.files[file_id] for file_id in named if file_id in workspace.files]
