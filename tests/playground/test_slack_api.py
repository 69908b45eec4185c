"""The double's Web API, spoken to by the real slack_sdk client: it refuses with Slack's own words."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack_double import SlackDouble
from bot.playground.slack_json import JsonObject
from bot.playground.slack_state import Person, Place

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


async def refused(client: AsyncWebClient, method: str, **args: object) -> str:
    """Return the error Slack answers."""
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=args)
    error = caught.value.response["error"]
    assert isinstance(error, str)
    return error


async def test_a_post_gets_a_unique_ts_and_can_be_edited(
    slack: SlackDouble, client: AsyncWebClient, approvals: Place
) -> None:
    """Two posts in the same instant have different ts, and an edit shows."""
    first = await client.chat_postMessage(channel=approvals.id, text="one")
    second = await client.chat_postMessage(channel=approvals.id, text="two")
    assert first["ts"] < second["ts"]
    await client.chat_update(channel=approvals.id, ts=first["ts"], text="uno")
    assert [post.text for post in slack.workspace.standing(approvals.id)] == ["uno", "two"]


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("chat.postMessage", {"channel": "C0NOWHERE0", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "@", "text": ""}, "no_text"),
        ("chat.postMessage", {"channel": "@", "blocks": [{"type": "divider"}]}, "no_text"),
        ("chat.postMessage", {"channel": "@", "text": "x" * 40_001}, "msg_too_long"),
        ("chat.postMessage", {"channel": "@", "text": "x", "blocks": {}}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": "@", "text": "x", "thread_ts": "1.2"}, "thread_not_found"),
        ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
        ("chat.update", {"channel": "@", "ts": "1.2", "text": "x"}, "message_not_found"),
        ("chat.delete", {"channel": "@", "ts": "1.2"}, "message_not_found"),
        ("chat.postEphemeral", {"channel": "@", "user": "U0NO", "text": "x"}, "user_not_in_channel"),
        ("views.open", {"trigger_id": "1.2.a", "view": {"type": "modal"}}, "invalid_arguments"),
        ("views.update", {"view_id": "V0NO", "view": {}}, "invalid_arguments"),
        ("users.info", {"user": "U0NOBODY00"}, "user_not_found"),
        ("conversations.open", {"users": "U0NOBODY00"}, "user_not_found"),
        ("conversations.info", {"channel": "C0NO"}, "channel_not_found"),
        ("files.info", {"file": "F0NO"}, "file_not_found"),
        ("files.getUploadURLExternal", {"filename": "a.png", "length": 0}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": [{"id": "F0NO"}]}, "file_not_found"),
        ("reactions.add", {"channel": "@", "timestamp": "1.2", "name": "x"}, "message_not_found"),
        ("blocks.validate", {}, "invalid_arguments"),
        ("blocks.validate", {"view": {"type": "modal"}}, "invalid_view"),
        ("chat.scheduleMessage", {}, "unknown_method"),
    ],
)
async def test_what_slack_refuses_is_refused(
    client: AsyncWebClient, approvals: Place, method: str, args: dict[str, object], error: str
) -> None:
    """Each wrong call gets the error text of the real API."""
    filled = {key: approvals.id if entry == "@" else entry for key, entry in args.items()}
    assert await refused(client, method, **filled) == error


async def test_a_token_is_needed(slack: SlackDouble, approvals: Place) -> None:
    """Without a token it is not_authed, with a wrong one invalid_auth."""
    for token, error in ((None, "not_authed"), ("xoxb-other", "invalid_auth")):
        async with aiohttp.ClientSession() as session:
            stranger = AsyncWebClient(token=token, base_url=slack.base_url, session=session)
            assert await refused(stranger, "auth.test") == error


async def test_a_scope_is_needed_where_a_manifest_grants_too_little(approvals: Place) -> None:
    """With a manifest, a method without its scope answers missing_scope and names it."""
    manifest: JsonObject = {"oauth_config": {"scopes": {"bot": ["chat:write"]}}}
    async with (
        SlackDouble(manifest=manifest) as double,
        aiohttp.ClientSession() as session,
    ):
        client = AsyncWebClient(token=double.token, base_url=double.base_url, session=session)
        with pytest.raises(SlackApiError) as caught:
            await client.users_info(user="U0SAM")
        assert caught.value.response["error"] == "missing_scope"
        assert caught.value.response["needed"] == "users:read"


async def test_a_post_of_somebody_else_cannot_be_edited(
    slack: SlackDouble, client: AsyncWebClient, approvals: Place, sam: Person
) -> None:
    """The bot edits and deletes its own posts only."""
    theirs = slack.people.say(sam.id, approvals.id, "mine")
    where = {"channel": approvals.id, "ts": theirs.ts}
    assert await refused(client, "chat.update", **where, text="no") == "cant_update_message"
    assert await refused(client, "chat.delete", **where) == "cant_delete_message"


async def test_an_ephemeral_post_is_private_and_cannot_be_edited(
    slack: SlackDouble, client: AsyncWebClient, approvals: Place, sam: Person
) -> None:
    """Only its person sees it, and chat.update does not find it."""
    other = slack.workspace.add_person("ana")
    slack.people.join(other.id, approvals.id)
    shown = await client.chat_postEphemeral(channel=approvals.id, user=sam.id, text="psst")
    assert [post.text for post in slack.workspace.seen_by(sam.id, approvals.id)] == ["psst"]
    assert slack.workspace.seen_by(other.id, approvals.id) == []
    where = {"channel": approvals.id, "ts": shown["message_ts"]}
    assert await refused(client, "chat.update", **where, text="no") == "message_not_found"


async def test_a_channel_without_the_bot_is_closed_to_it(
    slack: SlackDouble, client: AsyncWebClient, approvals: Place
) -> None:
    """Posting where the bot is not a member answers not_in_channel, in an archive is_archived."""
    approvals.members.remove(slack.workspace.bot.id)
    assert await refused(client, "chat.postMessage", channel=approvals.id, text="x") == ("not_in_channel")
    approvals.archived = True
    assert await refused(client, "chat.postMessage", channel=approvals.id, text="x") == "is_archived"


async def test_a_limited_method_is_tried_again_by_the_sdk(
    slack: SlackDouble, client: AsyncWebClient, approvals: Place
) -> None:
    """A planned 429 carries Retry-After, and the SDK's handler gets through after it."""
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
    slack.faults.limit("chat.postMessage", retry_after_s=0)
    await client.chat_postMessage(channel=approvals.id, text="late")
    calls = slack.workspace.record.named("chat.postMessage")
    assert [call.status for call in calls] == [429, 200]


async def test_a_planned_error_comes_as_often_as_planned(
    slack: SlackDouble, client: AsyncWebClient, approvals: Place
) -> None:
    """After the planned failures the method works again."""
    slack.faults.fail("chat.postMessage", error="internal_error", times=1)
    args = {"channel": approvals.id, "text": "x"}
    assert await refused(client, "chat.postMessage", **args) == "internal_error"
    await client.chat_postMessage(channel=approvals.id, text="x")


async def test_the_token_is_not_in_the_record(slack: SlackDouble, client: AsyncWebClient, approvals: Place) -> None:
    """The inspector shows every call, but never the token."""
    await client.chat_postMessage(channel=approvals.id, text="x")
    assert slack.workspace.record.exchanges
    assert all(slack.token not in repr(e) for e in slack.workspace.record.exchanges)


async def test_blocks_validate_names_the_place(client: AsyncWebClient) -> None:
    """blocks.validate answers invalid_blocks with a pointer."""
    with pytest.raises(SlackApiError) as caught:
        await client.api_call("blocks.validate", json={"blocks": [{"type": "sparkle"}]})
    (error,) = caught.value.response["errors"]
    assert error["message"] == "unsupported type: sparkle"
    assert error["pointer"] == "/0/type"
