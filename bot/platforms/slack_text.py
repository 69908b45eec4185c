"""Words in Slack's mrkdwn: parts become markup, everything else is escaped so that nothing injects.

Pure. `slack_blocks` and `slack_views` draw with it; `slack_intake` reads people's text back.
"""

import re
from collections.abc import Mapping

from bot.chat import Linked, Quoted, Strong, Text, plain

ELLIPSIS = "…"
_WORD_JOINER = "\u2060"
_OPENER = re.compile(r"(?<![^\W_])([*_~`])(?=\S)")
_MARKED = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_EMOJI = re.compile(r":([a-z0-9_+'-]+)(?:::skin-tone-[2-6])?:")
_INLINE_QUOTE_CHARACTERS = 80


def escape(text: str) -> str:
    """Escape what Slack reads as control ("Formatting text for app surfaces"), and accidental markup."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _OPENER.sub(rf"\1{_WORD_JOINER}", safe)


def draw(text: Text, *, is_inline: bool = False) -> str:
    """Draw words with parts as mrkdwn; inline, a quote is not set off."""
    drawn = ""
    for index, part in enumerate(text):
        match part:
            case str():
                drawn += escape(part)
            case Strong():
                drawn += bold(part.text)
            case Linked():
                drawn += _link(part)
            case Quoted() if is_inline:
                drawn += escape(part.text)
            case Quoted():
                drawn += _quote(part.text, starts_line=not drawn or drawn.endswith("\n"),
                                is_last=index == len(text) - 1)  # fmt: skip
    return drawn


def bold(text: str) -> str:
    """Draw one line in bold."""
    words = " ".join(text.split())
    return f"*{escape(words).replace('*', '∗')}*" if words else ""


def shorten(text: str, most: int) -> str:
    """Cut plain text to so many characters, visibly."""
    return text if len(text) <= most else text[: most - 1].rstrip() + ELLIPSIS


def label(text: Text, most: int) -> str:
    """Flatten words for a place without markup, on one line and inside its limit."""
    return shorten(" ".join(plain(text).split()), most) or ELLIPSIS


def split(drawn: str, most: int) -> list[str]:
    """Cut mrkdwn into pieces of at most so many characters, at line ends or spaces where there are any."""
    pieces: list[str] = []
    rest = drawn.strip("\n")
    while len(rest) > most:
        cut = _cut(rest, most)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [piece for piece in (*pieces, rest) if piece]


def read(text: str, emoji: Mapping[str, str], *, bot_user_id: str = "") -> str:
    """Turn what Slack sends for a person's words into the characters they typed.

    Args:
        text: the text of an event, escaped and with `<…>` marks.
        emoji: emoji name -> character, for the names that occur in it.
        bot_user_id: the mention to leave out.
    """
    seen = text.replace(f"<@{bot_user_id}>", "") if bot_user_id else text
    seen = _MARKED.sub(lambda m: _unmark(m[1], m[2] or ""), seen)
    seen = _EMOJI.sub(lambda m: emoji.get(m[1], m[0]), seen)
    return seen.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _link(part: Linked) -> str:
    if not part.url.startswith("https://"):
        return escape(part.text)
    address = part.url.replace("&", "&amp;").replace("|", "%7C").replace("<", "%3C")
    shown = escape(" ".join(part.text.split())).replace("|", "/")
    return f"<{address.replace('>', '%3E')}|{shown}>"


def _quote(text: str, *, starts_line: bool, is_last: bool) -> str:
    if not text.strip():
        return ""
    if "\n" not in text.strip() and not is_last and len(text) <= _INLINE_QUOTE_CHARACTERS:
        return escape(text)
    lines = "\n".join(f">{escape(line)}" for line in text.strip().splitlines())
    return f"{'' if starts_line else chr(10)}{lines}{'' if is_last else chr(10)}"


def _cut(text: str, most: int) -> int:
    for mark in ("\n", " "):
        found = text.rfind(mark, most // 2, most)
        if found > 0:
            return _outside_marks(text, found)
    return _outside_marks(text, most)


def _outside_marks(text: str, cut: int) -> int:
    """Move a cut before a link or an entity that it would break."""
    head = text[:cut]
    link = head.rfind("<")
    if link > head.rfind(">"):
        return link or cut
    entity = head.rfind("&")
    if entity >= 0 and ";" not in head[entity:] and ";" in text[entity : entity + 6]:
        return entity or cut
    return cut


def _unmark(target: str, shown: str) -> str:
    if target.startswith("@"):
        return f"@{shown or target[1:]}"
    if target.startswith("#"):
        return f"#{shown or target[1:]}"
    if target.startswith("!"):
        return shown or f"@{target[1:].partition('^')[0]}"
    if target.startswith(("mailto:", "tel:")) or (shown and target.rstrip("/").endswith(shown)):
        return shown or target.partition(":")[2]
    return target
