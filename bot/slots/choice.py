"""Slot type `choice`: one of the template's own options, by key, by number, by words or by a near miss."""

from collections.abc import Mapping

from pydantic import JsonValue
from rapidfuzz import fuzz, process

from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy
from bot.errors import Ambiguous, Unreadable
from bot.slots.clean import clean_text
from bot.slots.fold import fold
from bot.slots.slot_type import Widget

SURE = 80
"""Percent of likeness from which a near miss counts as the word itself."""
LIKELY = 65
LEAD = 15
"""How much likelier than the next one it must be."""


class ChoiceType:
    """One option's key."""

    name = "choice"
    widget: Widget = "choice"

    def parse(self, text: str, slot: Slot, reading: Reading, copy: SlotCopy) -> str:
        typed = fold(clean_text(text)).strip(" .)!")
        if not typed:
            raise Unreadable("empty")
        words = {key: fold(option) for key, option in copy.options.items()}
        for key, option in words.items():
            if typed in {fold(key), option}:
                return key
        if typed.isdecimal() and 1 <= int(typed) <= len(words):
            return list(words)[int(typed) - 1]
        return self._match(typed, words, copy)

    def show(self, value: str, reading: Reading, copy: SlotCopy) -> str:
        return copy.options.get(value, value)

    def typeset(self, value: str, reading: Reading, copy: SlotCopy) -> str:
        return self.show(value, reading, copy)

    def dump(self, value: str) -> dict[str, JsonValue]:
        return {"key": value}

    def load(self, data: Mapping[str, JsonValue]) -> str:
        return str(data["key"])

    def facts(self, value: str) -> Mapping[str, JsonValue]:
        return {"key": value}

    def _match(self, typed: str, words: Mapping[str, str], copy: SlotCopy) -> str:
        ranked = process.extract(typed, dict(words), scorer=fuzz.ratio, limit=3, score_cutoff=LIKELY)
        named = [key for key, option in words.items() if f" {option} " in f" {typed} "]
        if len(named) == 1:
            return named[0]
        scores = [score for _, score, _ in ranked]
        if ranked and scores[0] >= SURE and (len(scores) == 1 or scores[0] - scores[1] >= LEAD):
            return str(ranked[0][2])
        begun = [key for key, option in words.items() if set(typed.split()) <= set(option.split())]
        likely = named or begun or [str(key) for _, _, key in ranked]
        if likely:
            raise Ambiguous(tuple(dict[str, object](self.dump(key)) for key in likely[:3]))
        raise Unreadable("not_an_option", options=", ".join(copy.options.values()))
