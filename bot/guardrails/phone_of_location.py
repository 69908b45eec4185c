"""Kind `phone_of_location`: an ad names the shop's own number, the one in its profile."""

from collections.abc import Iterator

from bot.domain.frozen import Frozen
from bot.domain.template import SlotCopy
from bot.errors import AskAgain
from bot.guardrails.guardrail import Data, Look, Offence
from bot.slots import read


class PhoneOfLocationSettings(Frozen):
    """Nothing to set."""


class PhoneOfLocation:
    """Keeps other people's numbers out; a shop without a number in its profile may give any."""

    kind = "phone_of_location"
    settings_model = PhoneOfLocationSettings
    slot_types = frozenset({"phone"})
    facts = ("limit",)

    def look(self, at: Look, settings: PhoneOfLocationSettings) -> Iterator[Offence]:
        own = _own_phone(at)
        if at.value and own and at.value.data.get("e164") != own["e164"]:
            yield Offence(facts={"value": at.show(at.value.data), "limit": at.show(own)}, remedies=(own,))


def _own_phone(at: Look) -> Data | None:
    written = at.draft.location.profile.get(at.slot.profile or "phone", "")
    try:
        return read(written, at.slot, at.draft.reading, SlotCopy(label="")) if written else None
    except AskAgain:
        return None
