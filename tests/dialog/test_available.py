from datetime import date

from bot.brandbook import BrandBook
from bot.dialog.available import available_templates, most_used_first
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
