"""Uploads and downloads of the Slack double: three steps up, visible late, bearer token down.

`files.*` methods for the API table, and the two plain routes (upload address, private address) that
`slack_api` serves.
"""

import asyncio
import secrets
import time

from bot.playground.slack_call import ApiRefusal, Call
from bot.playground.slack_chat import announce
from bot.playground.slack_json import JsonObject, objects_at, text_at
from bot.playground.slack_shapes import file_json
from bot.playground.slack_state import HeldFile, Post, Workspace, fresh_id


def get_upload_url(call: Call) -> JsonObject:
    """Reserve a file id and an address for exactly `length` bytes."""
    name, given = call.needed("filename"), call.args.get("length")
    length = int(str(given)) if str(given or "").isdigit() else 0
    if length <= 0:
        raise ApiRefusal("invalid_arguments", details=["must be greater than 0 [json-pointer:/length]"])
    held = HeldFile(
        id=fresh_id("F"),
        name=name,
        title=name,
        user=call.workspace.bot.id,
        size_bytes=length,
        alt_text=text_at(call.args, "alt_txt"),
    )
    call.workspace.files[held.id] = held
    secret = f"{held.id}-{secrets.token_hex(8)}"
    call.workspace.upload_secrets[secret] = held.id
    return {"upload_url": f"{call.base_url}/upload/v1/{secret}", "file_id": held.id}


def complete_upload(call: Call) -> JsonObject:
    """Finish uploads; they become visible, and are shared, a moment later."""
    listed = objects_at({"files": call.json("files")}, "files")
    if not listed:
        raise ApiRefusal("invalid_arguments", details=["missing required field: files"])
    held_files = [_uploaded(call, text_at(item, "id")) for item in listed]
    channel = call.optional("channel_id") or call.optional("channels")
    place = call.place("channel_id" if call.optional("channel_id") else "channels") if channel else None
    thread_ts = call.optional("thread_ts")
    if place and thread_ts and call.workspace.find_post(place.id, thread_ts) is None:
        raise ApiRefusal("thread_not_found")
    for held, item in zip(held_files, listed, strict=True):
        held.title = text_at(item, "title") or held.name
        held.ready_at = time.monotonic() + call.upload_delay_s
    if place:
        share = _Share(call, place.id, thread_ts, tuple(held_files))
        asyncio.get_running_loop().call_later(call.upload_delay_s, share.appear)
    return {"files": [{"id": held.id, "title": held.title} for held in held_files]}


def file_info(call: Call) -> JsonObject:
    """Describe a file."""
    held = call.workspace.files.get(call.needed("file"))
    if held is None or held.ready_at is None:
        raise ApiRefusal("file_not_found")
    return {"file": file_json(call.workspace, held), "comments": []}


def take_upload(workspace: Workspace, secret: str, data: bytes) -> bool:
    """Keep the bytes posted to an upload address; False when there are not as many as promised."""
    held = workspace.files.get(workspace.upload_secrets.get(secret, ""))
    if held is None or len(data) != held.size_bytes:
        return False
    held.data = data
    return True


class _Share:
    """A file share that appears once its files are processed."""

    def __init__(self, call: Call, channel: str, thread_ts: str | None, held: tuple[HeldFile, ...]) -> None:
        self._call, self._channel, self._thread_ts, self._held = call, channel, thread_ts, held

    def appear(self) -> None:
        workspace = self._call.workspace
        post = Post(
            channel=self._channel,
            ts=workspace.next_ts(),
            user=workspace.bot.id,
            text=text_at(self._call.args, "initial_comment"),
            thread_ts=self._thread_ts,
            files=[held.id for held in self._held],
        )
        for held in self._held:
            held.shares.append((self._channel, post.ts))
        workspace.add_post(post)
        announce(self._call, post)


def _uploaded(call: Call, name: str) -> HeldFile:
    held = call.workspace.files.get(name)
    if held is None or not held.data or held.ready_at is not None:
        raise ApiRefusal("file_not_found")
    return held
