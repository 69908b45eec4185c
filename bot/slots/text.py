"""Slot types `text` (one line) and `long_text` (several): the person's own words, cleaned and measured."""

from collections.abc import Mapping

import regex
from pydantic import JsonValue

from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy
from bot.errors import Unreadable
from bot.slots.clean import clean_text, count_graphemes, has_words
from bot.slots.limits import whole_limit
from bot.slots.slot_type import Widget

TEXT_GRAPHEMES = 200
LONG_TEXT_GRAPHEMES = 1000
LONG_TEXT_LINES = 12

_BLANK_LINES = regex.compile(r"\n{3,}")
_APOSTROPHE = regex.compile(r"(?<=\p{L})'(?=\p{L})")
_BEFORE_MARK = regex.compile(r" (?=[!?;:»%$€])")


class TextType:
    """A headline, a product name: one line."""

    name = "text"
    widget: Widget = "text"
    most_graphemes = TEXT_GRAPHEMES

    def parse(self, text: str, slot: Slot, reading: Reading, copy: SlotCopy) -> str:
        value = self._lay_out(clean_text(text, reading.locale))
        if not value:
            raise Unreadable("empty")
        if not has_words(value):
            raise Unreadable("only_emoji")
        self._measure(value, slot)
        return value

    def show(self, value: str, reading: Reading, copy: SlotCopy) -> str:
        return value

    def typeset(self, value: str, reading: Reading, copy: SlotCopy) -> str:
        curled = str(_APOSTROPHE.sub("’", value))
        return str(_BEFORE_MARK.sub("\u202f", curled)) if reading.locale.startswith("fr") else curled

    def dump(self, value: str) -> dict[str, JsonValue]:
        return {"text": value}

    def load(self, data: Mapping[str, JsonValue]) -> str:
        return str(data["text"])

    def facts(self, value: str) -> Mapping[str, JsonValue]:
        return {"text": value, "graphemes": count_graphemes(value), "lines": value.count("\n") + 1}

    def _lay_out(self, text: str) -> str:
        return " ".join(text.split())

    def _measure(self, value: str, slot: Slot) -> None:
        length = count_graphemes(value)
        most = whole_limit(slot, "max_graphemes", self.most_graphemes)
        least = whole_limit(slot, "min_graphemes", 1)
        if length > most:
            raise Unreadable("too_long", length=length, limit=most)
        if length < least:
            raise Unreadable("too_short", length=length, limit=least)


class LongTextType(TextType):
    """A paragraph; its line breaks are kept."""

    name = "long_text"
    widget: Widget = "long_text"
    most_graphemes = LONG_TEXT_GRAPHEMES

    def _lay_out(self, text: str) -> str:
        return str(_BLANK_LINES.sub("\n\n", text))

    def _measure(self, value: str, slot: Slot) -> None:
        super()._measure(value, slot)
        lines = value.count("\n") + 1
        most = whole_limit(slot, "max_lines", LONG_TEXT_LINES)
        if lines > most:
            raise Unreadable("too_many_lines", lines=lines, limit=most)
