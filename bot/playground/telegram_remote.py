"""The Telegram double in another process, as its caller sees it.

The fault tests act through it while they kill and restart the bot: every act of `telegram_control` becomes one call.
"""

import base64

import aiohttp

from bot.playground.telegram_control import PREFIX
from bot.playground.telegram_json import JsonObject, JsonValue
from bot.playground.telegram_params import is_object


class TelegramRemote:
    """A client of one double's control surface."""

    def __init__(self, session: aiohttp.ClientSession, *, root_url: str) -> None:
        self._session = session
        self._prefix = f"{root_url.rstrip('/')}{PREFIX}"

    async def act(self, name: str, /, *, data: bytes | str | None = None, **args: JsonValue) -> JsonValue:
        """Do one act and return its result; `data` are the bytes of a file to send, or a button's callback data.

        Raises:
            LookupError: the act is not possible, with the double's words.
        """
        sent: JsonObject = dict(args)
        if isinstance(data, bytes):
            sent["data_base64"] = base64.b64encode(data).decode()
        elif data is not None:
            sent["data"] = data
        async with self._session.post(f"{self._prefix}/{name}", json=sent) as answer:
            body = await answer.json()
        if answer.status != 200:
            raise LookupError(str(body["error"]))
        result: JsonValue = body["result"]
        return result

    async def state(self) -> JsonObject:
        """Return every chat with its posts, every answered press, and how many updates wait."""
        return await self._read("state")

    async def traffic(self, *, after: int = 0) -> list[JsonObject]:
        """Return the raw traffic after a number."""
        items = (await self._read(f"traffic?after={after}"))["traffic"]
        return [item for item in items if is_object(item)] if isinstance(items, list) else []

    async def file(self, file_id: str) -> bytes:
        """Return the bytes of a file that went through the double."""
        async with self._session.get(f"{self._prefix}/file/{file_id}") as answer:
            answer.raise_for_status()
            return await answer.read()

    async def _read(self, what: str) -> JsonObject:
        async with self._session.get(f"{self._prefix}/{what}") as answer:
            body: JsonObject = await answer.json()
        return body
