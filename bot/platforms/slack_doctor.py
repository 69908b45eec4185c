"""Look at a Slack app from outside: does the token work, are the scopes granted, are our blocks taken.

`python -m bot doctor` prints what this finds when a token is set.
"""

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat import Button, Refuse
from bot.platforms.slack_blocks import draw_reply
from bot.platforms.slack_calls import details_of, error_of
from bot.platforms.slack_manifest import scopes

PROBE = Refuse(
    text=("At most 20% here.",),
    citation="Brand guide, 4.2",
    rows=((Button(label="Use 20%", action="fill:p:1:0", style="primary"),),),
)


async def examine(token: str, *, base_url: str) -> tuple[str, ...]:
    """Return what is wrong with the app, in words for its operator; nothing when all is well."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        client = AsyncWebClient(token=token, base_url=base_url, session=session)
        try:
            return (*await _missing_scopes(client), *await _refused_blocks(client))
        except SlackApiError as failure:
            return (f"Slack refuses the token: {error_of(failure)}",)
        except (aiohttp.ClientError, TimeoutError) as failure:
            return (f"Slack cannot be reached: {type(failure).__name__}",)


async def _missing_scopes(client: AsyncWebClient) -> tuple[str, ...]:
    answer = await client.auth_test()
    headers = {key.lower(): granted for key, granted in answer.headers.items()}
    granted = {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",")}
    missing = [scope for scope in scopes() if scope not in granted]
    return (
        (f"The Slack app lacks the scopes {', '.join(missing)}; install it anew from the manifest",) if missing else ()
    )


async def _refused_blocks(client: AsyncWebClient) -> tuple[str, ...]:
    drawing = draw_reply(PROBE, {})
    try:
        await client.api_call("blocks.validate", json={"blocks": drawing.blocks if drawing else []})
    except SlackApiError as failure:
        if error_of(failure) != "invalid_blocks":
            raise
        return (f"Slack refuses our blocks: {details_of(failure)}",)
    return ()
