from datetime import date

import pytest

from bot.brandbook import BrandBook
from bot.dialog.available import available_templates, find_absence, most_used_first
from bot.domain.switch import Switch

TODAY = date(2026, 11, 23)


def test_files_say_what_exists_and_switches_narrow_it(book: BrandBook) -> None:
    """A template that an admin has switched off is not offered; the rest is, in headquarters' order."""
    places = book.seed.places
    off = {"new-product": Switch(is_on=False)}

    offered = available_templates(book.templates.values(), places.locations[0], places, today=TODAY, switches=off)

    assert [template.name for template in offered] == ["weekend-offer", "holiday-hours"]


def test_a_template_of_another_territory_is_not_offered(book: BrandBook) -> None:
    """Where a template names territories, it stays there."""
    places = book.seed.places
    far = book.templates["weekend-offer"].model_copy(update={"territories": ("quebec",)})

    assert available_templates([far], places.locations[0], places, today=TODAY, switches={}) == ()


def test_what_a_shop_uses_most_comes_first(book: BrandBook) -> None:
    """Usage counts before headquarters' order."""
    ordered = most_used_first(book.templates.values(), {"holiday-hours": 3})

    assert ordered[0].name == "holiday-hours"


@pytest.mark.parametrize(
    ("switch", "until", "reason", "day"),
    [
        (Switch(is_on=False), None, "off", None),
        (Switch(valid_from=date(2026, 12, 1)), None, "not_yet", date(2026, 12, 1)),
        (Switch(valid_until=TODAY), None, None, None),
        (Switch(valid_until=date(2026, 12, 1)), date(2026, 11, 22), "over", date(2026, 11, 22)),
    ],
)
def test_why_a_template_is_not_offered_is_known(
    book: BrandBook, switch: Switch, until: date | None, reason: str | None, day: date | None
) -> None:
    """Switches and files narrow each other, and the narrower of the two is the reason."""
    places = book.seed.places
    template = book.templates["weekend-offer"].model_copy(update={"valid_until": until})

    absence = find_absence(template, places.locations[0], places, today=TODAY, switches={template.name: switch})

    assert (absence.reason if absence else None) == reason
    assert (absence.day if absence else None) == day
