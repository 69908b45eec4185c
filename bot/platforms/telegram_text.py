"""Words in Telegram's HTML mode: parts become tags, everything else is escaped, nothing is cut inside a tag.

Pure. Words are kept as pieces until the last moment, so that they can be measured as Telegram measures them (UTF-16
units after parsing), shortened and split. `telegram_markup` and `telegram_cards` draw with it.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from bot.chat import Linked, Quoted, Strong, Text

REFUSED = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ELLIPSIS = "…"
_INLINE_QUOTE_CHARACTERS = 80
_INVISIBLE = {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u3164", "\u00ad"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters in one style; `url` makes them a link."""

    text: str
    tag: Literal["", "b", "i", "blockquote"] = ""
    url: str = ""


Words = tuple[Piece, ...]


def units(text: str) -> int:
    """Count UTF-16 code units, the unit of Telegram's limits."""
    return len(text.encode("utf-16-le")) // 2


def length(words: Words) -> int:
    """Measure words as Telegram does after parsing."""
    return sum(units(piece.text) for piece in words)


def read_text(text: Text) -> Words:
    """Turn the parts of a reply into pieces."""
    words: list[Piece] = []
    for index, part in enumerate(text):
        match part:
            case str():
                words.append(Piece(clean(part)))
            case Strong():
                words.append(Piece(clean(part.text), "b"))
            case Linked():
                url = part.url if part.url.startswith("https://") else ""
                words.append(Piece(clean(part.text) or url, url=url))
            case Quoted():
                is_last = index == len(text) - 1
                words += _quote(clean(part.text), starts_line=_ends_line(words), is_last=is_last)
    return tuple(piece for piece in words if piece.text)


def simple(text: str) -> Words:
    """Make words without any style."""
    cleaned = clean(text)
    return (Piece(cleaned),) if cleaned else ()


def bold(text: str) -> Words:
    """Make one line of bold words."""
    line = " ".join(clean(text).split())
    return (Piece(line, "b"),) if line else ()


def italic(text: str) -> Words:
    """Make words in italics."""
    return (Piece(clean(text), "i"),) if text.strip() else ()


def join(parts: Iterable[Words], between: str) -> Words:
    """Put non-empty words after one another with something in between."""
    joined: list[Piece] = []
    for part in parts:
        if part:
            joined += (Piece(between),) if joined else ()
            joined += part
    return tuple(joined)


def draw(words: Words) -> str:
    """Draw pieces as HTML that Telegram accepts; never empty."""
    if not _is_visible(words):
        return ELLIPSIS
    return "".join(_draw_piece(piece) for piece in words)


def draw_caption(words: Words) -> str:
    """Draw pieces as a caption, which may be empty."""
    return draw(words) if _is_visible(words) else ""


def shorten(words: Words, most: int) -> Words:
    """Cut words to so many units, visibly."""
    if length(words) <= most:
        return words
    kept: list[Piece] = []
    room = most - units(ELLIPSIS)
    for piece in words:
        part = cut(piece.text, room)
        kept += (replace(piece, text=part),) if part else ()
        room -= units(part)
        if part != piece.text:
            break
    return (*kept, Piece(ELLIPSIS))


def split(words: Words, most: int) -> list[Words]:
    """Cut words into parts of at most so many units, at line ends or spaces where there are any."""
    parts: list[Words] = []
    rest = words
    while length(rest) > most:
        head, rest = _divide(rest, most)
        parts.append(head)
    return [*parts, rest] if rest or not parts else parts


def cut(text: str, most: int) -> str:
    """Return the longest beginning of a text within so many units, never half a character."""
    if most <= 0:
        return ""
    return text.encode("utf-16-le")[: most * 2].decode("utf-16-le", errors="ignore")


def _divide(words: Words, most: int) -> tuple[Words, Words]:
    head: list[Piece] = []
    room = most
    for index, piece in enumerate(words):
        if units(piece.text) <= room:
            head.append(piece)
            room -= units(piece.text)
            continue
        part = _at_a_gap(cut(piece.text, room), is_alone=not head)
        rest = replace(piece, text=piece.text[len(part) :].lstrip())
        kept = (*head, replace(piece, text=part.rstrip())) if part.strip() else tuple(head)
        return kept, (*((rest,) if rest.text else ()), *words[index + 1 :])
    return tuple(head), ()


def _at_a_gap(part: str, *, is_alone: bool) -> str:
    """Move a cut back to a line end or a space in the second half; give up the part when it is no loss."""
    for gap in ("\n", " "):
        found = part.rfind(gap)
        if found > len(part) // 2:
            return part[: found + 1]
    return part if is_alone or len(part) > _INLINE_QUOTE_CHARACTERS else ""


def _quote(text: str, *, starts_line: bool, is_last: bool) -> Words:
    stripped = text.strip()
    if not stripped:
        return ()
    if "\n" not in stripped and (not is_last or len(stripped) <= _INLINE_QUOTE_CHARACTERS):
        return (Piece(stripped),)
    before = () if starts_line else (Piece("\n"),)
    after = () if is_last else (Piece("\n"),)
    return (*before, Piece(stripped, "blockquote"), *after)


def _ends_line(words: list[Piece]) -> bool:
    return not words or words[-1].text.endswith("\n")


def _draw_piece(piece: Piece) -> str:
    text = html.escape(piece.text, quote=False)
    if piece.url:
        return f'<a href="{html.escape(piece.url)}">{text}</a>'
    return f"<{piece.tag}>{text}</{piece.tag}>" if piece.tag and piece.text.strip() else text


def _is_visible(words: Words) -> bool:
    return any(character not in _INVISIBLE and not character.isspace() for piece in words for character in piece.text)


def clean(text: str) -> str:
    """Leave out what Telegram does not take: control characters and halves of characters."""
    return REFUSED.sub("", text)
