"""How the double's state looks in Slack's JSON: posts, people, places, files.

Pure. The API answers with these shapes and the events carry them.
"""

import mimetypes

from bot.playground.slack_json import Json, JsonObject
from bot.playground.slack_state import HeldFile, Person, Place, Post, Workspace

_KINDS = (
    (b"\x89PNG", "png", "image/png"),
    (b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (b"GIF8", "gif", "image/gif"),
    (b"%PDF", "pdf", "application/pdf"),
    (b"OggS", "ogg", "audio/ogg"),
)


def post_json(workspace: Workspace, post: Post) -> JsonObject:
    """Return a post as `chat.postMessage` answers it and `message` events carry it."""
    body: JsonObject = {
        "type": "message",
        "user": post.user,
        "text": post.text,
        "ts": post.ts,
        "team": workspace.team_id,
    }
    if post.blocks:
        body["blocks"] = list(post.blocks)
    if post.user == workspace.bot.id:
        body |= {"bot_id": workspace.bot_id, "app_id": workspace.app_id}
    if post.thread_ts or workspace.has_replies(post):
        body["thread_ts"] = post.thread_ts or post.ts
    if post.edits:
        body["edited"] = {"user": post.user, "ts": post.ts}
    if post.files:
        body["files"] = [file_json(workspace, workspace.files[name]) for name in post.files]
    if post.reactions:
        body["reactions"] = reactions_json(post)
    return body


def reactions_json(post: Post) -> list[Json]:
    """Return a post's reactions as Slack groups them."""
    return [
        {"name": name, "users": list(users), "count": len(users)} for name, users in post.reactions.items() if users
    ]


def person_json(workspace: Workspace, person: Person) -> JsonObject:
    """Return a person as `users.info` answers."""
    return {
        "id": person.id,
        "team_id": workspace.team_id,
        "name": person.name,
        "deleted": person.deleted,
        "real_name": person.real_name,
        "tz": person.tz,
        "locale": person.locale,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "profile": {"real_name": person.real_name, "display_name": person.name},
    }


def place_json(place: Place) -> JsonObject:
    """Return a conversation as `conversations.info` answers."""
    if place.is_direct:
        return {"id": place.id, "is_im": True, "user": place.name, "is_archived": place.archived}
    return {
        "id": place.id,
        "name": place.name,
        "is_channel": True,
        "is_im": False,
        "is_private": False,
        "is_archived": place.archived,
        "is_member": True,
        "num_members": len(place.members),
    }


def file_kind(data: bytes, name: str = "") -> tuple[str, str]:
    """Return Slack's file type and the media type, read from the first bytes, else from the name."""
    for start, short, media in _KINDS:
        if data.startswith(start):
            return short, media
    guessed, _ = mimetypes.guess_type(name)
    ending = name.rpartition(".")[2]
    if guessed and not guessed.startswith("image/"):
        return ending, guessed
    return "binary", "application/octet-stream"


def file_json(workspace: Workspace, held: HeldFile) -> JsonObject:
    """Return a file as `files.info` answers; before it is processed the type is still empty."""
    short, media = file_kind(held.data, held.name) if held.state == "ready" else ("", "")
    address = f"{workspace.base_url}/files-pri/{workspace.team_id}-{held.id}"
    shares: JsonObject = {}
    for channel, ts in held.shares:
        shares[channel] = [{"ts": ts}]
    return {
        "id": held.id,
        "name": held.name,
        "title": held.title,
        "user": held.user,
        "mimetype": media,
        "filetype": short,
        "size": held.size_bytes,
        "mode": "hosted",
        "alt_txt": held.alt_text,
        "url_private": f"{address}/{held.name}",
        "url_private_download": f"{address}/download/{held.name}",
        "permalink": f"{workspace.base_url}/files/{held.user}/{held.id}/{held.name}",
        "shares": {"public": shares} if shares else {},
    }
