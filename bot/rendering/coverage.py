"""Which characters a font file can print, read from its `cmap` table.

`bot.rendering.fonts` asks; Pillow itself draws an empty box for what is missing and says nothing.
Source: OpenType specification, chapter `cmap`, subtable formats 4 and 12.
"""

import struct
from pathlib import Path

from bot.errors import Misconfigured

SFNT_VERSIONS = (b"\x00\x01\x00\x00", b"OTTO", b"true")


def read_coverage(path: Path) -> frozenset[int]:
    """Return the code points a TrueType or OpenType file has glyphs for.

    Raises:
        Misconfigured: the file is no TTF or OTF font (woff2 has to be unpacked first).
    """
    data = path.read_bytes()
    if data[:4] not in SFNT_VERSIONS:
        raise Misconfigured("neither a TTF nor an OTF font", file=str(path))
    cmap = _find_table(data, b"cmap")
    points: set[int] = set()
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for index in range(count):
        _, _, offset = struct.unpack_from(">HHL", data, cmap + 4 + 8 * index)
        (subtable_format,) = struct.unpack_from(">H", data, cmap + offset)
        if subtable_format == 4:
            points |= _read_format_4(data, cmap + offset)
        elif subtable_format == 12:
            points |= _read_format_12(data, cmap + offset)
    return frozenset(points)


def _find_table(data: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    for index in range(count):
        found, _, offset, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        if found == tag:
            return int(offset)
    raise Misconfigured(f"a font has no table {tag.decode()}")


def _read_format_4(data: bytes, start: int) -> set[int]:
    (doubled,) = struct.unpack_from(">H", data, start + 6)
    row = f">{doubled // 2}H"
    ends = struct.unpack_from(row, data, start + 14)
    starts = struct.unpack_from(row, data, start + 16 + doubled)
    deltas = struct.unpack_from(row, data, start + 16 + 2 * doubled)
    ranges_at = start + 16 + 3 * doubled
    offsets = struct.unpack_from(row, data, ranges_at)
    points: set[int] = set()
    for index, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = point
            if offset:
                at = ranges_at + 2 * index + offset + 2 * (point - first)
                (glyph,) = struct.unpack_from(">H", data, at)
                if glyph == 0:
                    continue
            if (glyph + delta) & 0xFFFF:
                points.add(point)
    return points


def _read_format_12(data: bytes, start: int) -> set[int]:
    (count,) = struct.unpack_from(">L", data, start + 12)
    points: set[int] = set()
    for index in range(count):
        first, last, _ = struct.unpack_from(">LLL", data, start + 16 + 12 * index)
        points.update(range(first, last + 1))
    return points
