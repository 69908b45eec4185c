"""Slot type `date_range`: the first and last civil day of an offer at the location."""

from collections.abc import Mapping
from datetime import date

from pydantic import JsonValue

from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy
from bot.errors import Unreadable
from bot.slots.dates import Period, read_period, show_period, typeset_days
from bot.slots.dates.window import check_lead
from bot.slots.limits import whole_limit
from bot.slots.settle import settle
from bot.slots.slot_type import Widget

LONGEST_DAYS = 366


class DateRangeType:
    """A period of whole days; one day is a period, too."""

    name = "date_range"
    widget: Widget = "text"

    def parse(self, text: str, slot: Slot, reading: Reading, copy: SlotCopy) -> Period:
        found = read_period(text, reading)
        if found.is_open:
            raise Unreadable("no_end")
        return settle(
            found.periods, lambda period: _check(period, slot, reading), self.dump, is_doubtful=not found.is_sure
        )

    def show(self, value: Period, reading: Reading, copy: SlotCopy) -> str:
        return show_period(value, reading)

    def typeset(self, value: Period, reading: Reading, copy: SlotCopy) -> str:
        return typeset_days(value.first, value.last, reading)

    def dump(self, value: Period) -> dict[str, JsonValue]:
        return {"first": value.first.isoformat(), "last": value.last.isoformat()}

    def load(self, data: Mapping[str, JsonValue]) -> Period:
        return Period(date.fromisoformat(str(data["first"])), date.fromisoformat(str(data["last"])))

    def facts(self, value: Period) -> Mapping[str, JsonValue]:
        return {**self.dump(value), "days": value.length_days}


def _check(period: Period, slot: Slot, reading: Reading) -> None:
    longest = whole_limit(slot, "max_days", LONGEST_DAYS)
    if period.length_days > longest:
        raise Unreadable("too_many_days", days=period.length_days, limit=longest)
    check_lead(period.first, slot, reading)
