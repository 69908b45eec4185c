"""A span of civil days that may be open at either end, and an admin's words for one."""

import re
from datetime import date

from babel.dates import format_date
from pydantic import JsonValue

from bot.domain.frozen import Frozen
from bot.domain.reading import Reading
from bot.domain.switch import Switch
from bot.domain.template import Slot, SlotCopy
from bot.errors import Unreadable
from bot.slots import read

ON = {"on", "sí", "si", "activar", "activer", "oui"}
OFF = {"off", "no", "apagar", "desactivar", "désactiver", "non"}
EDGES = re.compile(
    r"^(?:(?:from|desde|du|dès) (?P<first>.+?))?\s*(?:\b(?:until|till|to|hasta|au|jusqu['’]au) (?P<last>.+))?$",
    re.IGNORECASE,
)


class Span(Frozen):
    """From a day to a day, both included; None is open."""

    first: date | None = None
    last: date | None = None

    @property
    def is_bounded(self) -> bool:
        """Tell whether there is anything to say."""
        return bool(self.first or self.last)

    def say(self, language: str) -> str:
        """Say it shortly, such as `Dec 1, 2026 – Dec 24, 2026`."""
        first = format_date(self.first, "medium", locale=language) if self.first else "…"
        last = format_date(self.last, "medium", locale=language) if self.last else "…"
        return f"{first} – {last}"


def read_switch(words: str, *, reading: Reading, before: Switch) -> Switch:
    """Read `on`, `off`, `from DAY`, `until DAY`, `from DAY until DAY`; raises Unreadable."""
    folded = words.strip().casefold()
    if folded in ON:
        return Switch(is_on=True)
    if folded in OFF:
        return before.model_copy(update={"is_on": False})
    edges = EDGES.match(words.strip())
    if not edges or not (edges["first"] or edges["last"]):
        raise Unreadable("not_a_date")
    first, last = (_day(edges[edge], reading) if edges[edge] else None for edge in ("first", "last"))
    if first and last and last < first:
        raise Unreadable("not_a_date")
    return Switch(is_on=True, valid_from=first, valid_until=last)


def _day(words: str, reading: Reading) -> date:
    data: dict[str, JsonValue] = read(words, Slot(name="day", type="date"), reading, SlotCopy(label="day"))
    return date.fromisoformat(str(data["day"]))
