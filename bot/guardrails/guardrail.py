"""What every kind of guardrail offers, and what it gets to look at; pure data in, offences out.

`bot/guardrails/check.py` calls the kinds and turns their offences into findings with sentences and labelled remedies.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pydantic import JsonValue

from bot.domain.draft import Draft
from bot.domain.frozen import Frozen
from bot.domain.template import Slot, SlotCopy
from bot.domain.value import Value
from bot.slots import SLOT_TYPES

Data = dict[str, JsonValue]
S_contra = TypeVar("S_contra", bound=Frozen, contravariant=True)


@dataclass(frozen=True)
class Look:
    """One slot of a draft as a rule looks at it; `copy` is in the reader's language."""

    draft: Draft
    slot: Slot
    value: Value | None
    copy: SlotCopy
    language: str

    @property
    def text(self) -> str:
        """Give the value's text, or nothing."""
        return str(self.value.data.get("text", "")) if self.value else ""

    @property
    def facts(self) -> Mapping[str, JsonValue]:
        """Give what the slot type tells of the value."""
        kind = SLOT_TYPES[self.slot.type]
        return kind.facts(kind.load(self.value.data)) if self.value else {}

    def show(self, data: Mapping[str, JsonValue]) -> str:
        """Write a value of this slot as people read it."""
        kind = SLOT_TYPES[self.slot.type]
        return kind.show(kind.load(data), self.draft.reading, self.copy)


@dataclass(frozen=True)
class Offence:
    """One thing wrong: what the sentence may name, compliant values, and where in the text."""

    facts: Mapping[str, str]
    remedies: tuple[Data, ...]
    span: tuple[int, int] | None = None


class Guardrail(Protocol[S_contra]):
    """One kind of rule."""

    @property
    def kind(self) -> str:
        """Give the word that policies/*.yaml use."""
        ...

    @property
    def settings_model(self) -> type[Frozen]:
        """Give the model that Rule.settings must fit."""
        ...

    @property
    def slot_types(self) -> frozenset[str]:
        """Name the slot types it can look at."""
        ...

    @property
    def facts(self) -> tuple[str, ...]:
        """Name what a sentence may say besides value, label and location."""
        ...

    def look(self, at: Look, settings: S_contra) -> Iterator[Offence]:
        """Find what is wrong with one slot."""
        ...
