"""Telegram's HTML parse mode, as strict as the server's.

The double parses every text and caption with it: an unknown tag, a stray `<` or a tag left open is refused with the
server's words and byte offset. `draw_html` is the way back, for the panes that show a post.
"""

import html
import re
from dataclasses import dataclass, replace
from typing import Final

from bot.playground.telegram_rules import TelegramRefused, utf16_length

_ENTITY_OF_TAG: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
}
_TAG_OF_ENTITY: Final = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_END = re.compile(r"</([^\s>]*)\s*(>?)")
_START = re.compile(r"<([^\s>]*)")
_ATTRIBUTE = re.compile(r"""\s+([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]+)))?""")
_CLOSE = re.compile(r"\s*>")
_CHARACTER = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")


@dataclass(frozen=True)
class Entity:
    """A styled span of a text; offset and length count UTF-16 code units."""

    kind: str
    offset: int
    length: int
    url: str | None = None


@dataclass(frozen=True)
class _OpenTag:
    name: str
    offset: int
    url: str | None


class _HtmlReader:
    """One pass over one text: plain text out on one side, entities on the other."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.plain = ""
        self.entities: list[Entity] = []
        self.open_tags: list[_OpenTag] = []

    def read(self) -> None:
        at = 0
        while at < len(self.markup):
            if self.markup[at] != "<":
                at = self._take_character(at)
            elif self.markup.startswith("</", at):
                at = self._take_end_tag(at)
            else:
                at = self._take_start_tag(at)
        if self.open_tags:
            raise _refused(f'Can\'t find end tag corresponding to start tag "{self.open_tags[-1].name}"')

    def _take_character(self, at: int) -> int:
        if found := _CHARACTER.match(self.markup, at):
            self.plain += html.unescape(found.group())
            return found.end()
        self.plain += self.markup[at]
        return at + 1

    def _take_start_tag(self, at: int) -> int:
        found = _START.match(self.markup, at)
        if found is None or found.end() == len(self.markup):
            raise _refused(f"Unclosed start tag at byte offset {self._byte_offset(at)}")
        name = found.group(1).lower()
        if name not in _ENTITY_OF_TAG:
            raise _refused(f'Unsupported start tag "{name}" at byte offset {self._byte_offset(at)}')
        attributes: dict[str, str] = {}
        end = found.end()
        while attribute := _ATTRIBUTE.match(self.markup, end):
            attributes[attribute.group(1).lower()] = next((part for part in attribute.groups()[1:] if part), "")
            end = attribute.end()
        closed = _CLOSE.match(self.markup, end)
        if closed is None:
            raise _refused(f"Unclosed start tag at byte offset {self._byte_offset(at)}")
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _refused(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte_offset(at)}')
        url = html.unescape(attributes["href"]) if "href" in attributes else None
        self.open_tags.append(_OpenTag(name, utf16_length(self.plain), url))
        return closed.end()

    def _take_end_tag(self, at: int) -> int:
        offset = self._byte_offset(at)
        if not self.open_tags:
            raise _refused(f"Unexpected end tag at byte offset {offset}")
        found = _END.match(self.markup, at)
        if found is None or not found.group(2):
            raise _refused(f"Unclosed end tag at byte offset {offset}")
        opened, name = self.open_tags.pop(), found.group(1).lower()
        if name and name != opened.name:
            raise _refused(f'Unmatched end tag at byte offset {offset}, expected "</{opened.name}>", found "</{name}>"')
        self._add_entity(opened)
        return found.end()

    def _add_entity(self, opened: _OpenTag) -> None:
        length = utf16_length(self.plain) - opened.offset
        if length and not (opened.name == "a" and not opened.url):
            self.entities.append(Entity(_ENTITY_OF_TAG[opened.name], opened.offset, length, opened.url))

    def _byte_offset(self, at: int) -> int:
        return len(self.markup[:at].encode())


def parse_html(markup: str) -> tuple[str, tuple[Entity, ...]]:
    """Split HTML-mode text into plain text and entities, trimmed as the server trims it.

    Raises:
        TelegramRefused: the markup is one that Telegram refuses.
    """
    reader = _HtmlReader(markup)
    reader.read()
    plain = reader.plain.rstrip()
    cut = utf16_length(plain) - utf16_length(plain.lstrip())
    plain = plain.lstrip()
    return plain, tuple(_trimmed(reader.entities, cut, utf16_length(plain)))


def draw_html(text: str, entities: tuple[Entity, ...]) -> str:
    """Draw a text with its entities as escaped HTML for a browser."""
    units = text.encode("utf-16-le")
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for entity in sorted(entities, key=lambda each: (each.offset, -each.length)):
        start, end = _tags(entity)
        opens.setdefault(entity.offset, []).append(start)
        closes.setdefault(entity.offset + entity.length, []).insert(0, end)
    edges = sorted({0, len(units) // 2, *opens, *closes})
    drawn = []
    for edge, following in zip(edges, [*edges[1:], edges[-1]], strict=True):
        drawn += closes.get(edge, []) + opens.get(edge, [])
        drawn.append(html.escape(units[edge * 2 : following * 2].decode("utf-16-le")))
    return "".join(drawn)


def _tags(entity: Entity) -> tuple[str, str]:
    if entity.kind == "text_link":
        return f'<a href="{html.escape(entity.url or "")}" rel="noopener noreferrer">', "</a>"
    tag = _TAG_OF_ENTITY.get(entity.kind)
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")


def _trimmed(entities: list[Entity], cut: int, length: int) -> list[Entity]:
    kept = []
    for entity in sorted(entities, key=lambda each: (each.offset, -each.length)):
        start = max(entity.offset - cut, 0)
        end = min(entity.offset + entity.length - cut, length)
        if end > start:
            kept.append(replace(entity, offset=start, length=end - start))
    return kept


def _refused(sentence: str) -> TelegramRefused:
    return TelegramRefused(f"can't parse entities: {sentence}")
