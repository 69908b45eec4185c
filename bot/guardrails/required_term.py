"""Kind `required_term`: words that must stand in a slot; they add themselves."""

from collections.abc import Iterator, Mapping

from bot.domain.frozen import Frozen
from bot.guardrails.guardrail import Look, Offence
from bot.guardrails.shorten import shorten
from bot.slots.clean import count_graphemes
from bot.slots.fold import fold
from bot.slots.limits import whole_limit

LONGEST = 1000


class RequiredTermSettings(Frozen):
    """Which slot must say what, per language of the location."""

    slot: str
    text: Mapping[str, str]

    def term(self, language: str) -> str:
        """Give the words in a language, or in the first one."""
        return self.text.get(language) or next(iter(self.text.values()))


class RequiredTerm:
    """Adds what the brand or the law wants said."""

    kind = "required_term"
    settings_model = RequiredTermSettings
    slot_types = frozenset({"text", "long_text"})
    facts = ("term",)

    def look(self, at: Look, settings: RequiredTermSettings) -> Iterator[Offence]:
        if at.slot.name != settings.slot:
            return
        term = settings.term(at.draft.location.language)
        if _flat(term) not in _flat(at.text):
            yield Offence(facts={"value": at.text, "term": term}, remedies=({"text": _with_term(at, term)},))


def _flat(text: str) -> str:
    return " ".join(fold(text).split())


def _with_term(at: Look, term: str) -> str:
    """Put the term behind the person's words, which give way when both do not fit."""
    most = whole_limit(at.slot, "max_graphemes", LONGEST)
    room = most - count_graphemes(term) - len(". ")
    own = shorten(at.text, room) if at.text and room > 0 else ""
    gap = "\n" if at.slot.type == "long_text" and "\n" in own else " "
    stop = "" if not own or own[-1] in ".!?…" else "."
    return f"{own}{stop}{gap}{term}" if own and count_graphemes(own + stop + gap + term) <= most else term
