"""The app manifest follows from what is registered and called."""

import ast
from pathlib import Path

import bot.platforms.slack
from bot.platforms.slack_doctor import examine
from bot.platforms.slack_manifest import CALLS, EVENTS, event_types, manifest
from bot.playground.slack_api import METHODS
from bot.playground.slack_double import SlackDouble
from bot.playground.slack_json import text_at, value_at
from tests.platforms.conftest import SlackStage

ROOM = Path(bot.platforms.slack.__file__).parent
FREE = {
    "auth.test",
    "blocks.validate",
    "chat.postEphemeral",
    "chat.update",
    "files.getUploadURLExternal",
    "views.open",
    "views.update",
}
"""Calls that need no scope, or one that another listed call asks for."""


def called_methods() -> set[str]:
    """Return the Web API methods that the room's code calls."""
    called = {"blocks.validate"}  # by name: the SDK has no method for it
    for file in ROOM.glob("slack*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Attribute) and (method := node.attr.replace("_", ".", 1)) in METHODS:
                called.add(method)
    return called


def test_every_call_and_event_has_its_scope() -> None:
    """What the code calls is listed, and the double's scopes are granted by the manifest."""
    called = called_methods()
    assert len(called) >= 8
    assert called == set(CALLS) | FREE
    made = manifest("https://bot.example/")
    granted = value_at(made, "oauth_config", "scopes", "bot")
    assert isinstance(granted, list)
    for method in called:
        scopes = METHODS[method].scopes
        assert not scopes or set(scopes) & set(granted), method
    assert {scope for scopes in EVENTS.values() for scope in scopes} <= set(granted)


async def test_every_subscribed_event_has_a_listener(slack: SlackStage) -> None:
    """The manifest's events are the ones the bolt app listens to."""
    registered = slack.platform._running.app._async_listeners
    names = [listener.ack_function.__name__ for listener in registered]
    assert names.count("hear") == len(event_types())
    assert {"obey", "press", "press_for_form", "take_form"} <= set(names)


def test_the_manifest_leads_to_the_served_address() -> None:
    """Events, commands and interactions go to one path of the public address."""
    made = manifest("https://bot.example/")
    events = text_at(made, "settings", "event_subscriptions", "request_url")
    presses = text_at(made, "settings", "interactivity", "request_url")
    assert events == presses == "https://bot.example/slack/events"


def test_without_an_address_the_app_uses_a_socket() -> None:
    """The manifest then names no address anywhere."""
    made = manifest()
    assert value_at(made, "settings", "socket_mode_enabled") is True
    assert "https://" not in str(made)


async def test_the_doctor_finds_what_the_app_lacks(slack: SlackStage) -> None:
    """A good app has no problems; a wrong token, missing scopes and a dead address are each named."""
    double = slack.double
    assert await examine(double.token, base_url=double.base_url) == ()
    assert await examine("xoxb-wrong", base_url=double.base_url) == ("Slack refuses the token: invalid_auth",)
    async with SlackDouble(manifest={"oauth_config": {"scopes": {"bot": ["chat:write"]}}}) as poor:
        (problem,) = await examine(poor.token, base_url=poor.base_url)
        base_url = poor.base_url
    assert "files:write" in problem
    (problem,) = await examine("x", base_url=base_url)
    assert "cannot be reached" in problem
