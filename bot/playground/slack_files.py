"""Uploads and downloads of the Slack double: three steps up, visible late, bearer token down.

`files.*` methods for the API table, and the two plain routes (upload address, private address) that
`slack_api` serves.
"""

import asyncio
import contextlib
import secrets
from dataclasses import dataclass

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
        held.state = "processing"
    processing = _Processing(call, tuple(held_files), channel=place.id if place else "", thread_ts=thread_ts)
    call.workspace.processing.append(processing.finish)
    asyncio.get_running_loop().call_later(call.upload_delay_s, processing.finish)
    return {"files": [{"id": held.id, "title": held.title} for held in held_files]}


def file_info(call: Call) -> JsonObject:
    """Describe a file."""
    held = call.workspace.files.get(call.needed("file"))
    if held is None or held.state == "reserved":
        raise ApiRefusal("file_not_found")
    return {"file": file_json(call.workspace, held), "comments": []}


def take_upload(workspace: Workspace, secret: str, data: bytes) -> bool:
    """Keep the bytes posted to an upload address; False when there are not as many as promised."""
    held = workspace.files.get(workspace.upload_secrets.get(secret, ""))
    if held is None or len(data) != held.size_bytes:
        return False
    held.data = data
    return True


@dataclass(frozen=True, slots=True, eq=False)
class _Processing:
    """Uploads under way: they become ready together, and are shared where that was asked for."""

    call: Call
    held: tuple[HeldFile, ...]
    channel: str
    thread_ts: str | None

    def finish(self) -> None:
        if self.held[0].state == "ready":
            return
        with contextlib.suppress(ValueError):
            self.call.workspace.processing.remove(self.finish)
        for held in self.held:
            held.state = "ready"
        self.call.workspace.record.note()
        if self.channel:
            self._share()

    def _share(self) -> None:
        workspace = self.call.workspace
        post = Post(
            channel=self.channel,
            ts=workspace.next_ts(),
            user=workspace.bot.id,
            text=text_at(self.call.args, "initial_comment"),
            thread_ts=self.thread_ts,
            files=[held.id for held in self.held],
        )
        for held in self.held:
            held.shares.append((self.channel, post.ts))
        workspace.add_post(post)
        announce(self.call, post)


def _uploaded(call: Call, name: str) -> HeldFile:
    held = call.workspace.files.get(name)
    if held is None or not held.data or held.state != "reserved":
        raise ApiRefusal("file_not_found")
    return held
