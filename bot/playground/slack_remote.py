"""The Slack double in another process, as its caller sees it.

The fault tests act through it while they kill and restart the bot: every act of `slack_control`
becomes one call.
"""

import aiohttp

from bot.playground.slack_json import JsonObject


class SlackRemote:
    """A client of one double's remote control."""

    def __init__(self, session: aiohttp.ClientSession, *, root_url: str) -> None:
        self._session = session
        self._root_url = root_url

    async def act(self, name: str, /, **args: str | int | list[str] | dict[str, str]) -> JsonObject:
        """Do one act of the remote control and return its answer.

        Raises:
            LookupError: the act is not possible, with the double's words.
        """
        address = f"{self._root_url}/_control/{name}"
        async with self._session.post(address, json=args) as answer:
            body: JsonObject = await answer.json()
        if "problem" in body and answer.status != 200:
            raise LookupError(str(body["problem"]))
        return body
