"""Which templates a location may use today, the most useful first."""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.domain.location import Location, Places
from bot.domain.switch import Switch
from bot.domain.template import Template


def available_templates(
    templates: Iterable[Template], location: Location, places: Places, *, today: date, switches: Mapping[str, Switch]
) -> tuple[Template, ...]:
    """List what files and switches allow here, in headquarters' order."""
    areas = places.territories_of(location)
    allowed = [
        template
        for template in templates
        if template.is_valid_on(today)
        and switches.get(template.name, Switch()).allows(today)
        and (not template.territories or not areas.isdisjoint(template.territories))
    ]
    return tuple(sorted(allowed, key=lambda template: (template.rank, template.name)))


def most_used_first(templates: Iterable[Template], usage: Mapping[str, int]) -> tuple[Template, ...]:
    """Put what a location uses most on top; headquarters' order decides the rest."""
    return tuple(sorted(templates, key=lambda template: -usage.get(template.name, 0)))
