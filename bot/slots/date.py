"""Slot type `date`: one civil day at the location, between today and eighteen months ahead."""

from collections.abc import Mapping
from datetime import date

from pydantic import JsonValue

from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy
from bot.errors import Unreadable
from bot.slots.dates import read_period, show_day, typeset_days
from bot.slots.dates.window import check_lead
from bot.slots.settle import settle
from bot.slots.slot_type import Widget

MOST_CHOICES = 3


class DateType:
    """A day."""

    name = "date"
    widget: Widget = "date"

    def parse(self, text: str, slot: Slot, reading: Reading, copy: SlotCopy) -> date:
        found = read_period(text, reading)
        days = tuple(dict.fromkeys(day for period in found.periods for day in period.days(MOST_CHOICES + 1)))
        if len(days) > MOST_CHOICES:
            raise Unreadable("one_day_only")
        return settle(
            days, lambda day: check_lead(day, slot, reading), self.dump, is_doubtful=not found.is_sure or len(days) > 1
        )

    def show(self, value: date, reading: Reading, copy: SlotCopy) -> str:
        return show_day(value, reading)

    def typeset(self, value: date, reading: Reading, copy: SlotCopy) -> str:
        return typeset_days(value, value, reading)

    def dump(self, value: date) -> dict[str, JsonValue]:
        return {"day": value.isoformat()}

    def load(self, data: Mapping[str, JsonValue]) -> date:
        return date.fromisoformat(str(data["day"]))

    def facts(self, value: date) -> Mapping[str, JsonValue]:
        return {"first": value.isoformat(), "last": value.isoformat()}
