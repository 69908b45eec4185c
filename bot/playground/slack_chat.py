"""The `chat.*` methods and the response URLs of the Slack double.

Posting, editing and deleting as Slack allows them: text always, blocks inside the limits, threads that
exist, nobody else's posts, and never an ephemeral post by `chat.update`.
"""

import base64
import secrets
from collections.abc import Sequence

from bot.playground.slack_call import ApiRefusal, Call
from bot.playground.slack_json import Json, JsonObject, object_at, objects_at, text_at
from bot.playground.slack_rules import MOST_TEXT, check_blocks, check_view
from bot.playground.slack_shapes import post_json
from bot.playground.slack_state import Post
from bot.playground.slack_tickets import ResponseTicket


def post_message(call: Call) -> JsonObject:
    """Post to a channel, a thread, or (by user id) a direct conversation."""
    place = call.place()
    post = Post(
        channel=place.id,
        ts=call.workspace.next_ts(),
        user=call.workspace.bot.id,
        text=_text(call),
        blocks=_blocks(call),
        thread_ts=_thread(call, place.id),
    )
    call.workspace.add_post(post)
    announce(call, post)
    return {"channel": place.id, "ts": post.ts, "message": post_json(call.workspace, post)}


def post_ephemeral(call: Call) -> JsonObject:
    """Show a post to one person of a channel."""
    place = call.place()
    user = call.needed("user")
    if user not in place.members:
        raise ApiRefusal("user_not_in_channel")
    post = Post(
        channel=place.id,
        ts=call.workspace.next_ts(),
        user=call.workspace.bot.id,
        text=_text(call),
        blocks=_blocks(call),
        thread_ts=_thread(call, place.id),
        private_to=user,
    )
    call.workspace.add_post(post)
    return {"message_ts": post.ts}


def update(call: Call) -> JsonObject:
    """Edit one of the bot's own posts; blocks that are not given stay."""
    post = _own(call, otherwise="cant_update_message")
    text, has_blocks = _text(call), call.args.get("blocks") is not None
    blocks = _blocks(call)
    before = post_json(call.workspace, post)
    post.text = text
    post.blocks = blocks if has_blocks else post.blocks
    post.edits += 1
    call.workspace.record.note()
    announce_edit(call, post, before=before)
    return {"channel": post.channel, "ts": post.ts, "text": post.text}


def delete(call: Call) -> JsonObject:
    """Delete one of the bot's own posts."""
    post = _own(call, otherwise="cant_delete_message")
    post.deleted = True
    call.workspace.record.note()
    return {"channel": post.channel, "ts": post.ts}


def permalink(call: Call) -> JsonObject:
    """Return the address of a post."""
    place = call.place()
    post = call.workspace.find_post(place.id, call.needed("message_ts"))
    if post is None:
        raise ApiRefusal("message_not_found")
    address = f"https://glocal.slack.com/archives/{place.id}/p{post.ts.replace('.', '')}"
    return {"channel": place.id, "permalink": address}


def validate(call: Call) -> JsonObject:
    """Check blocks or a view without posting them, as `blocks.validate` does."""
    given = [key for key in ("blocks", "view") if call.args.get(key) is not None]
    if len(given) != 1:
        raise ApiRefusal("invalid_arguments", details=["must provide exactly one of `blocks`, `view`, or `message`"])
    what, check = given[0], check_view if given == ["view"] else check_blocks
    problems = check(call.json(what), is_shown=call.is_shown)
    if not problems:
        return {}
    errors: list[Json] = [
        {"code": "failed_constraint", "message": p.text, "pointer": p.pointer.removeprefix(f"/{what}")}
        for p in problems
    ]
    raise ApiRefusal(f"invalid_{what}", fields={"errors": errors})


def respond(call: Call, ticket: ResponseTicket) -> None:
    """Carry out one use of a response URL: a new post, or the pressed one replaced or deleted."""
    if call.args.get("delete_original") is True:
        if ticket.post is not None:
            ticket.post.deleted = True
        call.workspace.record.note()
        return
    text, blocks = text_at(call.args, "text"), _blocks(call)
    if not text and not blocks:
        raise ApiRefusal("no_text")
    if call.args.get("replace_original") is True and ticket.post is not None:
        ticket.post.text, ticket.post.blocks = text, blocks
        ticket.post.edits += 1
        call.workspace.record.note()
        return
    everybody = text_at(call.args, "response_type") == "in_channel"
    post = Post(
        channel=ticket.channel,
        ts=call.workspace.next_ts(),
        user=call.workspace.bot.id,
        text=text,
        blocks=blocks,
        thread_ts=text_at(call.args, "thread_ts") or None,
        private_to=None if everybody else ticket.user,
    )
    call.workspace.add_post(post)
    if everybody:
        announce(call, post)


def announce(call: Call, post: Post) -> None:
    """Tell the bot of a post, its own included, as Slack does."""
    body = post_json(call.workspace, post)
    call.emit({**body, "channel": post.channel, "event_ts": post.ts})


def announce_edit(call: Call, post: Post, *, before: JsonObject) -> None:
    """Tell the bot of an edit."""
    event: JsonObject = {
        "type": "message",
        "subtype": "message_changed",
        "channel": post.channel,
        "message": post_json(call.workspace, post),
        "previous_message": before,
        "ts": call.workspace.next_ts(),
    }
    call.emit({**event, "event_ts": event["ts"]})


def with_ids(blocks: Sequence[JsonObject]) -> list[JsonObject]:
    """Give blocks and elements without an id one, as Slack does."""
    named: list[JsonObject] = []
    for block in blocks:
        copy = {"block_id": base64.b64encode(secrets.token_bytes(4)).decode()[:5], **block}
        if text_at(block, "type") == "actions":
            copy["elements"] = [_with_action(item) for item in objects_at(block, "elements")]
        for key in ("accessory", "element"):
            if object_at(block, key):
                copy[key] = _with_action(object_at(block, key))
        named.append(copy)
    return named


def _with_action(element: JsonObject) -> JsonObject:
    if text_at(element, "type") == "image":
        return element
    return {"action_id": secrets.token_hex(3), **element}


def _text(call: Call) -> str:
    text = text_at(call.args, "text")
    if not text.strip():
        raise ApiRefusal("no_text")
    if len(text) > MOST_TEXT:
        raise ApiRefusal("msg_too_long")
    return text


def _blocks(call: Call) -> list[JsonObject]:
    if call.args.get("blocks") is None:
        return []
    given = call.json("blocks")
    if not isinstance(given, list):
        raise ApiRefusal("invalid_blocks_format")
    problems = check_blocks(given, is_shown=call.is_shown)
    if problems:
        raise ApiRefusal("invalid_blocks", details=problems)
    return with_ids([block for block in given if isinstance(block, dict)])


def _thread(call: Call, channel: str) -> str | None:
    ts = call.optional("thread_ts")
    if ts is None:
        return None
    parent = call.workspace.find_post(channel, ts)
    if parent is None:
        raise ApiRefusal("thread_not_found")
    if parent.thread_ts not in {None, parent.ts}:
        raise ApiRefusal("cannot_reply_to_message")
    return ts


def _own(call: Call, *, otherwise: str) -> Post:
    post = call.workspace.find_post(call.place().id, call.needed("ts"))
    if post is None:
        raise ApiRefusal("message_not_found")
    if post.user != call.workspace.bot.id:
        raise ApiRefusal(otherwise)
    return post
