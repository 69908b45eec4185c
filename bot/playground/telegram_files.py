"""Files inside the Telegram double: real-shaped ids, bytes kept whole, sizes read from the picture's own header.

Telegram recompresses photos; the double keeps the bytes it was given, so that a test can compare them.
"""

import base64
import hashlib
import itertools
import struct
from dataclasses import dataclass
from typing import Final, Literal

from bot.playground.telegram_rules import TelegramRefused

FileKind = Literal["photo", "document", "sticker", "voice"]

_ID_PREFIX: Final[dict[FileKind, str]] = {
    "photo": "AgACAgIAAxkBAA",
    "document": "BQACAgIAAxkBAA",
    "sticker": "CAACAgIAAxkBAA",
    "voice": "AwACAgIAAxkBAA",
}
_FOLDER: Final[dict[FileKind, str]] = {
    "photo": "photos",
    "document": "documents",
    "sticker": "stickers",
    "voice": "voice",
}
_FRAMES_WITHOUT_SIZE: Final = frozenset({0xC4, 0xC8, 0xCC})


@dataclass(frozen=True)
class TelegramFile:
    """One stored file with its bytes."""

    kind: FileKind
    file_id: str
    unique_id: str
    path: str
    name: str
    mime_type: str
    data: bytes
    size_px: tuple[int, int] | None


class TelegramFiles:
    """Every file that went through the double, by id and by download path."""

    def __init__(self) -> None:
        self._by_id: dict[str, TelegramFile] = {}
        self._numbers = itertools.count(1)

    def keep(self, kind: FileKind, *, name: str, mime_type: str, data: bytes) -> TelegramFile:
        """Store bytes under a fresh id, as each upload gets one."""
        number = next(self._numbers)
        seed = hashlib.sha256(f"{kind}:{number}".encode()).digest()
        ending = name.rpartition(".")[2].lower() if "." in name else "bin"
        kept = TelegramFile(
            kind=kind,
            file_id=_ID_PREFIX[kind] + base64.urlsafe_b64encode(seed + seed[:10]).decode().rstrip("="),
            unique_id="AQAD" + base64.urlsafe_b64encode(seed[:9]).decode(),
            path=f"{_FOLDER[kind]}/file_{number}.{'jpg' if kind == 'photo' else ending}",
            name=name,
            mime_type=mime_type,
            data=data,
            size_px=picture_size_px(data),
        )
        self._by_id[kept.file_id] = kept
        return kept

    def by_id(self, file_id: str) -> TelegramFile:
        """Return the file of an id.

        Raises:
            TelegramRefused: no such file.
        """
        kept = self._by_id.get(file_id)
        if kept is None:
            raise TelegramRefused("wrong file_id or the file is temporarily unavailable")
        return kept

    def by_path(self, path: str) -> TelegramFile | None:
        """Return the file that getFile named with this path."""
        return next((kept for kept in self._by_id.values() if kept.path == path), None)

    def all(self) -> tuple[TelegramFile, ...]:
        """Return every file, oldest first."""
        return tuple(self._by_id.values())


def picture_size_px(data: bytes) -> tuple[int, int] | None:
    """Read width and height from a PNG, JPEG, GIF or WEBP header; None for anything else."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            width_px, height_px = struct.unpack(">II", data[16:24])
            return width_px, height_px
        if data.startswith(b"\xff\xd8"):
            return _jpeg_size_px(data)
        if data.startswith((b"GIF87a", b"GIF89a")):
            width_px, height_px = struct.unpack("<HH", data[6:10])
            return width_px, height_px
        if data.startswith(b"RIFF") and data[8:16] == b"WEBPVP8X":
            return (
                int.from_bytes(data[24:27], "little") + 1,
                int.from_bytes(data[27:30], "little") + 1,
            )
    except struct.error:
        return None
    return None


def _jpeg_size_px(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in _FRAMES_WITHOUT_SIZE:
            height_px, width_px = struct.unpack(">HH", data[at + 5 : at + 9])
            return width_px, height_px
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return None
