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


def manifest(public_url: str) -> dict[str, JsonValue]:
    """Return the manifest of an app that is served under an https address."""
    address = f"{public_url.rstrip('/')}{EVENTS_PATH}"
    events: list[JsonValue] = [*sorted(EVENTS)]
    command: JsonValue = {
        "command": COMMAND,
        "url": address,
        "description": "Local campaigns inside the brand's guardrails",
        "usage_hint": "help",
        "should_escape": True,
    }
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
            "event_subscriptions": {"request_url": address, "bot_events": events},
            "interactivity": {"is_enabled": True, "request_url": address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": False,
            "token_rotation_enabled": False,
        },
    }
