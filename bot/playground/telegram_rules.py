"""What the Telegram Bot API refuses, in its own words.

The double of the Bot API checks every call against these rules, so that a call which passes here would pass at
Telegram. Limits are from core.telegram.org/bots/api (Bot API 10.0), wordings from the open-source server
(tdlib/telegram-bot-api, Client.cpp) and from what the live one answers.
"""

import re
from typing import Final

TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
CALLBACK_DATA_LIMIT_BYTES: Final = 64
CALLBACK_ANSWER_LIMIT: Final = 200
ALBUM_SIZES: Final = range(2, 11)
KEYBOARD_LIMIT: Final = 100
BUTTON_STYLES: Final = frozenset({None, "primary", "success", "danger"})
PHOTO_LIMIT_BYTES: Final = 10 * 1024 * 1024
PHOTO_SIDES_LIMIT_PX: Final = 10_000
PHOTO_RATIO_LIMIT: Final = 20
UPLOAD_LIMIT_BYTES: Final = 50 * 1024 * 1024
DOWNLOAD_LIMIT_BYTES: Final = 20 * 1024 * 1024
DELETABLE_FOR_S: Final = 48 * 3600
CALLBACK_LIFETIME_S: Final = 60

NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
QUERY_TOO_OLD: Final = "query is too old and response timeout expired or query ID is invalid"
POLLED_TWICE: Final = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_IS_SET: Final = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)

_REACTION_ROWS: Final = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡",
    "🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈",
    "😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿",
    "🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡",
)
REACTIONS: Final = frozenset(" ".join(_REACTION_ROWS).split())

CHAT_ACTIONS: Final = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PHRASES: Final = {
    400: "Bad Request: ",
    403: "Forbidden: ",
    404: "",
    401: "",
    409: "Conflict: ",
    413: "",
    429: "Too Many Requests: ",
    502: "",
}


class TelegramRefused(Exception):
    """A refusal as the Bot API writes it: code, description, and what to do about it."""

    def __init__(
        self,
        sentence: str,
        *,
        code: int = 400,
        retry_after_s: int | None = None,
        migrate_to_chat_id: int | None = None,
    ) -> None:
        """Put the code's phrase before the sentence, as the server does."""
        super().__init__(sentence)
        self.code = code
        self.description = _PHRASES.get(code, "") + sentence
        self.retry_after_s = retry_after_s
        self.migrate_to_chat_id = migrate_to_chat_id


UPLOAD_TOO_LARGE: Final = TelegramRefused("Request Entity Too Large", code=413)


def utf16_length(text: str) -> int:
    """Count the UTF-16 code units of a text, the unit of every Telegram limit and offset."""
    return len(text.encode("utf-16-le")) // 2


def check_text(text: str) -> None:
    """Refuse a post's text that is empty or longer than 4096 after parsing."""
    if not text.strip():
        raise TelegramRefused("message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise TelegramRefused("message is too long")


def check_caption(caption: str) -> None:
    """Refuse a caption longer than 1024 after parsing."""
    if utf16_length(caption) > CAPTION_LIMIT:
        raise TelegramRefused("message caption is too long")


def check_callback_data(data: str) -> None:
    """Refuse callback data outside 1 to 64 bytes."""
    if not 1 <= len(data.encode()) <= CALLBACK_DATA_LIMIT_BYTES:
        raise TelegramRefused("BUTTON_DATA_INVALID")


def check_button_url(url: str) -> None:
    """Refuse a button whose link is no web or Telegram link."""
    if not re.fullmatch(r"(https?://|tg://)[^\s]+", url):
        raise TelegramRefused(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def check_callback_answer(text: str) -> None:
    """Refuse an answer to a press that is longer than 200 characters."""
    if utf16_length(text) > CALLBACK_ANSWER_LIMIT:
        raise TelegramRefused("MESSAGE_TOO_LONG")


def check_album_size(count: int) -> None:
    """Refuse albums outside 2 to 10 items; the wording for one item is ours, the limit is documented."""
    if count > max(ALBUM_SIZES):
        raise TelegramRefused("too many messages to send as an album")
    if count == 0:
        raise TelegramRefused("there are no messages to send")
    if count < min(ALBUM_SIZES):
        raise TelegramRefused("too few messages to send as an album")


def check_photo(data: bytes, size_px: tuple[int, int] | None) -> None:
    """Refuse bytes that Telegram would not take as a photo; `size_px` is None for what is no picture."""
    if not data:
        raise TelegramRefused("file must be non-empty")
    if len(data) > PHOTO_LIMIT_BYTES:
        raise TelegramRefused(
            f"file of size {len(data)} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT_BYTES} bytes"
        )
    if size_px is None:
        raise TelegramRefused("IMAGE_PROCESS_FAILED")
    if sum(size_px) > PHOTO_SIDES_LIMIT_PX or max(size_px) > PHOTO_RATIO_LIMIT * min(size_px):
        raise TelegramRefused("PHOTO_INVALID_DIMENSIONS")


def check_document(data: bytes) -> None:
    """Refuse an empty upload and one over 50 MB."""
    if not data:
        raise TelegramRefused("file must be non-empty")
    if len(data) > UPLOAD_LIMIT_BYTES:
        raise UPLOAD_TOO_LARGE


def check_download(size_bytes: int) -> None:
    """Refuse getFile for files over 20 MB."""
    if size_bytes > DOWNLOAD_LIMIT_BYTES:
        raise TelegramRefused("file is too big")


def check_webhook(url: str, secret_token: str | None) -> None:
    """Refuse a webhook that is not HTTPS (plain HTTP is for the loopback, as with a self-hosted server)."""
    if not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", url):
        raise TelegramRefused("bad webhook: An HTTPS URL must be provided for webhook")
    if secret_token is not None and not _SECRET.fullmatch(secret_token):
        raise TelegramRefused("secret token contains unallowed characters")


def check_command(command: str, description: str) -> None:
    """Refuse a menu command that is not 1 to 32 of a-z, 0-9, _ or whose description is not 1 to 256 long."""
    if not _COMMAND.fullmatch(command):
        raise TelegramRefused("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise TelegramRefused("BOT_COMMAND_DESCRIPTION_INVALID")


def check_start_payload(payload: str) -> None:
    """Refuse a deep link payload that is not 1 to 64 of A-Z, a-z, 0-9, _ and -."""
    if not _START_PAYLOAD.fullmatch(payload):
        raise TelegramRefused("START_PARAM_INVALID")
