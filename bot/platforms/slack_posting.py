"""Posting to Slack: drawn replies and cards with their pictures, in public or privately.

`slack.py` decides what to say where; here it becomes calls, with a way out when a thread is gone, a
picture is not taken, or the bot is not in the channel where somebody typed a command.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

import aiohttp
import structlog
from pydantic import JsonValue
from slack_sdk.models.blocks import Block as SdkBlock
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat import Incoming, Picture
from bot.domain.conversation import Address
from bot.errors import GlocalError, PostGone, TryLater, Unreachable
from bot.platforms.slack_blocks import Drawing, FileIds
from bot.platforms.slack_calls import translated
from bot.platforms.slack_files import SlackFiles
from bot.platforms.slack_intake import is_on_private_post
from bot.ports import Document
from bot.store import Media

PICTURE_PAUSES_S = (0.2, 0.6, 1.2)
"""Pauses before a picture is tried again that Slack called ready and still refuses."""
RESPONSE_LIFE = timedelta(minutes=29)
"""A response URL lives 30 minutes ("Handling user interaction")."""

log = structlog.get_logger(__name__)

Draw = Callable[[FileIds], Drawing]


@dataclass(frozen=True, slots=True)
class Posted:
    """A post's ts, and the pictures that it shows."""

    ts: str
    shown: FileIds


class Posting:
    """Posts, edits and whispers."""

    def __init__(
        self, client: AsyncWebClient, session: aiohttp.ClientSession, *, files: SlackFiles, media: Media
    ) -> None:
        self._client = client
        self._session = session
        self._files = files
        self._media = media

    async def post(self, to: Address, draw: Draw, pictures: Iterable[Picture] = ()) -> Posted:
        """Post. A thread that is gone sends it to the conversation itself."""

        async def send(drawing: Drawing) -> str:
            try:
                return await self._send(to, drawing)
            except PostGone:
                return await self._send(to.model_copy(update={"thread_id": ""}), drawing)

        return await self._with_pictures(send, draw, tuple(pictures))

    async def update(self, to: Address, ts: str, draw: Draw, pictures: Iterable[Picture]) -> None:
        """Bring a post up to date."""

        async def send(drawing: Drawing) -> str:
            with translated():
                await self._client.chat_update(
                    channel=to.conversation_id, ts=ts, text=drawing.text, blocks=_blocks(drawing)
                )
            return ts

        await self._with_pictures(send, draw, tuple(pictures))

    async def whisper(
        self, to: Address, draw: Draw, *, cause: Incoming, now: datetime, pictures: Iterable[Picture] = ()
    ) -> None:
        """Show a post to the person behind the cause only."""

        async def send(drawing: Drawing) -> str:
            if is_on_private_post(cause):
                with contextlib.suppress(Unreachable):
                    await self.respond(drawing, cause=cause, now=now)
                    return ""
            try:
                await self._whisper(to, drawing, user_id=cause.actor.user_id)
            except (Unreachable, PostGone):
                await self.respond(drawing, cause=cause, now=now)
            return ""

        await self._with_pictures(send, draw, tuple(pictures))

    async def respond(self, drawing: Drawing, *, cause: Incoming, now: datetime) -> None:
        """Answer privately through the event's response URL; a private post that was pressed gives way.

        Raises:
            Unreachable: there is none, or it no longer works.
        """
        await self._respond(
            cause,
            now,
            {
                "response_type": "ephemeral",
                "replace_original": is_on_private_post(cause),
                "text": drawing.text,
                "blocks": list(drawing.blocks),
            },
        )

    async def take_away(self, cause: Incoming, *, now: datetime) -> None:
        """Remove the private post whose button was pressed, so that it is not pressed again."""
        with contextlib.suppress(Unreachable, TryLater):
            await self._respond(cause, now, {"delete_original": True})

    async def share(self, to: Address, pictures: Iterable[Picture]) -> None:
        """Share pictures as plain files, where Slack would not show them in a block."""
        for picture in pictures:
            try:
                await self._files.share(to, await self._document(picture))
            except (GlocalError, OSError) as failure:
                log.warning("slack_picture_not_shared", digest=picture.digest, failure=str(failure))

    async def _whisper(self, to: Address, drawing: Drawing, *, user_id: str) -> None:
        with translated():
            await self._client.chat_postEphemeral(
                channel=to.conversation_id,
                user=user_id,
                text=drawing.text,
                blocks=_blocks(drawing),
                thread_ts=to.thread_id or None,
            )

    async def _respond(self, cause: Incoming, now: datetime, body: Mapping[str, JsonValue]) -> None:
        if not cause.response_url or now - cause.received_at > RESPONSE_LIFE:
            raise Unreachable(detail="no response_url")
        with translated():
            async with self._session.post(cause.response_url, json=body) as answer:
                if not answer.ok:
                    raise Unreachable(detail=f"response_url answered {answer.status}")

    async def _send(self, to: Address, drawing: Drawing) -> str:
        with translated():
            answer = await self._client.chat_postMessage(
                channel=to.conversation_id,
                text=drawing.text,
                blocks=_blocks(drawing),
                thread_ts=to.thread_id or None,
                unfurl_links=False,
                unfurl_media=False,
            )
        return str(answer["ts"])

    async def _with_pictures(
        self, send: Callable[[Drawing], Awaitable[str]], draw: Draw, pictures: tuple[Picture, ...]
    ) -> Posted:
        ids = await self._files.ids_of(pictures)
        for pause_s in PICTURE_PAUSES_S if ids else ():
            try:
                return Posted(await send(draw(ids)), ids)
            except TryLater as failure:
                if not _is_about_a_picture(failure):
                    raise
            await asyncio.sleep(pause_s)
        self._files.forget(ids)
        return Posted(await send(draw({})), {})

    async def _document(self, picture: Picture) -> Document:
        ending = "png" if picture.media_type == "image/png" else "jpg"
        return Document(
            name=f"{picture.title or picture.digest[:12]}.{ending}",
            media_type=picture.media_type,
            data=await self._media.read(picture.digest),
            caption=picture.alt,
        )


def _is_about_a_picture(failure: TryLater) -> bool:
    detail, more = str(failure.facts.get("detail")), str(failure.facts.get("more"))
    return detail == "invalid_blocks" and "slack file" in more


def _blocks(drawing: Drawing) -> list[SdkBlock]:
    """Hand blocks to the SDK, which takes plain JSON beside its own classes but types it loosely."""
    return cast("list[SdkBlock]", drawing.blocks)
