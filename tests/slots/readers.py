"""Readers of every locale on one Monday, and short ways to ask a slot type."""

from datetime import date

from pydantic import JsonValue

from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy
from bot.errors import Ambiguous
from bot.slots import read

MONDAY = date(2026, 11, 23)
HOSTS = ("ovenlark.example",)


def reader(locale: str, *, today: date = MONDAY) -> Reading:
    """Give a reader in a locale, with the currency of its country."""
    currency = {"CA": "CAD", "US": "USD"}.get(locale[-2:], "EUR")
    return Reading(locale=locale, currency=currency, time_zone="UTC", today=today, link_hosts=HOSTS)


EN, ES, FR = reader("en-US"), reader("es-US"), reader("fr-CA")
LOCALES = (EN, ES, FR)
COPY = SlotCopy(label="Blank", options={"s": "Small", "m": "Medium", "xl": "Extra large"})


def ask(kind: str, text: str, reading: Reading = EN, **limits: JsonValue) -> dict[str, JsonValue]:
    """Read a text as one slot type."""
    return read(text, Slot(name="blank", type=kind, limits=limits), reading, COPY)


def offers(kind: str, text: str, reading: Reading = EN, **limits: JsonValue) -> list[object]:
    """Give what an ambiguous text offers, as bare values."""
    try:
        ask(kind, text, reading, **limits)
    except Ambiguous as question:
        return [next(iter(candidate.values())) for candidate in question.candidates]
    raise AssertionError(f"{text!r} was read without a question")
