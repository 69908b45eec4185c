"""Presses and modals of the Slack double: the payloads Slack sends, and what its answers do.

`slack_people` uses it. A submission's answer is held to Slack's rules: errors must name inputs that
exist, a new view must be a valid one.
"""

from dataclasses import replace

from bot.playground.slack_call import ApiRefusal, Call
from bot.playground.slack_controls import Control, Field, fields_of
from bot.playground.slack_events import Ack, Sender
from bot.playground.slack_json import Json, JsonObject, object_at, objects_at, read, text_at
from bot.playground.slack_shapes import post_json
from bot.playground.slack_state import Modal, Post
from bot.playground.slack_views import checked, view_json
from bot.playground.slack_views import replace as replace_view


class CannotDo(Exception):
    """A person tried what Slack's own client would not let them do."""


class Forms:
    """Sends block actions and view submissions of one workspace."""

    def __init__(self, call: Call, sender: Sender) -> None:
        self._call = call
        self._workspace = call.workspace
        self._sender = sender

    async def press(self, user: str, target: Post | Modal, control: Control) -> Ack:
        """Send a `block_actions` payload."""
        channel = target.channel
        payload: JsonObject = {
            "type": "block_actions",
            **self._who(user),
            "trigger_id": self._call.tickets.issue_trigger(user, channel=channel),
            "state": {"values": {}},
            "actions": [self._action(control)],
        }
        payload |= self._of_post(user, target) if isinstance(target, Post) else self._of_view(target)
        return await self._sender.interact("block_actions", payload)

    async def submit(self, user: str, modal: Modal, values: dict[str, str]) -> Ack:
        """Send a `view_submission` and carry out the answer."""
        if modal.id not in self._workspace.modals or modal.user != user:
            raise CannotDo("that modal is not open")
        fields = fields_of(objects_at(modal.view, "blocks"))
        state = _filled(modal, fields, values)
        payload: JsonObject = {
            "type": "view_submission",
            **self._who(user),
            "trigger_id": self._call.tickets.issue_trigger(user, channel=modal.channel),
            "view": view_json(self._workspace, modal, values=state),
            "response_urls": [],
        }
        ack = await self._sender.interact("view_submission", payload)
        return self._carry_out(modal, ack, fields) if ack.is_ok else ack

    def _carry_out(self, modal: Modal, ack: Ack, fields: tuple[Field, ...]) -> Ack:
        answer = read(ack.body)
        action = text_at(answer, "response_action")
        if not ack.body.strip() or action == "clear":
            self._workspace.modals.pop(modal.id, None)
            self._workspace.record.note()
            return ack
        if action == "errors":
            errors = object_at(answer, "errors")
            known = {field.block_id for field in fields}
            if not errors or not known.issuperset(errors):
                return replace(ack, problem="errors must name block_ids of inputs in the view")
            modal.errors = {key: str(entry) for key, entry in errors.items()}
            self._workspace.record.note()
            return ack
        if action == "update":
            return self._update(modal, ack, object_at(answer, "view"))
        return replace(ack, problem=f"unknown response_action: {action}")

    def _update(self, modal: Modal, ack: Ack, view: JsonObject) -> Ack:
        try:
            replace_view(self._workspace, modal, checked(self._call, view))
        except ApiRefusal as refusal:
            return replace(ack, problem=f"{refusal.error}: {'; '.join(refusal.details)}")
        modal.errors = {}
        return ack

    def _who(self, user: str) -> JsonObject:
        name, team = self._workspace.people[user].name, self._workspace.team_id
        return {
            "user": {"id": user, "username": name, "name": name, "team_id": team},
            "api_app_id": self._workspace.app_id,
            "token": "made-up",
            "team": {"id": team, "domain": "glocal"},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _action(self, control: Control) -> JsonObject:
        label: Json = {"type": "plain_text", "text": control.label, "emoji": True}
        action: JsonObject = {
            "type": control.kind,
            "block_id": control.block_id,
            "action_id": control.action_id,
            "action_ts": self._workspace.next_ts(),
        }
        if control.kind == "button":
            return {**action, "text": label, "value": control.value}
        return {**action, "selected_option": {"text": label, "value": control.value}}

    def _of_post(self, user: str, post: Post) -> JsonObject:
        place = self._workspace.places[post.channel]
        secret = self._call.tickets.issue_response(user, channel=post.channel, post=post)
        container: JsonObject = {
            "type": "message",
            "message_ts": post.ts,
            "channel_id": post.channel,
            "is_ephemeral": post.private_to is not None,
        }
        if post.thread_ts or self._workspace.has_replies(post):
            container["thread_ts"] = post.thread_ts or post.ts
        found: JsonObject = {
            "container": container,
            "channel": {
                "id": place.id,
                "name": "directmessage" if place.is_direct else place.name,
            },
            "response_url": f"{self._call.base_url}/actions/{self._workspace.team_id}/{secret}",
        }
        if post.private_to is None:
            found["message"] = post_json(self._workspace, post)
        return found

    def _of_view(self, modal: Modal) -> JsonObject:
        return {
            "container": {"type": "view", "view_id": modal.id},
            "view": view_json(self._workspace, modal),
        }


def _filled(modal: Modal, fields: tuple[Field, ...], values: dict[str, str]) -> JsonObject:
    unknown = set(values) - {name for f in fields for name in (f.label, f.block_id, f.action_id)}
    if unknown:
        raise CannotDo(f"the modal has no {', '.join(sorted(unknown))}")
    state: JsonObject = {}
    for entry in fields:
        names = (entry.label, entry.block_id, entry.action_id)
        key = (entry.block_id, entry.action_id)
        given = next((values[name] for name in names if name in values), modal.typed.get(key, entry.initial))
        if not given and not entry.is_optional:
            raise CannotDo(f"“{entry.label}” must be filled")
        if len(given) > entry.most:
            raise CannotDo(f"“{entry.label}” takes at most {entry.most} characters")
        modal.typed[key] = given
        state[entry.block_id] = {entry.action_id: _typed(entry, given)}
    return state


def _typed(entry: Field, given: str) -> JsonObject:
    if entry.kind == "datepicker":
        return {"type": entry.kind, "selected_date": given or None}
    if entry.kind in {"static_select", "radio_buttons"}:
        label = next((key for key, value in entry.options if given in {key, value}), None)
        chosen = next((value for key, value in entry.options if key == label), None)
        if given and chosen is None:
            raise CannotDo(f"“{entry.label}” has no option {given}")
        option: Json = {"text": {"type": "plain_text", "text": label}, "value": chosen}
        return {"type": entry.kind, "selected_option": option if given else None}
    return {"type": entry.kind, "value": given or None}
