import pytest
from pydantic import JsonValue

from bot.domain.reading import Reading
from bot.domain.template import Slot
from bot.domain.value import Source, Value
from bot.errors import Unreadable
from bot.slots import price_parts, typeset_value
from tests.slots.readers import COPY, EN, ES, FR, ask, offers


@pytest.mark.parametrize(
    "text", ["20", "20%", "20 %", "20 percent off", "20 por ciento", "20 % de rabais", "20,0 %", " 20% off! "]
)
@pytest.mark.parametrize("reading", [EN, ES, FR], ids=lambda reading: reading.locale)
def test_a_percentage_may_be_written_in_many_ways(text: str, reading: Reading) -> None:
    """Sign, word or nothing: twenty is twenty."""
    assert ask("percent", text, reading) == {"percent": "20"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("20-30%", "two_numbers"),
        ("0%", "percent_out_of_range"),
        ("120%", "percent_out_of_range"),
        ("$20", "not_a_percentage"),
        ("a lot", "not_a_percentage"),
        ("33.333%", "too_many_decimals"),
        ("70%", "above_max"),
        ("1%", "below_min"),
    ],
)
def test_what_is_no_percentage_is_refused(text: str, reason: str) -> None:
    """Each refusal names what is wrong."""
    with pytest.raises(Unreadable) as refusal:
        ask("percent", text, min=5, max=60)
    assert refusal.value.reason == reason


def test_a_doubtful_percentage_is_asked_about() -> None:
    """0.2 may be meant as twenty percent, and a minus as a reduction: asked even where only that is allowed."""
    assert offers("percent", "-20%") == ["20"]
    assert ask("percent", ".5%") == {"percent": "0.5"}
    assert offers("percent", "0.2") == ["0.2", "20"]
    assert offers("percent", "0.2", min=5) == ["20"]


@pytest.mark.parametrize(
    ("reading", "text", "minor"),
    [
        (EN, "4.50", 450),
        (EN, "$4.50", 450),
        (EN, "4,50 $", 450),
        (EN, "USD 4.50", 450),
        (EN, "US$4.50", 450),
        (EN, "1,234.50", 123450),
        (EN, "4 dollars", 400),
        (EN, "99¢", 99),
        (EN, ".50", 50),
        (EN, "$.50", 50),
        (ES, "4.50 dólares", 450),
        (FR, "4,50 $", 450),
        (FR, "4.50", 450),
        (FR, "1 234,50 $ CA", 123450),
        (FR, "$5", 500),
    ],
)
def test_a_price_is_read_in_the_locations_currency(reading: Reading, text: str, minor: int) -> None:
    """Sign, code or word, before or behind, with the locale's marks or the neighbour's."""
    assert ask("price", text, reading) == {"amount_minor": minor, "currency": reading.currency}


@pytest.mark.parametrize(
    ("reading", "text", "reason"),
    [
        (EN, "2 for $10", "two_numbers"),
        (EN, "$9.999", "too_many_decimals"),
        (EN, "1.000", "too_many_decimals"),
        (EN, "4 €", "other_currency"),
        (EN, "CA$5", "other_currency"),
        (FR, "5 USD", "other_currency"),
        (EN, "€5 USD", "other_currency"),
        (EN, "free", "not_a_price"),
        (EN, "$0", "price_out_of_range"),
        (EN, "-4.50", "price_out_of_range"),
        (EN, "4.50 each", "not_a_price"),
    ],
)
def test_what_is_no_price_is_refused(reading: Reading, text: str, reason: str) -> None:
    """Two amounts, other currencies and words are never guessed at."""
    with pytest.raises(Unreadable) as refusal:
        ask("price", text, reading)
    assert refusal.value.reason == reason


def test_a_mark_that_groups_or_divides_is_asked_about() -> None:
    """1.234 is firm in English and open for Spanish and French readers in America."""
    assert offers("number", "1.234", ES, decimals=3) == ["1.234", "1234"]
    assert offers("price", "1.234", FR) == [123400]
    assert ask("number", "1,234", EN) == {"number": "1234"}


def test_numbers_are_whole_unless_the_slot_says_otherwise() -> None:
    """Half a guest is refused; half a pound may be allowed."""
    for written in ("2.5", "1.000"):
        with pytest.raises(Unreadable, match="not_whole"):
            ask("number", written)
    assert ask("number", "6.0") == {"number": "6"}
    assert ask("number", "2.5", decimals=1) == {"number": "2.5"}


@pytest.mark.parametrize(
    ("kind", "data", "reading", "shown"),
    [
        ("percent", {"percent": "20"}, EN, "20%"),
        ("percent", {"percent": "20"}, FR, "20\u202f%"),
        ("price", {"amount_minor": 450, "currency": "USD"}, EN, "$4.50"),
        ("price", {"amount_minor": 450, "currency": "CAD"}, FR, "4,50\u202f$"),
        ("date_range", {"first": "2026-12-04", "last": "2026-12-06"}, EN, "Dec\u00a04–6"),
        ("date_range", {"first": "2026-12-04", "last": "2026-12-06"}, FR, "4–6\u00a0déc."),
        ("date_range", {"first": "2026-12-30", "last": "2027-01-02"}, ES, "30\u00a0dic – 2\u00a0ene"),
        ("date", {"day": "2026-12-04"}, EN, "Dec\u00a04"),
        ("phone", {"e164": "+12175550143", "extension": ""}, EN, "(217)\u00a0555-0143"),
        ("link", {"url": "https://www.ovenlark.example/menu/"}, EN, "ovenlark.example/menu"),
    ],
)
def test_pictures_get_the_short_form(kind: str, data: dict[str, JsonValue], reading: Reading, shown: str) -> None:
    """En dashes, and blanks that do not break, as the locale wants them."""
    slot = Slot(name="blank", type=kind)
    assert typeset_value(Value(data=data, source=Source.TYPED), slot, reading, COPY) == shown


def test_a_price_comes_apart_for_a_lockup() -> None:
    """Sign, whole and minor part stand in the locale's order."""
    english = price_parts({"amount_minor": 123405, "currency": "USD"}, EN)
    french = price_parts({"amount_minor": 450, "currency": "CAD"}, FR)
    assert (english.symbol, english.major, english.minor, english.symbol_first) == ("$", "1,234", "05", True)
    assert (french.symbol, french.major, french.minor, french.symbol_first) == ("$", "4", "50", False)
