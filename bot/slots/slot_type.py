"""What every slot type offers: read what people type, show it in full, set it for the picture, keep it as JSON.

The registry in bot/slots/__init__.py holds one stateless instance per type; a new type is one file and one line there.
"""

from collections.abc import Mapping
from typing import Literal, Protocol, TypeVar

from pydantic import JsonValue

from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy

Widget = Literal["text", "long_text", "choice", "date", "photo", "none"]
V = TypeVar("V")


class SlotType(Protocol[V]):
    """One kind of blank; V is the type's own value."""

    @property
    def name(self) -> str:
        """Give the word that template.yaml uses."""
        ...

    @property
    def widget(self) -> Widget:
        """Tell how a form asks for it."""
        ...

    def parse(self, text: str, slot: Slot, reading: Reading, copy: SlotCopy) -> V:
        """Read what a person typed.

        Raises:
            Unreadable: nothing fits, or the slot's own limits forbid it.
            Ambiguous: there are several readings; its candidates hold the JSON of each.
        """
        ...

    def show(self, value: V, reading: Reading, copy: SlotCopy) -> str:
        """Echo the value in full, as understood."""
        ...

    def typeset(self, value: V, reading: Reading, copy: SlotCopy) -> str:
        """Give the short form for a picture."""
        ...

    def dump(self, value: V) -> dict[str, JsonValue]:
        """Give the JSON that Value.data holds."""
        ...

    def load(self, data: Mapping[str, JsonValue]) -> V:
        """Give the value back from its JSON."""
        ...

    def facts(self, value: V) -> Mapping[str, JsonValue]:
        """Give what rules and layouts may read of it: number, amount_minor, currency, first, last, digest."""
        ...
