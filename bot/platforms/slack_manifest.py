"""The Slack app manifest, made from what is registered, so that it cannot drift.

`python -m bot` prints it; the doubles grant exactly its scopes and send exactly its events.
"""

from collections.abc import Mapping

from pydantic import JsonValue

EVENTS: Mapping[str, tuple[str, ...]] = {
    "app_mention": ("app_mentions:read",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "reaction_added": ("reactions:read",),
}
"""What the bot listens to, and the scope each needs ("Events API")."""

CALLS: Mapping[str, tuple[str, ...]] = {
    "chat.postMessage": ("chat:write",),
    "conversations.open": ("im:write",),
    "files.completeUploadExternal": ("files:write",),
    "files.info": ("files:read",),
}
"""What the bot calls, and the scope each needs ("Web API methods")."""

COMMAND = "/glocal"
EVENTS_PATH = "/slack/events"


def event_types() -> tuple[str, ...]:
    """Return the `type` of every event to register: `message.im` arrives as `message`."""
    return tuple(dict.fromkeys(name.partition(".")[0] for name in EVENTS))


def scopes() -> tuple[str, ...]:
    """Return the bot scopes that events, calls and the command need."""
    listed = (*EVENTS.values(), *CALLS.values(), ("commands",))
    return tuple(sorted({scope for needed in listed for scope in needed}))


def manifest(public_url: str = "") -> dict[str, JsonValue]:
    """Return the manifest of an app served under an https address; without one, of an app in Socket Mode."""
    command: dict[str, JsonValue] = {
        "command": COMMAND,
        "description": "Local campaigns inside the brand's guardrails",
        "usage_hint": "help",
        "should_escape": True,
    }
    events: dict[str, JsonValue] = {"bot_events": [*sorted(EVENTS)]}
    presses: dict[str, JsonValue] = {"is_enabled": True}
    if public_url:
        address = f"{public_url.rstrip('/')}{EVENTS_PATH}"
        command["url"] = events["request_url"] = presses["request_url"] = address
    return {
        "display_information": {
            "name": "Glocal",
            "description": "Local campaigns inside the brand's guardrails, approved in a thread",
        },
        "features": {
            "app_home": {"messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            "bot_user": {"display_name": "Glocal", "always_online": True},
            "slash_commands": [command],
        },
        "oauth_config": {"scopes": {"bot": list(scopes())}},
        "settings": {
            "event_subscriptions": events,
            "interactivity": presses,
            "org_deploy_enabled": False,
            "socket_mode_enabled": not public_url,
            "token_rotation_enabled": False,
        },
    }
