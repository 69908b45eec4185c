"""Durable work: deliveries, reminders and deadlines, committed with the turn that causes them.

bot/app.py joins it; the rest of the house knows only the port Engine. DbosEngine is imported from
`bot.engine.dbos_engine`, and only where jobs are carried out.
"""

from bot.engine.context import JobContext
from bot.engine.run import attempt

__all__ = ["JobContext", "attempt"]
