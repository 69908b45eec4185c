"""The double's remote control under `/_control/`: the same acts over HTTP, for another process.

The fault tests run the double in a process of its own and act through `slack_remote`; a person may use
curl. JSON in, JSON out; an act that Slack's client would not allow answers 409.
"""

import base64
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import TypeAlias

from aiohttp import web

from bot.playground.slack_controls import controls_of
from bot.playground.slack_double import SlackDouble
from bot.playground.slack_events import Ack
from bot.playground.slack_forms import CannotDo
from bot.playground.slack_json import JsonObject, object_at, read, text_at
from bot.playground.slack_state import Modal, Post

Act: TypeAlias = Callable[[SlackDouble, JsonObject], Awaitable[JsonObject]]


def add_control(double: SlackDouble) -> None:
    """Mount the remote control on a double; before it starts."""

    async def act(request: web.Request) -> web.Response:
        parsed = read(await request.text())
        try:
            run = ACTS[request.match_info["act"]]
            answer = await run(double, parsed if isinstance(parsed, dict) else {})
        except (CannotDo, LookupError) as failure:
            problem = f"{type(failure).__name__}: {failure}"
            return web.json_response({"problem": problem}, status=409)
        return web.json_response(answer)

    double.app.router.add_post("/_control/{act}", act)


async def _say(double: SlackDouble, args: JsonObject) -> JsonObject:
    user, channel, text = (text_at(args, key) for key in ("user", "channel", "text"))
    thread_ts = text_at(args, "thread_ts") or None
    return _post_json(double.people.say(user, channel, text, thread_ts=thread_ts))


async def _upload(double: SlackDouble, args: JsonObject) -> JsonObject:
    user, channel, name = (text_at(args, key) for key in ("user", "channel", "name"))
    data = base64.b64decode(text_at(args, "data_base64"))
    comment = text_at(args, "comment")
    return _post_json(double.people.upload(user, channel, name, data, comment=comment))


async def _press(double: SlackDouble, args: JsonObject) -> JsonObject:
    target = _target(double, args)
    return _ack_json(await double.people.press(text_at(args, "user"), target, text_at(args, "what")))


async def _submit(double: SlackDouble, args: JsonObject) -> JsonObject:
    modal = double.workspace.modals[text_at(args, "view")]
    values = {key: str(entry) for key, entry in object_at(args, "values").items()}
    return _ack_json(await double.people.submit(text_at(args, "user"), modal, values))


async def _command(double: SlackDouble, args: JsonObject) -> JsonObject:
    user, channel, text = (text_at(args, key) for key in ("user", "channel", "text"))
    return _ack_json(await double.people.command(user, channel, text))


async def _react(double: SlackDouble, args: JsonObject) -> JsonObject:
    double.people.react(text_at(args, "user"), _post(double, args), text_at(args, "emoji"))
    return {}


async def _unreact(double: SlackDouble, args: JsonObject) -> JsonObject:
    double.people.unreact(text_at(args, "user"), _post(double, args), text_at(args, "emoji"))
    return {}


async def _edit(double: SlackDouble, args: JsonObject) -> JsonObject:
    double.people.edit(text_at(args, "user"), _post(double, args), text_at(args, "text"))
    return {}


async def _add_person(double: SlackDouble, args: JsonObject) -> JsonObject:
    name, user_id = text_at(args, "name"), text_at(args, "id")
    person = double.workspace.add_person(name, user_id=user_id)
    return {"id": person.id, "direct": double.workspace.open_direct(person.id).id}


async def _add_channel(double: SlackDouble, args: JsonObject) -> JsonObject:
    members = args.get("members")
    users = tuple(str(m) for m in members) if isinstance(members, list) else ()
    name, channel_id = text_at(args, "name"), text_at(args, "id")
    return {"id": double.workspace.add_channel(name, channel_id=channel_id, members=users).id}


async def _bot_url(double: SlackDouble, args: JsonObject) -> JsonObject:
    double.bot_url = text_at(args, "url")
    return {}


async def _fault(double: SlackDouble, args: JsonObject) -> JsonObject:
    """Plan trouble: `kind` is limit, fail or lose."""
    method, times = text_at(args, "method"), _number(args, "times", otherwise=1)
    match text_at(args, "kind"):
        case "limit":
            double.faults.limit(method, times=times, retry_after_s=_number(args, "retry_after_s", otherwise=1))
        case "fail":
            double.faults.fail(method, error=text_at(args, "error") or "internal_error", times=times)
        case "lose":
            double.faults.lose(method, times=times)
        case other:
            raise LookupError(f"no such fault: {other}")
    return {}


async def _hold(double: SlackDouble, _args: JsonObject) -> JsonObject:
    double.sender.hold()
    return {}


async def _release(double: SlackDouble, args: JsonObject) -> JsonObject:
    seed = args.get("seed")
    shuffled = random.Random(seed) if isinstance(seed, int) else None  # noqa: S311 - an order, not a secret
    return {"sent": double.sender.release(copies=_number(args, "copies", otherwise=1), shuffled=shuffled)}


async def _delivered(double: SlackDouble, _args: JsonObject) -> JsonObject:
    await double.sender.delivered()
    return {}


async def _state(double: SlackDouble, _args: JsonObject) -> JsonObject:
    workspace = double.workspace
    return {
        "change": workspace.record.changes,
        "posts": [_post_json(post) for post in workspace.posts],
        "modals": [{"id": modal.id, "user": modal.user, "view": modal.view} for modal in workspace.modals.values()],
        "files": [
            {"id": held.id, "name": held.name, "user": held.user, "size": len(held.data)}
            for held in workspace.files.values()
        ],
        "calls": [
            {"number": e.number, "name": e.name, "direction": e.direction, "status": e.status}
            for e in workspace.record.exchanges
        ],
    }


ACTS: Mapping[str, Act] = {
    "say": _say,
    "upload": _upload,
    "press": _press,
    "submit": _submit,
    "command": _command,
    "react": _react,
    "unreact": _unreact,
    "edit": _edit,
    "person": _add_person,
    "channel": _add_channel,
    "bot_url": _bot_url,
    "fault": _fault,
    "hold": _hold,
    "release": _release,
    "delivered": _delivered,
    "state": _state,
}


def _number(args: JsonObject, key: str, *, otherwise: int) -> int:
    found = args.get(key)
    return found if isinstance(found, int) else otherwise


def _post(double: SlackDouble, args: JsonObject) -> Post:
    channel, ts = text_at(args, "channel"), text_at(args, "ts")
    found = [p for p in double.workspace.posts if p.channel == channel and p.ts == ts]
    if not found:
        raise LookupError(f"no post {ts} in {channel}")
    return found[0]


def _target(double: SlackDouble, args: JsonObject) -> Post | Modal:
    view = text_at(args, "view")
    return double.workspace.modals[view] if view else _post(double, args)


def _ack_json(ack: Ack) -> JsonObject:
    return {"ok": ack.is_ok, "status": ack.status, "body": ack.body, "problem": ack.problem}


def _post_json(post: Post) -> JsonObject:
    return {
        "channel": post.channel,
        "ts": post.ts,
        "user": post.user,
        "text": post.text,
        "blocks": list(post.blocks),
        "thread_ts": post.thread_ts,
        "private_to": post.private_to,
        "files": list(post.files),
        "deleted": post.deleted,
        "edits": post.edits,
        "reactions": {name: list(users) for name, users in post.reactions.items()},
        "controls": [asdict(control) for control in controls_of(post.blocks)],
    }
