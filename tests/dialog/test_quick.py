from collections.abc import Callable

from bot.brandbook import BrandBook
from bot.dialog.quick import quick_answers
from bot.domain.draft import Draft

Opened = Callable[..., Draft]


def test_only_percentages_that_the_rules_allow_are_offered(opened: Opened, book: BrandBook) -> None:
    """Each territory's own cap decides what stands on the buttons."""
    laredo = opened("weekend-offer", at="san-bernardo")

    offered = quick_answers(laredo, laredo.template.slot("percent"), book.policies, "en")

    assert [label for label, _ in offered] == ["10%", "15%", "20%", "25%"]


def test_the_coming_weekends_are_offered_for_a_period(opened: Opened, book: BrandBook) -> None:
    """Friday to Sunday, this week and next, and the coming seven days."""
    draft = opened("weekend-offer")

    offered = quick_answers(draft, draft.template.slot("dates"), book.policies, "en")

    assert [data for _, data in offered] == [
        {"first": "2026-11-27", "last": "2026-11-29"},
        {"first": "2026-12-04", "last": "2026-12-06"},
        {"first": "2026-11-24", "last": "2026-11-30"},
    ]


def test_a_choice_offers_its_options_in_the_persons_language(opened: Opened, book: BrandBook) -> None:
    """Labels follow the person, keys stay what they are."""
    draft = opened("new-product")

    offered = quick_answers(draft, draft.template.slot("badge"), book.policies, "es")

    assert [data["key"] for _, data in offered] == ["new", "back", "season"]
    assert offered[0][0] == "Nuevo"


def test_words_have_no_ready_answers(opened: Opened, book: BrandBook) -> None:
    """A headline is the person's own; nothing is put into their mouth."""
    draft = opened("weekend-offer")

    assert quick_answers(draft, draft.template.slot("headline"), book.policies, "en") == ()
