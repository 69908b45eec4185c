"""Time that belongs to the test: it stands still until somebody lets it pass."""

from datetime import UTC, datetime, timedelta

MONDAY_MORNING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""A Monday, 9 o'clock in Springfield, Illinois."""


class TestClock:
    """The port Clock, moved by hand."""

    __test__ = False

    def __init__(self, at: datetime = MONDAY_MORNING) -> None:
        self._at = at

    def now(self) -> datetime:
        """Give the instant."""
        return self._at

    def passes(self, **amount: float) -> None:
        """Let time pass: `passes(hours=2)`."""
        self._at += timedelta(**amount)
