from collections.abc import Callable

from bot.dialog.needs import find_needs, next_slot
from bot.domain.draft import Draft
from bot.domain.finding import Finding, Severity
from bot.domain.value import Source, Value

Opened = Callable[..., Draft]


def typed(**data: str) -> Value:
    """Make a typed value that nobody has confirmed."""
    return Value(data=dict(data), source=Source.TYPED)


def test_a_fresh_draft_needs_what_only_the_owner_knows(opened: Opened) -> None:
    """Profile and template fill their slots; the required rest is missing, in the template's order."""
    needs = find_needs(opened("weekend-offer"), ())

    assert needs.missing == ("product", "percent", "dates")
    assert not needs.is_ready


def test_a_default_that_must_change_is_asked_for(opened: Opened) -> None:
    """A change-required slot may not be submitted with the template's own words."""
    needs = find_needs(opened("holiday-hours"), ())

    assert needs.unchanged == ("hours",)


def test_typing_the_default_again_does_not_count_as_a_change(opened: Opened) -> None:
    """The same words as the template's stay unchanged, whoever typed them."""
    draft = opened("holiday-hours")
    again = draft.with_values({"hours": Value(data=draft.values["hours"].data, source=Source.TYPED)})

    assert find_needs(again, ()).unchanged == ("hours",)


def test_a_typed_value_waits_for_its_yes(opened: Opened) -> None:
    """Unconfirmed values stand between a draft and its request."""
    needs = find_needs(opened("weekend-offer", product=typed(text="Buns")), ())

    assert needs.unconfirmed == ("product",)


def test_advice_blocks_nothing(opened: Opened) -> None:
    """A warning is no need; a blocking finding is."""
    warned, blocked = (
        Finding(rule_id="r", severity=severity, slot="product", sentence="no", citation="1")
        for severity in (Severity.WARN, Severity.BLOCK)
    )
    draft = opened("weekend-offer", product=typed(text="Buns"))

    assert find_needs(draft, (warned,)).blocked == ()
    assert find_needs(draft, (blocked,)).blocked == ("product",)


def test_the_tour_goes_on_after_the_slot_and_walks_round(opened: Opened) -> None:
    """The next question follows the last one; the first comes again at the end."""
    draft = opened("weekend-offer")
    needs = find_needs(draft, ())

    following = next_slot(draft, needs, after="product")
    around = next_slot(draft, needs, after="dates")

    assert following is not None
    assert following.name == "percent"
    assert around is not None
    assert around.name == "product"


def test_a_locked_slot_is_never_asked(opened: Opened) -> None:
    """What only headquarters may fill is not put to the owner."""
    draft = opened("weekend-offer")
    bare = draft.model_copy(update={"values": {n: v for n, v in draft.values.items() if n != "shop"}})
    needs = find_needs(bare, ())

    assert "shop" in needs.missing
    asked = {slot.name for after in needs.missing if (slot := next_slot(bare, needs, after=after))}
    assert "shop" not in asked
