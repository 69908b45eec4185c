"""The inspector's rows: raw requests and answers of both doubles, newest first, without tokens."""

import json
from dataclasses import dataclass
from typing import Literal

from bot.playground.stage import Stage

MOST_ROWS = 150


@dataclass(frozen=True)
class TrafficRow:
    """One exchange."""

    platform: Literal["slack", "telegram"]
    number: int
    at_s: float
    is_from_bot: bool
    name: str
    status: int

    @property
    def key(self) -> str:
        """Name the row in the page."""
        return f"{self.platform}-{self.number}"


def rows_of(stage: Stage) -> tuple[TrafficRow, ...]:
    """List what went over the wire last, newest first."""
    slack = [
        TrafficRow("slack", one.number, one.at, one.direction == "to_slack", one.name, one.status)
        for one in stage.slack.workspace.record.exchanges[-MOST_ROWS:]
    ]
    telegram = [
        TrafficRow("telegram", number, one.at_s, one.kind == "call", one.method, one.status)
        for number, one in stage.telegram.traffic.since(max(stage.telegram.traffic.last_number - MOST_ROWS, 0))
        if one.method.lower() != "getupdates"
    ]
    return tuple(sorted((*slack, *telegram), key=lambda row: row.at_s, reverse=True)[:MOST_ROWS])


def detail_of(stage: Stage, platform: str, number: int) -> str:
    """Give one exchange as readable JSON; LookupError when it is gone."""
    if platform == "slack":
        found = next((one for one in stage.slack.workspace.record.exchanges if one.number == number), None)
        if found is None:
            raise LookupError(number)
        return json.dumps({"request": found.request, "answer": found.answer}, indent=2, ensure_ascii=False)
    exchange = next(one for at, one in stage.telegram.traffic.since(number - 1) if at == number)
    return json.dumps({"sent": exchange.sent, "answer": exchange.answer}, indent=2, ensure_ascii=False)
