from collections.abc import Callable

from bot.brandbook import BrandBook
from bot.dialog.lane import FALLBACK, choose_lane
from bot.domain.draft import Draft
from bot.domain.policy import ApprovalPolicy, Lane
from bot.domain.value import Source, Value

Opened = Callable[..., Draft]


def percent(number: str) -> Value:
    """Make a confirmed percentage."""
    return Value(data={"percent": number}, source=Source.TYPED, is_confirmed=True)


def price(amount_minor: int) -> Value:
    """Make a confirmed price in US dollars."""
    return Value(data={"amount_minor": amount_minor, "currency": "USD"}, source=Source.TYPED, is_confirmed=True)


def test_small_discounts_are_cleared_beforehand(opened: Opened, book: BrandBook) -> None:
    """Inside the pre-cleared range nobody has to decide."""
    lane = choose_lane(opened("weekend-offer", percent=percent("10")), book.policies.approval)

    assert (lane.name, lane.stages) == ("pre-cleared", ())


def test_a_limit_that_is_passed_leads_to_the_next_lane(opened: Opened, book: BrandBook) -> None:
    """A dear product takes two stages, an ordinary one takes one."""
    approval = book.policies.approval

    assert choose_lane(opened("new-product", price=price(2500)), approval).name == "standard"
    assert choose_lane(opened("new-product", price=price(2501)), approval).name == "two-stage"


def test_without_a_fitting_lane_one_person_decides(opened: Opened, book: BrandBook) -> None:
    """No gap in the policy lets anything through by itself."""
    free = Lane(name="free", stages=(), max_values={"percent": 5})
    nothing = ApprovalPolicy(version=book.policies.version, lanes=(free,))

    assert choose_lane(opened("weekend-offer", percent=percent("20")), nothing) == FALLBACK
    assert FALLBACK.stages


def test_a_number_that_is_missing_fits_no_limit(opened: Opened, book: BrandBook) -> None:
    """An empty slot never counts as a small number."""
    assert choose_lane(opened("weekend-offer"), book.policies.approval).name != "pre-cleared"
