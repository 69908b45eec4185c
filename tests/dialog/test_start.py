from collections.abc import Callable
from datetime import UTC, datetime

from bot.brandbook import BrandBook
from bot.dialog.start import Given, carried_values, repeated_values, starting_values
from bot.domain.campaign import Campaign
from bot.domain.draft import Draft
from bot.domain.ids import CampaignId, MemberId
from bot.domain.value import Source, Value

Opened = Callable[..., Draft]
AT = datetime(2026, 11, 1, tzinfo=UTC)


def campaign_of(draft: Draft, **values: Value) -> Campaign:
    """Make last month's campaign."""
    maria = MemberId("maria")
    return Campaign(
        id=CampaignId("c1"), location_id=draft.location.id, template=draft.template.ref, author_id=maria,
        last_editor_id=maria, changed_by=maria, created_at=AT, changed_at=AT, values={**draft.values, **values},
    )  # fmt: skip


def test_the_profile_fills_its_slots_and_counts_as_confirmed(opened: Opened) -> None:
    """What headquarters knows of the shop needs nobody's yes."""
    address = opened("weekend-offer").values["address"]

    assert (address.source, address.is_confirmed) == (Source.PROFILE, True)


def test_a_shop_without_a_phone_starts_without_one(opened: Opened) -> None:
    """A missing profile value stays missing."""
    assert "phone" not in opened("holiday-hours", at="sangamon").values
    assert "phone" in opened("holiday-hours", at="old-mill").values


def test_a_sentence_wins_over_the_last_campaign_over_the_template(opened: Opened) -> None:
    """The later source wins, and neither of the two counts as confirmed."""
    draft = opened("weekend-offer")
    last = campaign_of(draft, headline=Value(data={"text": "Old words"}, source=Source.TYPED, is_confirmed=True))
    given: Given = {"product": {"text": "Buns"}}

    values = starting_values(draft.template, draft.location, draft.reading, given=given, last=last)

    assert values["headline"] == Value(data={"text": "Old words"}, source=Source.LAST_CAMPAIGN)
    assert values["product"] == Value(data={"text": "Buns"}, source=Source.SENTENCE)


def test_a_locked_slot_takes_nothing_from_a_sentence(opened: Opened) -> None:
    """What a sentence says of a locked slot is not heard."""
    draft = opened("weekend-offer")

    values = starting_values(draft.template, draft.location, draft.reading, given={"shop": {"text": "My shop"}})

    assert values["shop"].source is Source.PROFILE


def test_repeating_leaves_past_dates_behind(opened: Opened) -> None:
    """Everything of the last campaign comes along, except days that are over."""
    draft = opened("weekend-offer")
    last = campaign_of(
        draft,
        percent=Value(data={"percent": "20"}, source=Source.TYPED, is_confirmed=True),
        dates=Value(data={"first": "2026-11-06", "last": "2026-11-08"}, source=Source.TYPED, is_confirmed=True),
    )

    values = repeated_values(draft.template, draft.location, draft.reading, last=last)

    assert values["percent"] == Value(data={"percent": "20"}, source=Source.LAST_CAMPAIGN)
    assert "dates" not in values


def test_a_new_template_version_keeps_what_still_fits(opened: Opened, book: BrandBook) -> None:
    """Values whose slot has another type now start fresh; the rest stays as typed."""
    draft = opened("weekend-offer")
    kept = Value(data={"text": "Buns"}, source=Source.TYPED)
    broken = Value(data={"text": "a lot"}, source=Source.TYPED)

    values = carried_values(
        draft.template, draft.location, draft.reading, old={"product": kept, "percent": broken, "gone": kept}
    )

    assert values["product"] == kept
    assert "percent" not in values
    assert "gone" not in values
