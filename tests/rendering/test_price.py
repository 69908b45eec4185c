import pytest

from bot.rendering.set_price import PriceParts, split_price


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("$4.99", PriceParts("$", "4", "99", "")),
        ("$5", PriceParts("$", "5", "", "")),
        ("4,99\u00a0$", PriceParts("", "4", "99", "$")),
        ("$1,299.00", PriceParts("$", "1,299", "00", "")),
        ("1\u202f299,00\u00a0$", PriceParts("", "1\u202f299", "00", "$")),
        ("€1.299", PriceParts("€", "1.299", "", "")),
        ("from $4.50", PriceParts("from $", "4", "50", "")),
    ],
)
def test_price_is_taken_apart(text: str, parts: PriceParts) -> None:
    """Currency, major and minor units are told apart as each locale writes them."""
    assert split_price(text) == parts


def test_what_is_no_price_stays_whole() -> None:
    """A text with two numbers is not mistaken for a price."""
    assert split_price("2 for 5") is None
