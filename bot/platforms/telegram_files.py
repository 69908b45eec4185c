"""Pictures on their way to Telegram, and people's files on their way in.

A picture is uploaded once; after that its file id is sent, as long as we remember it. A file's address at Telegram
contains the bot's token, so it never leaves this module.
"""

from telegram import Bot, InputFile, Message
from telegram.error import BadRequest

from bot.chat import FileRef, Picture
from bot.domain.ids import Digest
from bot.errors import PhotoRefused
from bot.platforms.telegram_calls import Caller, says
from bot.platforms.telegram_threads import Remembered
from bot.store import Media

FETCH_LIMIT_BYTES = 20 * 1024 * 1024
"""Bot API, getFile."""
LOST = ("wrong file identifier", "wrong remote file", "wrong file_id", "invalid file_id", "file reference")


class Pictures:
    """Which pictures Telegram has already."""

    def __init__(self, media: Media) -> None:
        self._media = media
        self._ids: Remembered[Digest, str] = Remembered(2_000)

    async def ready(self, picture: Picture) -> str | InputFile:
        """Give what to send for a picture: its file id, or its bytes."""
        known = self._ids.get(picture.digest)
        if known:
            return known
        ending = picture.media_type.rpartition("/")[2].replace("jpeg", "jpg")
        data = await self._media.read(picture.digest)
        return InputFile(data, filename=f"{picture.digest[:12]}.{ending}", attach=True)

    def learn(self, picture: Picture, posted: Message) -> None:
        """Remember the file id under which Telegram keeps a picture."""
        if posted.photo:
            self._ids.put(picture.digest, posted.photo[-1].file_id)

    def forget(self, picture: Picture) -> None:
        """Upload the picture again next time."""
        self._ids.forget(picture.digest)


def is_lost(error: BadRequest) -> bool:
    """Tell whether Telegram no longer knows a file id."""
    return says(error, *LOST)


async def fetch(bot: Bot, caller: Caller, file: FileRef) -> bytes:
    """Load a person's file.

    Raises:
        PhotoRefused: it is larger than Telegram hands out, or no longer there.
        TryLater: Telegram cannot be reached.
    """
    if file.size_bytes > FETCH_LIMIT_BYTES:
        raise PhotoRefused("too_large", limit_mb=FETCH_LIMIT_BYTES // 1024 // 1024)
    try:
        found = await caller.ask(bot.get_file(file.file_id))
        return bytes(await caller.ask(found.download_as_bytearray()))
    except BadRequest as error:
        if says(error, "file is too big"):
            raise PhotoRefused("too_large", limit_mb=FETCH_LIMIT_BYTES // 1024 // 1024) from error
        raise PhotoRefused("undecodable") from error
