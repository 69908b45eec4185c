"""What a free sentence says: slot values with their places, and the templates it may be about.

`handlers/sentence.py` calls it. Rules only, no model; nothing doubtful is taken, and everything taken is confirmed
by the person. Two candidates for one slot mean that none is taken.
"""

from dataclasses import dataclass

import regex
from pydantic import JsonValue

from bot.dialog.ranking import rank_templates
from bot.dialog.sentence_parts import SCANNERS, Span, find_quoted
from bot.dialog.sentence_words import EDGES, NEGATIONS, NO_NAME
from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy, Template
from bot.errors import AskAgain
from bot.slots import read
from bot.slots.dates.find import names_a_time
from bot.slots.fold import fold

__all__ = ["Found", "find_parts", "find_values", "rank_templates"]

MOST_NAME_WORDS = 5
OFFERS = frozenset({"percent", "amount_minor"})
"""Data that makes a sentence an offer of something, which then may be named in it."""
NOWHERE: Span = (0, 0)
"""What a scanner gives for something it saw and does not trust."""

_NOTHING = SlotCopy(label="")
_WORD = regex.compile(r"[^\s,;:.!?()]+")
_MARKUP = regex.compile(r"[@#<>\\/|*_`]")
_BREAK = regex.compile(r"[,;:.!?()\n]|\s[-–—]\s")


@dataclass(frozen=True)
class Found:
    """One slot's value, and the characters of the sentence that say it."""

    slot: str
    data: dict[str, JsonValue]
    span: Span


def find_values(text: str, template: Template, *, reading: Reading) -> dict[str, dict[str, JsonValue]]:
    """Give slot name -> Value.data for everything a sentence says unmistakably."""
    return {found.slot: found.data for found in find_parts(text, template, reading=reading)}


def find_parts(text: str, template: Template, *, reading: Reading) -> tuple[Found, ...]:
    """Find the values of a template's open slots, in the order of its slots; the product's name last."""
    open_slots = [slot for slot in template.slots if not slot.is_locked and not slot.profile]
    typed = [found for slot in open_slots if (found := _typed(text, slot, open_slots, reading))]
    quoted = _quoted(text, open_slots, reading)
    known = [*typed, *([quoted] if quoted else [])]
    rest = _rest(text, open_slots, known, template, reading)
    return (*known, *([rest] if rest else []))


def _typed(text: str, slot: Slot, slots: list[Slot], reading: Reading) -> Found | None:
    """Read the only candidate for the only slot of its kind."""
    scanner = SCANNERS.get(slot.type)
    rivals = [other for other in slots if SCANNERS.get(other.type) is scanner]
    if scanner is None or len(rivals) != 1:
        return None
    spans = list(dict.fromkeys(scanner(text, reading)))
    return _read(text, slot, spans[0], reading) if len(spans) == 1 and spans[0] != NOWHERE else None


def _quoted(text: str, slots: list[Slot], reading: Reading) -> Found | None:
    """Put the only quoted words into the only line of text that does not take the rest."""
    lines = [slot for slot in slots if slot.type == "text" and not slot.limits.get("takes_rest")]
    spans = list(find_quoted(text, reading))
    return _read(text, lines[0], spans[0], reading) if len(lines) == 1 and len(spans) == 1 else None


def _rest(text: str, slots: list[Slot], known: list[Found], template: Template, reading: Reading) -> Found | None:
    """Take the only words that are left as the name of the product, where a slot asks for the rest."""
    takers = [slot for slot in slots if slot.type == "text" and slot.limits.get("takes_rest")]
    taken = [found.span for found in known]
    is_offer = any(not OFFERS.isdisjoint(found.data) for found in known)
    if len(takers) != 1 or not is_offer or not _is_all_taken(text, taken, reading):
        return None
    names = _names_left(text, taken, _names_of(template))
    return _read(text, takers[0], names[0], reading, is_name=True) if len(names) == 1 else None


def _is_all_taken(text: str, taken: list[Span], reading: Reading) -> bool:
    """Tell whether nothing that looks like a number, money, a time or a no is left unread."""
    seen = {span for scanner in (*SCANNERS.values(), find_quoted) for span in scanner(text, reading)}
    left = _without(text, taken)
    words = {fold(found.group()) for found in _WORD.finditer(left)}
    has_figures = any(character.isdigit() or character in "%$€£¢" for character in left)
    return seen <= set(taken) and not has_figures and not words & NEGATIONS and not names_a_time(left)


def _without(text: str, taken: list[Span]) -> str:
    """Put a line break in place of every character that was read."""
    return "".join("\n" if any(start <= at < end for start, end in taken) else each for at, each in enumerate(text))


def _names_left(text: str, taken: list[Span], template_names: frozenset[str]) -> list[Span]:
    """Give the stretches of the sentence between what was read, without the small words at their edges."""
    blanked = _without(text, taken)
    borders = [0, *(place for found in _BREAK.finditer(blanked) for place in found.span()), len(text)]
    pairs = zip(borders[::2], borders[1::2], strict=True)
    open_pairs = ((start, end) for start, end in pairs if fold(text[start:end].strip()) not in template_names)
    return [stretch for start, end in open_pairs if (stretch := _trim(blanked, start, end)) is not None]


def _names_of(template: Template) -> frozenset[str]:
    """Give what the template itself is called, so that it is not taken for a product."""
    copies = template.copy_by_language.values()
    return frozenset(fold(phrase) for copy in copies for phrase in (copy.title, *copy.phrases))


def _trim(text: str, start: int, end: int) -> Span | None:
    """Take the small words off both ends; NOWHERE for what is no name, None when nothing is left."""
    words = list(_WORD.finditer(text, start, end))
    first = next((at for at, word in enumerate(words) if not _is_small(word.group())), len(words))
    last = next((at for at in range(len(words), first, -1) if not _is_small(words[at - 1].group())), first)
    if first == last:
        return None
    has_other_sense = any(fold(word.group()) in NO_NAME for word in words[:last])
    if last - first > MOST_NAME_WORDS or has_other_sense or _MARKUP.search(text, start, end):
        return NOWHERE
    return words[first].start(), words[last - 1].end()


def _is_small(word: str) -> bool:
    return fold(word) in EDGES or not any(character.isalpha() for character in word)


def _read(text: str, slot: Slot, span: Span, reading: Reading, *, is_name: bool = False) -> Found | None:
    words = text[slice(*span)]
    if is_name and not words:
        return None
    try:
        data = read(words[:1].upper() + words[1:] if is_name else words, slot, reading, _NOTHING)
    except AskAgain:
        return None
    return Found(slot.name, data, span)
