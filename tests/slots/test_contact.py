import pytest

from bot.domain.reading import Reading
from bot.errors import Unreadable
from tests.slots.readers import EN, FR, ask, offers


@pytest.mark.parametrize(
    ("reading", "text", "e164", "extension"),
    [
        (EN, "217-555-0143", "+12175550143", ""),
        (EN, "(217) 555-0143 x12", "+12175550143", "12"),
        (EN, "Tel: +1 217 555 0143", "+12175550143", ""),
        (EN, "1-800-FLOWERS", "+18003569377", ""),
        (FR, "514 555-0143 poste 12", "+15145550143", "12"),
        (FR, "514.555.0143", "+15145550143", ""),
    ],
)
def test_a_phone_is_read(reading: Reading, text: str, e164: str, extension: str) -> None:
    """Any usual writing of one number of the location's country, with its extension."""
    assert ask("phone", text, reading) == {"e164": e164, "extension": extension}


@pytest.mark.parametrize(
    ("reading", "text", "reason"),
    [
        (EN, "900-555-0199", "phone_costs"),
        (EN, "+1 876 555 1234", "phone_elsewhere"),
        (FR, "217-555-0143", "phone_elsewhere"),
        (EN, "217-555-0143 or 217-555-0144", "two_phones"),
        (EN, "555-0143", "not_a_phone"),
        (EN, "call us", "not_a_phone"),
        (EN, "217-555-0143 before 9", "not_a_phone"),
    ],
)
def test_a_costly_foreign_or_unclear_phone_is_refused(reading: Reading, text: str, reason: str) -> None:
    """Nobody is sent to a premium line or another country."""
    with pytest.raises(Unreadable) as refusal:
        ask("phone", text, reading)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("ovenlark.example/menu", "https://ovenlark.example/menu"),
        ("https://shop.ovenlark.example", "https://shop.ovenlark.example/"),
        ("HTTPS://OVENLARK.EXAMPLE", "https://ovenlark.example/"),
        ("https://ovenlark.example:443/a?b=c#d", "https://ovenlark.example/a?b=c#d"),
    ],
)
def test_a_link_to_the_brand_is_read(text: str, url: str) -> None:
    """With or without a scheme, the brand's hosts and what lies under them."""
    assert ask("link", text) == {"url": url}


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example",
        "https://ovenlark.example.evil.example",
        "https://evilovenlark.example",
        "https://ovenlark.example\\@evil.example",
        "https://ovenlark.example@evil.example",
        "https://user:pw@ovenlark.example",
        "https://0x7f.1",
        "//evil.example",
        "javascript:alert(1)",
        "data:text/html,hi",
        "https://ovenlark.example:8443",
        "https://ovenlark.example.",
        "https://оvenlark.example",
        "https:/\\evil.example",
        "ftp://ovenlark.example",
        "menu",
        "https://ovenlark.example and more",
    ],
)
def test_a_link_elsewhere_is_refused(text: str) -> None:
    """Whatever a browser would read as another host, or cannot read, does not pass."""
    with pytest.raises(Unreadable) as refusal:
        ask("link", text)
    assert refusal.value.reason in {"other_host", "not_a_link"}


def test_plain_http_is_offered_as_https() -> None:
    """The safe address is a press away, not a silent change."""
    assert offers("link", "http://ovenlark.example/a") == ["https://ovenlark.example/a"]


@pytest.mark.parametrize("text", ["m", "Medium", "MEDIUM.", "2", "mediun", "the medium one"])
def test_a_choice_is_found_by_key_word_number_or_near_miss(text: str) -> None:
    """One option fits, however it is named."""
    assert ask("choice", text) == {"key": "m"}


def test_an_unclear_choice_is_asked_about() -> None:
    """Two named options become buttons, none a sentence with all of them."""
    assert offers("choice", "small or medium") == ["s", "m"]
    assert offers("choice", "large") == ["xl"]
    with pytest.raises(Unreadable) as refusal:
        ask("choice", "purple")
    assert refusal.value.facts["options"] == "Small, Medium, Extra large"


def test_a_photo_is_not_typed() -> None:
    """Words for a picture are answered with how to send one."""
    with pytest.raises(Unreadable, match="send_a_photo"):
        ask("photo", "a nice tray")
