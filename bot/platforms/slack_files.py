"""Files to and from Slack: pictures as editable blocks, originals as shared files, people's uploads.

A picture is uploaded once without a channel and named by its id in blocks. Slack processes uploads
later, so an id is handed out only when `files.info` shows it ready. `slack.py` owns the one instance.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Sequence

import aiohttp
import structlog
from pydantic import BaseModel, ConfigDict
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat import FileRef, Picture
from bot.domain.conversation import Address
from bot.domain.ids import Digest
from bot.errors import GlocalError, Misconfigured, PhotoRefused, RateLimited, TryLater
from bot.platforms.slack_calls import translated
from bot.platforms.slack_payload import SlackFile
from bot.platforms.slack_text import escape, shorten
from bot.ports import Document
from bot.store import Media

MOST_FETCH_BYTES = 20 * 1024 * 1024
MOST_KNOWN = 2_000
MOST_COMMENT = 4_000
POLLS_S = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 2.0, 2.0)
"""Pauses between looks at `files.info`: soon at first, seven seconds in all."""

log = structlog.get_logger(__name__)


class _Upload(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    upload_url: str
    file_id: str


class SlackFiles:
    """Uploads, downloads, and which digest Slack knows by which id (bounded, in memory)."""

    def __init__(self, client: AsyncWebClient, session: aiohttp.ClientSession, media: Media) -> None:
        self._client = client
        self._session = session
        self._media = media
        self._known: OrderedDict[Digest, str] = OrderedDict()
        self._under_way: dict[Digest, asyncio.Task[str | None]] = {}

    async def ids_of(self, pictures: Iterable[Picture]) -> dict[Digest, str]:
        """Make sure Slack has these pictures; leave out those it has not taken in time."""
        wanted = {picture.digest: picture for picture in pictures}
        found = await asyncio.gather(*(self._id_of(picture) for picture in wanted.values()))
        return {digest: name for digest, name in zip(wanted, found, strict=True) if name}

    def forget(self, digests: Iterable[Digest]) -> None:
        """Forget ids that Slack no longer accepts."""
        for digest in digests:
            self._known.pop(digest, None)

    async def close(self) -> None:
        """Give up uploads that are under way."""
        tasks = tuple(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def share(self, to: Address, document: Document) -> str:
        """Share a file in a conversation or thread; return the post's ts (the file id if it takes too long)."""
        comment = escape(shorten(document.caption, MOST_COMMENT)) or None
        file_id = await self._send(document.name, document.data, alt=document.caption)
        failure: TryLater | None = None
        try:
            await self._complete(file_id, document.name, to=to, comment=comment)
        except RateLimited:
            raise
        except TryLater as uncertain:  # it may have arrived: files.info knows
            failure = uncertain
        for pause_s in POLLS_S:
            shared = _share_ts(await self._info(file_id), to.conversation_id)
            if shared:
                return shared
            await asyncio.sleep(pause_s)
        if failure is not None:
            raise failure
        return file_id

    async def fetch(self, file: FileRef) -> bytes:
        """Load a person's file; at most 20 MB, and never Slack's login page."""
        if file.size_bytes > MOST_FETCH_BYTES:
            raise PhotoRefused("too_large")
        described = await self._info(file.file_id)
        if described is None:
            raise PhotoRefused("gone")
        if described.size > MOST_FETCH_BYTES:
            raise PhotoRefused("too_large")
        return await self._download(described)

    async def _id_of(self, picture: Picture) -> str | None:
        known = self._known.get(picture.digest)
        if known:
            self._known.move_to_end(picture.digest)
            return known
        task = self._under_way.get(picture.digest)
        if task is None:
            task = asyncio.create_task(self._upload(picture))
            self._under_way[picture.digest] = task
            task.add_done_callback(lambda _task: self._under_way.pop(picture.digest, None))
        return await asyncio.shield(task)

    async def _upload(self, picture: Picture) -> str | None:
        ending = "png" if picture.media_type == "image/png" else "jpg"
        try:
            data = await self._media.read(picture.digest)
            name = f"{picture.digest[:12]}.{ending}"
            file_id = await self._send(name, data, alt=picture.alt)
            await self._complete(file_id, picture.title or name)
            is_shown = await self._wait_until_shown(file_id)
        except (GlocalError, OSError) as failure:
            log.warning("slack_picture_failed", digest=picture.digest, failure=str(failure))
            return None
        if not is_shown:
            return None
        self._known[picture.digest] = file_id
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return file_id

    async def _send(self, name: str, data: bytes, *, alt: str) -> str:
        with translated():
            answer = await self._client.files_getUploadURLExternal(
                filename=name, length=len(data), alt_txt=shorten(alt, 1_000) or None
            )
            upload = _Upload.model_validate(answer.data)
            async with self._session.post(upload.upload_url, data=data) as taken:
                if not taken.ok:
                    raise TryLater(detail=f"upload answered {taken.status}")
        return upload.file_id

    async def _complete(
        self, file_id: str, title: str, *, to: Address | None = None, comment: str | None = None
    ) -> None:
        with translated():
            await self._client.files_completeUploadExternal(
                files=[{"id": file_id, "title": title}],
                channel_id=to.conversation_id if to else None,
                thread_ts=(to.thread_id or None) if to else None,
                initial_comment=comment,
            )

    async def _wait_until_shown(self, file_id: str) -> bool:
        for pause_s in POLLS_S:
            described = await self._info(file_id)
            if described is not None and described.mimetype:
                return described.mimetype.startswith("image/")
            await asyncio.sleep(pause_s)
        return False

    async def _info(self, file_id: str) -> SlackFile | None:
        try:
            with translated():
                answer = await self._client.files_info(file=file_id)
        except TryLater as failure:
            if failure.facts.get("detail") == "file_not_found":
                return None
            raise
        return SlackFile.model_validate(answer.get("file"))

    async def _download(self, described: SlackFile) -> bytes:
        address = described.url_private_download or described.url_private
        bearer = {"Authorization": f"Bearer {self._client.token}"}
        with translated():
            async with self._session.get(address, headers=bearer) as answer:
                if answer.content_type == "text/html" and described.mimetype != "text/html":
                    raise Misconfigured("Slack answered with its login page: files:read is missing")
                if not answer.ok:
                    raise TryLater(detail=f"download answered {answer.status}")
                data = await answer.content.read(MOST_FETCH_BYTES + 1)
                while len(data) <= MOST_FETCH_BYTES and (more := await answer.content.read(65_536)):
                    data += more
        if len(data) > MOST_FETCH_BYTES:
            raise PhotoRefused("too_large")
        return data


def _share_ts(described: SlackFile | None, channel: str) -> str:
    if described is None:
        return ""
    posts: Sequence[object] = [post.get("ts") for kind in described.shares.values() for post in kind.get(channel, [])]
    return next((ts for ts in posts if isinstance(ts, str)), "")
