"""From typed words to candidate periods."""

from datetime import date

import regex

from bot.domain.reading import Reading
from bot.errors import Unreadable
from bot.slots.clean import clean_text
from bot.slots.dates.period import Period
from bot.slots.dates.period import Reading as DateReading


def read_period(text: str, reading: Reading) -> DateReading:
    """Read a day or a period.

    Raises:
        Unreadable: nothing fits, or not all of it was understood.
    """
    days = [date.fromisoformat(found) for found in regex.findall(r"\d{4}-\d\d-\d\d", clean_text(text))]
    if not days:
        raise Unreadable("not_a_date")
    return DateReading((Period(days[0], days[-1]),), is_sure=True)
