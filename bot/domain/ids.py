"""Identifiers: short enough for a Telegram button, typed so that they cannot be mixed up."""

import secrets
from typing import NewType

MemberId = NewType("MemberId", str)
AccountId = NewType("AccountId", str)
LocationId = NewType("LocationId", str)
TerritoryId = NewType("TerritoryId", str)
CampaignId = NewType("CampaignId", str)
RequestId = NewType("RequestId", str)
PendingId = NewType("PendingId", str)
PlacementId = NewType("PlacementId", str)
Digest = NewType("Digest", str)
"""SHA-256 in lower-case hex."""

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
RANDOM_CHARACTERS = 13
"""65 bits: unguessable, and 14 bytes of a 64-byte button with the prefix."""


def new_id(prefix: str) -> str:
    """Make a random identifier; the one-letter prefix tells people (and logs) what it names."""
    return prefix + "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
