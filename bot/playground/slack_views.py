"""The `views.*` methods of the Slack double: modals open by trigger, change by hash, stack to three."""

import secrets

from bot.playground.slack_call import ApiRefusal, Call
from bot.playground.slack_chat import with_ids
from bot.playground.slack_controls import fields_of
from bot.playground.slack_json import Json, JsonObject, objects_at
from bot.playground.slack_rules import check_view
from bot.playground.slack_state import Modal, Workspace, fresh_id
from bot.playground.slack_tickets import Trigger

MOST_STACKED = 3
MOST_VIEW_CHARS = 250_000


def open_view(call: Call) -> JsonObject:
    """Open a modal for the person behind the trigger; what they had open is closed."""
    view, trigger = checked(call, call.json("view")), _redeemed(call)
    for modal in call.workspace.modals_of(trigger.user):
        del call.workspace.modals[modal.id]
    return _opened(call, view, trigger)


def push_view(call: Call) -> JsonObject:
    """Put a modal on top of those the person has open."""
    view, trigger = checked(call, call.json("view")), _redeemed(call)
    stacked = len(call.workspace.modals_of(trigger.user))
    if not stacked:
        raise ApiRefusal("not_found")
    if stacked >= MOST_STACKED:
        raise ApiRefusal("push_limit_reached")
    return _opened(call, view, trigger)


def update_view(call: Call) -> JsonObject:
    """Replace the content of an open modal; an old hash is a conflict."""
    view = checked(call, call.json("view"))
    modal = call.workspace.modals.get(call.needed("view_id"))
    if modal is None:
        raise ApiRefusal("not_found")
    if call.optional("hash") not in {None, modal.hash}:
        raise ApiRefusal("hash_conflict")
    replace(call.workspace, modal, view)
    return {"view": view_json(call.workspace, modal)}


def checked(call: Call, view: Json) -> JsonObject:
    """Return the view with ids in all its blocks; refuse what Slack refuses."""
    if len(str(view)) > MOST_VIEW_CHARS:
        raise ApiRefusal("view_too_large")
    problems = check_view(view, is_shown=call.is_shown)
    if problems or not isinstance(view, dict):
        raise ApiRefusal("invalid_arguments", details=problems or ["missing required field: view"])
    return {**view, "blocks": list(with_ids(objects_at(view, "blocks")))}


def replace(workspace: Workspace, modal: Modal, view: JsonObject) -> None:
    """Give an open modal new content and a new hash; inputs whose ids stay keep what was typed."""
    shown = {(entry.block_id, entry.action_id) for entry in fields_of(objects_at(view, "blocks"))}
    modal.typed = {key: words for key, words in modal.typed.items() if key in shown}
    modal.view, modal.hash = view, new_hash(workspace)
    workspace.record.note()


def new_hash(workspace: Workspace) -> str:
    """Return a hash of Slack's form."""
    return f"{int(workspace.now())}.{secrets.token_hex(4)}"


def view_json(workspace: Workspace, modal: Modal, *, values: JsonObject | None = None) -> JsonObject:
    """Return a modal as answers and payloads show it."""
    defaults: JsonObject = {"private_metadata": "", "callback_id": "", "external_id": ""}
    return {
        **defaults,
        "clear_on_close": False,
        "notify_on_close": False,
        **modal.view,
        "id": modal.id,
        "team_id": workspace.team_id,
        "hash": modal.hash,
        "root_view_id": modal.id,
        "previous_view_id": None,
        "app_id": workspace.app_id,
        "bot_id": workspace.bot_id,
        "state": {"values": values or {}},
    }


def _redeemed(call: Call) -> Trigger:
    trigger = call.tickets.redeem_trigger(call.needed("trigger_id"))
    if isinstance(trigger, Trigger):
        return trigger
    raise ApiRefusal(trigger)


def _opened(call: Call, view: JsonObject, trigger: Trigger) -> JsonObject:
    modal = Modal(
        id=fresh_id("V"),
        user=trigger.user,
        view=view,
        hash=new_hash(call.workspace),
        channel=trigger.channel,
    )
    call.workspace.modals[modal.id] = modal
    call.workspace.record.note()
    return {"view": view_json(call.workspace, modal)}
