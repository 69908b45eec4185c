"""What the YAML files hold where that is not a domain value by itself.

The readers of this room turn these into domain values; their JSON Schemas are exported for editors.
"""

from datetime import date

from pydantic import RootModel

from bot.domain.conversation import Conversation
from bot.domain.frozen import Frozen
from bot.domain.ids import MemberId, TerritoryId
from bot.domain.location import Location, Territory
from bot.domain.member import Account, Member, Membership
from bot.domain.policy import Rule
from bot.domain.template import Slot


class TemplateFile(Frozen):
    """templates/<name>/template.yaml; the fields are those of `bot.domain.template.Template`."""

    slots: tuple[Slot, ...]
    lane: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    territories: tuple[str, ...] = ()
    rank: int = 100


class SampleFile(RootModel[dict[str, str]]):
    """templates/<name>/sample.yaml: slot -> what a person would type, a file for a photo."""


class RulesFile(Frozen):
    """policies/*.yaml, except approval.yaml: guardrails."""

    rules: tuple[Rule, ...] = ()


class Person(Frozen):
    """A member as seed.yaml writes one; `roles` are memberships."""

    id: MemberId
    name: str
    locale: str = "en"
    accounts: tuple[Account, ...] = ()
    roles: tuple[Membership, ...] = ()

    def to_member(self) -> Member:
        """Return the member this person is."""
        return Member(id=self.id, name=self.name, locale=self.locale, accounts=self.accounts, memberships=self.roles)


class Place(Frozen):
    """A conversation where a territory's requests are posted."""

    platform: str
    workspace: str
    conversation_id: str
    territory_id: TerritoryId

    def to_conversation(self) -> Conversation:
        """Return the shared conversation this place is."""
        return Conversation(**dict(self), is_direct=False)


class SeedFile(Frozen):
    """seed.yaml as written."""

    territories: tuple[Territory, ...]
    locations: tuple[Location, ...]
    people: tuple[Person, ...] = ()
    conversations: tuple[Place, ...] = ()
