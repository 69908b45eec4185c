"""How far ahead a date may lie: from today to eighteen months on, and within the slot's own lead."""

from datetime import date, timedelta

from bot.domain.reading import Reading
from bot.domain.template import Slot
from bot.errors import Unreadable
from bot.slots.dates.show import show_day
from bot.slots.limits import whole_limit

MONTHS_AHEAD = 18


def latest_day(today: date) -> date:
    """Give the last day anybody may plan for."""
    months = today.month - 1 + MONTHS_AHEAD
    return date(today.year + months // 12, months % 12 + 1, min(today.day, 28))


def check_lead(first: date, slot: Slot, reading: Reading) -> None:
    """Refuse a start further ahead than the slot's `days_ahead`."""
    most = whole_limit(slot, "days_ahead", 0)
    latest = reading.today + timedelta(days=most)
    if most and first > latest:
        raise Unreadable("date_too_far", latest=show_day(latest, reading))
