"""What Slack hands out to be used briefly: trigger ids (3 s, once) and response URLs (30 min, 5 times).

The sender of interactions issues them; `views.open` and the response route redeem them.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from bot.playground.slack_state import Post

TRIGGER_LIFE_S = 3.0
RESPONSE_LIFE_S = 30 * 60.0
RESPONSE_USES = 5

TriggerFault = Literal["invalid_trigger_id", "exchanged_trigger_id", "expired_trigger_id"]
ResponseFault = Literal["invalid_url", "used_url", "expired_url"]


@dataclass(slots=True)
class Trigger:
    """A trigger id's owner and age."""

    user: str
    issued_at: float
    channel: str
    used: bool = False


@dataclass(slots=True)
class ResponseTicket:
    """What a response URL may still do; `post` is the one it was pressed on."""

    user: str
    channel: str
    issued_at: float
    post: Post | None
    uses: int = 0


@dataclass(slots=True)
class Tickets:
    """All tickets of one workspace."""

    now: Callable[[], float]
    triggers: dict[str, Trigger] = field(default_factory=dict)
    responses: dict[str, ResponseTicket] = field(default_factory=dict)

    def issue_trigger(self, user: str, *, channel: str) -> str:
        """Return a new trigger id."""
        name = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self.triggers[name] = Trigger(user, self.now(), channel)
        return name

    def redeem_trigger(self, name: str) -> Trigger | TriggerFault:
        """Use a trigger id up, or say why it cannot be used."""
        trigger = self.triggers.get(name)
        if trigger is None:
            return "invalid_trigger_id"
        if trigger.used:
            return "exchanged_trigger_id"
        if self.now() - trigger.issued_at > TRIGGER_LIFE_S:
            return "expired_trigger_id"
        trigger.used = True
        return trigger

    def issue_response(self, user: str, *, channel: str, post: Post | None) -> str:
        """Return the secret part of a new response URL."""
        secret = secrets.token_hex(12)
        self.responses[secret] = ResponseTicket(user, channel, self.now(), post)
        return secret

    def redeem_response(self, secret: str) -> ResponseTicket | ResponseFault:
        """Count one use of a response URL, or say why it cannot be used."""
        ticket = self.responses.get(secret)
        if ticket is None:
            return "invalid_url"
        if self.now() - ticket.issued_at > RESPONSE_LIFE_S:
            return "expired_url"
        if ticket.uses >= RESPONSE_USES:
            return "used_url"
        ticket.uses += 1
        return ticket
