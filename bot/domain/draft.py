"""A campaign's content as guardrails, cards and renderers look at it: template, place and values together."""

import hashlib
import json
from collections.abc import Mapping

from bot.domain.frozen import Frozen
from bot.domain.ids import Digest, TerritoryId
from bot.domain.location import Location, Places
from bot.domain.reading import Reading
from bot.domain.template import Template
from bot.domain.value import Value


class Draft(Frozen):
    """Everything that decides what a campaign looks like and which rules count."""

    template: Template
    location: Location
    territories: tuple[TerritoryId, ...]
    """Areas of the location, smallest first."""
    values: Mapping[str, Value]
    reading: Reading

    @classmethod
    def compose(
        cls, template: Template, location: Location, places: Places, values: Mapping[str, Value], *, reading: Reading
    ) -> "Draft":
        """Put a template's version, a place and values together."""
        territories = places.nearest_first(location)
        return cls(template=template, location=location, territories=territories, values=values, reading=reading)

    @property
    def missing(self) -> tuple[str, ...]:
        """Name the required slots without a value, in the template's order."""
        return tuple(s.name for s in self.template.slots if s.is_required and s.name not in self.values)

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """Name the slots whose value still needs a person's yes."""
        return tuple(
            s.name for s in self.template.slots if s.name in self.values and not self.values[s.name].is_confirmed
        )

    def with_values(self, values: Mapping[str, Value]) -> "Draft":
        """Give the same draft with some values replaced."""
        return self.model_copy(update={"values": {**self.values, **values}})


def digest_values(values: Mapping[str, Value]) -> Digest:
    """Give the digest of what the values say (not of who confirmed them), stable across processes."""
    content = {name: value.data for name, value in sorted(values.items())}
    return Digest(hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest())
