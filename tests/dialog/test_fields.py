from collections.abc import Callable

from bot.dialog.fields import form_fields, read_form, shown_in_form
from bot.domain.draft import Draft
from bot.domain.value import Source, Value

Opened = Callable[..., Draft]


def shown(draft: Draft) -> dict[str, str]:
    """Give what a form of the draft starts with."""
    return {one.name: one.value for one in form_fields(draft, "en")}


def test_a_form_asks_neither_locked_slots_nor_photos(opened: Opened) -> None:
    """What cannot be typed there has no field."""
    names = set(shown(opened("weekend-offer")))

    assert "product" in names
    assert names.isdisjoint({"shop", "photo"})


def test_an_untouched_form_changes_nothing(opened: Opened) -> None:
    """What comes back as it was shown is nobody's new value."""
    draft = opened("new-product", badge=Value(data={"key": "back"}, source=Source.CHOSEN))

    filled = read_form(draft, shown(draft), "en", opened_on=draft)

    assert (dict(filled.values), filled.emptied, dict(filled.troubles)) == ({}, (), {})


def test_changed_fields_are_read_and_confirmed(opened: Opened) -> None:
    """Saving a form is a person's yes."""
    draft = opened("weekend-offer")

    filled = read_form(draft, {**shown(draft), "percent": "20%"}, "en", opened_on=draft)

    assert filled.values == {"percent": Value(data={"percent": "20"}, source=Source.FORM, is_confirmed=True)}


def test_every_unreadable_field_is_named(opened: Opened) -> None:
    """Two mistakes come back as two marked fields."""
    draft = opened("weekend-offer")

    filled = read_form(draft, {**shown(draft), "percent": "lots", "dates": "someday"}, "en", opened_on=draft)

    assert set(filled.troubles) == {"percent", "dates"}


def test_a_field_wiped_clean_empties_its_slot(opened: Opened) -> None:
    """An emptied field is a wish, a field that was empty is none."""
    draft = opened("weekend-offer")

    filled = read_form(draft, {**shown(draft), "link": ""}, "en", opened_on=draft)

    assert filled.emptied == ("link",)


def test_a_form_that_comes_back_keeps_what_was_typed(opened: Opened) -> None:
    """The marked field shows the person's own words and the sentence beside them."""
    draft = opened("weekend-offer")

    fields = form_fields(draft, "en", typed={"percent": "lots"}, errors={"percent": "I need one number."})

    marked = next(one for one in fields if one.name == "percent")
    assert (marked.value, marked.error) == ("lots", "I need one number.")


def test_somebody_elses_change_meanwhile_is_not_overwritten(opened: Opened) -> None:
    """Only fields that differ from what the form showed are taken over."""
    before = opened("weekend-offer")
    now = before.with_values({"product": Value(data={"text": "Their buns"}, source=Source.TYPED)})

    filled = read_form(now, {**shown(before), "percent": "20%"}, "en", opened_on=before)

    assert set(filled.values) == {"percent"}
    assert shown_in_form(now, now.template.slot("product"), "en") == "Their buns"
