"""Which templates a location may use today, the most useful first."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from bot.domain.frozen import Frozen
from bot.domain.location import Location, Places
from bot.domain.switch import Switch
from bot.domain.template import Template


class Absence(Frozen):
    """Why a template is not offered at a location today; `menu.absent_<reason>` says it."""

    reason: Literal["off", "not_yet", "over", "elsewhere"]
    day: date | None = None
    """The first day to come, or the last one that was."""


def find_absence(
    template: Template, location: Location, places: Places, *, today: date, switches: Mapping[str, Switch]
) -> Absence | None:
    """Say why a template is not offered; None when it is."""
    switch = switches.get(template.name, Switch())
    first = max((day for day in (template.valid_from, switch.valid_from) if day), default=None)
    last = min((day for day in (template.valid_until, switch.valid_until) if day), default=None)
    if template.territories and places.territories_of(location).isdisjoint(template.territories):
        return Absence(reason="elsewhere")
    if not switch.is_on:
        return Absence(reason="off")
    if last and last < today:
        return Absence(reason="over", day=last)
    return Absence(reason="not_yet", day=first) if first and today < first else None


def available_templates(
    templates: Iterable[Template], location: Location, places: Places, *, today: date, switches: Mapping[str, Switch]
) -> tuple[Template, ...]:
    """List what files and switches allow here, in headquarters' order."""
    allowed = [
        template
        for template in templates
        if find_absence(template, location, places, today=today, switches=switches) is None
    ]
    return tuple(sorted(allowed, key=lambda template: (template.rank, template.name)))


def most_used_first(templates: Iterable[Template], usage: Mapping[str, int]) -> tuple[Template, ...]:
    """Put what a location uses most on top; headquarters' order decides the rest."""
    return tuple(sorted(templates, key=lambda template: -usage.get(template.name, 0)))
