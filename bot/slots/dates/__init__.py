"""Dates as people say them: a small grammar of our own that reads, asks, or says it could not.

`read_period` is what the slot types `date` and `date_range` call; nothing here asks a clock.
"""

from bot.slots.dates.period import Period
from bot.slots.dates.read import read_period
from bot.slots.dates.show import show_day, show_period, typeset_days

__all__ = ["Period", "read_period", "show_day", "show_period", "typeset_days"]
