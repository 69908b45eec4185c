"""Kind `link_host`: a link leads to one of the named hosts."""

from collections.abc import Iterator

from pydantic import Field

from bot.domain.frozen import Frozen
from bot.guardrails.guardrail import Look, Offence
from bot.slots.link import is_host_allowed, read_url


class LinkHostSettings(Frozen):
    """Hosts; what lies under them counts, too."""

    hosts: tuple[str, ...] = Field(min_length=1)


class LinkHost:
    """Keeps links at home."""

    kind = "link_host"
    settings_model = LinkHostSettings
    slot_types = frozenset({"link"})
    facts = ("limit",)

    def look(self, at: Look, settings: LinkHostSettings) -> Iterator[Offence]:
        if at.value is None or is_host_allowed(str(at.facts["host"]), settings.hosts):
            return
        own = at.draft.location.profile.get(at.slot.profile or "link", "")
        is_own_fine = bool(own) and is_host_allowed(str(read_url(own).hostname), settings.hosts)
        remedy = str(read_url(own).href) if is_own_fine else f"https://{settings.hosts[0]}/"
        yield Offence(
            facts={"value": at.show(at.value.data), "limit": ", ".join(settings.hosts)}, remedies=({"url": remedy},)
        )
