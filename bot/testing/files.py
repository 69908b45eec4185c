"""Files people send in chats, made on the spot: good photos, and everything that is not one."""

import struct
import zlib

PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def png(width_px: int, height_px: int, *, is_whole: bool = True) -> bytes:
    """Make a plain PNG of any claimed size; not whole: the pixels end early."""
    rows = zlib.compress(b"\0" * ((width_px * 3 + 1) * min(height_px, 2000)), 9)
    head = struct.pack(">IIBBBBB", width_px, height_px, 8, 2, 0, 0, 0)
    body = _chunk(b"IHDR", head) + _chunk(b"IDAT", rows if is_whole else rows[: len(rows) // 2])
    return PNG_HEAD + body + (_chunk(b"IEND", b"") if is_whole else b"")


def labelled_png(width_px: int, height_px: int, label: bytes) -> bytes:
    """Make a few bytes that pass for a PNG of this size and differ by their label."""
    head = struct.pack(">IIBBBBB", width_px, height_px, 8, 2, 0, 0, 0)
    return PNG_HEAD + _chunk(b"IHDR", head) + _chunk(b"tEXt", b"Label\0" + label) + _chunk(b"IEND", b"")


def sample_file(name: str) -> bytes:
    """Give a file by the name a chat calls it: croissant.png, truncated.png, empty.jpg, menu.pdf, huge.png."""
    kind = name.rsplit(".", 1)[0]
    if kind.startswith("empty"):
        return b""
    if kind.startswith("truncated"):
        return png(800, 600, is_whole=False)
    if kind.startswith("huge"):
        return png(10_000, 9_000)
    if name.endswith(".pdf") or kind.startswith("menu"):
        return b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
    return png(1600, 1200)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
