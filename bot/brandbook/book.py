"""What a brand's folder says, as one frozen value that the whole process reads.

`load_book` makes it; a reload makes another one and swaps the two. Versions are digests of files, so
that a campaign keeps pointing at what it was made with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.brand import Brand
from bot.domain.conversation import Conversation
from bot.domain.ids import Digest
from bot.domain.location import Location, Places, Territory
from bot.domain.member import Member
from bot.domain.policy import Policies
from bot.domain.template import Template


@dataclass(frozen=True)
class Seed:
    """What a new network starts with; the people are for demonstrations."""

    territories: tuple[Territory, ...]
    locations: tuple[Location, ...]
    people: tuple[Member, ...]
    conversations: tuple[Conversation, ...]

    @property
    def places(self) -> Places:
        """Return territories and locations together."""
        return Places(territories=self.territories, locations=self.locations)


@dataclass(frozen=True)
class BrandBook:
    """One version of everything headquarters wrote."""

    brand: Brand
    templates: Mapping[str, Template]
    policies: Policies
    seed: Seed
    files: Mapping[Digest, Path]
    """Where the bytes of each asset lie at this moment."""
    version: Digest
