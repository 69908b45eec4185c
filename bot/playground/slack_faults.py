"""Trouble on demand: 429 with Retry-After, other errors, slow answers, per method and a number of times.

Tests and the control surface plan it; `slack_api` asks before it answers.
"""

from dataclasses import dataclass, field

from bot.playground.slack_call import ApiRefusal


@dataclass(slots=True)
class _Planned:
    error: str
    times: int
    retry_after_s: int = 0


@dataclass(slots=True)
class Faults:
    """What goes wrong next, by method name."""

    _planned: dict[str, list[_Planned]] = field(default_factory=dict)
    _lost: dict[str, int] = field(default_factory=dict)
    _delays_s: dict[str, float] = field(default_factory=dict)

    def limit(self, method: str, *, times: int = 1, retry_after_s: int = 1) -> None:
        """Answer the next calls with 429 and Retry-After."""
        self._planned.setdefault(method, []).append(_Planned("ratelimited", times, retry_after_s))

    def fail(self, method: str, *, error: str = "internal_error", times: int = 1) -> None:
        """Answer the next calls with an error."""
        self._planned.setdefault(method, []).append(_Planned(error, times))

    def lose(self, method: str, *, times: int = 1) -> None:
        """Carry out the next calls, and answer that they failed."""
        self._lost[method] = times

    def slow(self, method: str, *, delay_s: float) -> None:
        """Answer later from now on; 0 ends it."""
        self._delays_s[method] = delay_s

    def delay_s(self, method: str) -> float:
        """Return how long the answer waits."""
        return self._delays_s.get(method, 0.0)

    def raise_for(self, method: str) -> None:
        """Raise what was planned for this call, if anything.

        Raises:
            ApiRefusal: with the planned error.
        """
        planned = self._planned.get(method, [])
        if not planned:
            return
        fault = planned[0]
        fault.times -= 1
        if fault.times <= 0:
            planned.pop(0)
        if fault.error == "ratelimited":
            headers = {"Retry-After": str(fault.retry_after_s)}
            raise ApiRefusal(fault.error, status=429, headers=headers)
        raise ApiRefusal(fault.error)

    def raise_lost(self, method: str) -> None:
        """Raise after a call was carried out whose answer shall be lost.

        Raises:
            ApiRefusal: as Slack words such a failure.
        """
        if self._lost.get(method, 0) > 0:
            self._lost[method] -= 1
            raise ApiRefusal("fatal_error")
