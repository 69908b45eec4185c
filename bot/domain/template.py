"""A locked design with named slots, as headquarters wrote it, at one version."""

from collections.abc import Mapping
from datetime import date

from pydantic import Field, JsonValue

from bot.domain.frozen import Frozen
from bot.domain.ids import Digest
from bot.domain.layout import Layout


class SlotCopy(Frozen):
    """A slot's words in one language."""

    label: str
    help: str = ""
    example: str = ""
    default: str = ""
    """Read by the slot's own parser when the campaign starts; empty for none."""
    locked_why: str = ""
    options: Mapping[str, str] = Field(default_factory=dict)
    """Of a choice slot: key -> words."""
    examples: tuple[str, ...] = ()
    """Offered as suggestions when no model is configured."""


class Slot(Frozen):
    """A named blank of a template."""

    name: str
    type: str
    """A key of bot.slots.SLOT_TYPES."""
    is_required: bool = True
    is_change_required: bool = False
    """The default may not be submitted as it is."""
    is_locked: bool = False
    is_suggested: bool = False
    """A writer may suggest texts for it."""
    profile: str = ""
    """Of a slot filled from the location's profile: the profile key (address, phone, link, hours …)."""
    limits: Mapping[str, JsonValue] = Field(default_factory=dict)
    """By slot type: min/max (number, percent, price), max_graphemes/max_lines (text), days_ahead … ."""


class TemplateCopy(Frozen):
    """A template's words in one language."""

    title: str
    description: str = ""
    phrases: tuple[str, ...] = ()
    """What people type when they want this template."""
    words: Mapping[str, str] = Field(default_factory=dict)
    """Locked words that the layout refers to."""
    slots: Mapping[str, SlotCopy] = Field(default_factory=dict)
    alt: str = ""
    """Alternative text of the picture, a jinja2 text over slots and words."""


class TemplateRef(Frozen):
    """Name and version: what a campaign, a rendition and a decision point at."""

    name: str
    version: Digest


class Template(Frozen):
    """One version of a template: slots, copy, layout and the files it draws from."""

    name: str
    version: Digest
    slots: tuple[Slot, ...]
    copy_by_language: Mapping[str, TemplateCopy]
    layout: Layout
    files: Mapping[str, Digest] = Field(default_factory=dict)
    """Path as written in layout.yaml (relative to the template or the brand folder) -> content digest."""
    sample: Mapping[str, str] = Field(default_factory=dict)
    """Slot -> text as a person would type it (a file path for photos), from sample.yaml, for the first locale."""
    lane: str = ""
    """Approval lane of policies/approval.yaml; empty for the first that matches."""
    valid_from: date | None = None
    valid_until: date | None = None
    territories: tuple[str, ...] = ()
    """Where it may be used; empty for everywhere."""
    rank: int = 100
    """Order in the menu before usage is known; smaller first."""

    @property
    def ref(self) -> TemplateRef:
        """Give name and version."""
        return TemplateRef(name=self.name, version=self.version)

    @property
    def formats(self) -> tuple[str, ...]:
        """Name the formats in the layout's order."""
        return tuple(self.layout.formats)

    def slot(self, name: str) -> Slot:
        """Find a slot; raise KeyError when there is none."""
        return {slot.name: slot for slot in self.slots}[name]

    def copy_for(self, language: str) -> TemplateCopy:
        """Give the words in a language (`es`, or a locale of it), or in the template's first one."""
        spoken = language.split("-", maxsplit=1)[0]
        return self.copy_by_language.get(spoken) or next(iter(self.copy_by_language.values()))
