"""Slack's mrkdwn as HTML for the panes. Pure; whatever is not Slack's markup is escaped.

Slack escapes `&`, `<` and `>` in what people wrote, so the only bare `<…>` are links and mentions.
"""

import html
import re
from collections.abc import Callable

from markupsafe import Markup

MARKED = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
STYLED = (
    (re.compile(r"(?<![\w`])`([^`\n]+)`(?![\w`])"), "code"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]*?\S)\*(?![\w*])"), "strong"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]*?\S)_(?![\w_])"), "em"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]*?\S)~(?![\w~])"), "s"),
)
EMOJI = re.compile(r":([a-z0-9_+-]+)(?:::skin-tone-\d)?:")
KNOWN = {
    "white_check_mark": "✅", "+1": "👍", "thumbsup": "👍", "eyes": "👀", "tada": "🎉", "heart": "❤️", "x": "❌",
    "croissant": "🥐", "ok_hand": "👌", "raised_hands": "🙌",
}  # fmt: skip


def draw_mrkdwn(text: str, *, name_of: Callable[[str], str]) -> Markup:
    """Draw one text; `name_of` gives a person's name for their user id."""
    lines: list[str] = []
    for line in text.split("\n"):
        bare = line.removeprefix("&gt;").removeprefix(">")
        drawn = _inline(bare.lstrip() if bare != line else bare, name_of)
        lines.append(f'<span class="quote">{drawn}</span>' if bare != line else drawn)
    return Markup("<br>".join(lines).replace("</span><br>", "</span>"))  # noqa: S704 - escaped in _inline


def draw_emoji(name: str) -> str:
    """Give the character of an emoji's name, or the name as Slack writes it."""
    return KNOWN.get(name.partition("::")[0], f":{name}:")


def _inline(line: str, name_of: Callable[[str], str]) -> str:
    drawn, at = "", 0
    for found in MARKED.finditer(line):
        drawn += _styled(line[at : found.start()]) + _marked(found[1], found[2], name_of)
        at = found.end()
    return drawn + _styled(line[at:])


def _styled(piece: str) -> str:
    drawn = html.escape(html.unescape(piece.replace("\u2060", "")))
    for pattern, tag in STYLED:
        drawn = pattern.sub(rf"<{tag}>\1</{tag}>", drawn)
    return EMOJI.sub(lambda found: KNOWN.get(found[1], found[0]), drawn)


def _marked(target: str, label: str | None, name_of: Callable[[str], str]) -> str:
    words = html.escape(html.unescape(label or target))
    if target.startswith(("https://", "http://", "mailto:")):
        address = html.escape(html.unescape(target), quote=True)
        return f'<a href="{address}" target="_blank" rel="noopener noreferrer">{words}</a>'
    if target.startswith("@"):
        return f'<span class="mention">@{html.escape(name_of(target[1:]))}</span>'
    return words
