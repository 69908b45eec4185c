"""One way to call Slack: the SDK's failures become errors that say what to do.

Used by everything in this room that talks to the Web API.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import Misconfigured, PostGone, RateLimited, TryLater, Unreachable

CLOSED = {
    "account_inactive",
    "cannot_dm_bot",
    "channel_not_found",
    "is_archived",
    "messages_tab_disabled",
    "not_in_channel",
    "restricted_action",
    "team_access_not_granted",
    "user_disabled",
    "user_not_found",
    "user_not_in_channel",
}
GONE = {
    "cant_update_message",
    "edit_window_closed",
    "message_not_found",
    "thread_not_found",
}
WRONG_SETUP = {
    "invalid_auth",
    "missing_scope",
    "not_allowed_token_type",
    "not_authed",
    "token_expired",
    "token_revoked",
}
RETRY_AFTER_S = 1.0


@contextmanager
def translated() -> Iterator[None]:
    """Raise our errors for the SDK's.

    Raises:
        Unreachable: the conversation is closed to us.
        PostGone: the post is not there to be edited.
        RateLimited: Slack asks for a pause.
        Misconfigured: token or scopes are wrong.
        TryLater: anything else.
    """
    try:
        yield
    except SlackApiError as failure:
        _translate(failure)
    except (SlackClientError, aiohttp.ClientError, TimeoutError) as failure:
        raise TryLater(detail=type(failure).__name__) from failure


def error_of(failure: SlackApiError) -> str:
    """Return Slack's own error word."""
    data = failure.response.data if hasattr(failure.response, "data") else None
    error = data.get("error") if isinstance(data, dict) else None
    return error if isinstance(error, str) else ""


def details_of(failure: SlackApiError) -> str:
    """Return what Slack says beside the error word."""
    data = failure.response.data if hasattr(failure.response, "data") else None
    listed = data.get("errors") if isinstance(data, dict) else None
    return "; ".join(str(entry) for entry in listed) if isinstance(listed, list) else ""


def _translate(failure: SlackApiError) -> NoReturn:
    error = error_of(failure)
    if error == "ratelimited":
        headers = {key.lower(): entry for key, entry in failure.response.headers.items()}
        raise RateLimited(float(headers.get("retry-after", RETRY_AFTER_S))) from failure
    if error in CLOSED:
        raise Unreachable(detail=error) from failure
    if error in GONE:
        raise PostGone(detail=error) from failure
    if error in WRONG_SETUP:
        raise Misconfigured(f"Slack refuses the app: {error}") from failure
    raise TryLater(detail=error, more=details_of(failure)) from failure
