"""Likely answers offered as buttons beside a question; each is checked against the rules before it is offered.

`handlers/ask.py` calls it. Free text stays the alternative to every button.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from pydantic import JsonValue

from bot.dialog.slot_words import words_for
from bot.domain.draft import Draft
from bot.domain.finding import Severity
from bot.domain.policy import Policies
from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy
from bot.domain.value import Source, Value
from bot.errors import AskAgain
from bot.guardrails import check
from bot.slots import read, show_value, typeset_value

Data = dict[str, JsonValue]
MOST_OFFERED: Final = 4
MOST_OPTIONS: Final = 8
SHORT_TYPES: Final = frozenset({"date", "date_range"})
PERCENTS: Final = (10, 15, 20, 25, 30)
FRIDAY, SATURDAY = 4, 5
"""As date.weekday() counts."""


def quick_answers(draft: Draft, slot: Slot, policies: Policies, language: str) -> tuple[tuple[str, Data], ...]:
    """Give (label, data) pairs that the slot can read and the rules allow."""
    copy = words_for(draft, slot, language)
    offered = _candidates(slot, copy, draft.reading)
    allowed = [data for data in offered if is_allowed(draft, slot, data, policies, language)]
    most = MOST_OPTIONS if slot.type == "choice" else MOST_OFFERED
    return tuple((_label(data, slot, draft.reading, copy), data) for data in allowed[:most])


def _label(data: Data, slot: Slot, reading: Reading, copy: SlotCopy) -> str:
    """Say a day or a period as short as on the picture; the answer is echoed in full."""
    value = Value(data=data, source=Source.CHOSEN)
    shown = (typeset_value if slot.type in SHORT_TYPES else show_value)(value, slot, reading, copy)
    return " ".join(shown.split())


def show_data(data: Mapping[str, JsonValue], slot: Slot, reading: Reading, copy: SlotCopy) -> str:
    """Show a value that nobody has chosen yet, as a button's label."""
    return show_value(Value(data=dict(data), source=Source.CHOSEN), slot, reading, copy)


def is_allowed(draft: Draft, slot: Slot, data: Mapping[str, JsonValue], policies: Policies, language: str) -> bool:
    """Tell whether no rule blocks this value in this draft."""
    tried = draft.with_values({slot.name: Value(data=dict(data), source=Source.CHOSEN)})
    found = check(tried, policies, language, only={slot.name})
    return all(each.severity is not Severity.BLOCK for each in found)


def _candidates(slot: Slot, copy: SlotCopy, reading: Reading) -> Iterator[Data]:
    match slot.type:
        case "choice":
            for key in copy.options:
                yield {"key": key}
        case "percent":
            yield from _percents(slot, copy, reading)
        case "date":
            yield from _days(reading.today)
        case "date_range":
            yield from _ranges(reading.today)
        case _:
            return


def _percents(slot: Slot, copy: SlotCopy, reading: Reading) -> Iterator[Data]:
    for number in PERCENTS:
        try:
            yield dict(read(f"{number}%", slot, reading, copy))
        except AskAgain:
            continue


def _days(today: date) -> Iterator[Data]:
    saturday = _coming(SATURDAY, today)
    for day in dict.fromkeys((today + timedelta(days=1), saturday, saturday + timedelta(days=7))):
        yield {"day": day.isoformat()}


def _ranges(today: date) -> Iterator[Data]:
    friday = _coming(FRIDAY, today)
    for first, length_days in ((friday, 2), (friday + timedelta(days=7), 2), (today + timedelta(days=1), 6)):
        yield {"first": first.isoformat(), "last": (first + timedelta(days=length_days)).isoformat()}


def _coming(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
