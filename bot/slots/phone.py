"""Slot type `phone`: one number people can call, of the location's own country, never a costly one."""

from collections.abc import Mapping
from dataclasses import dataclass

import phonenumbers
import regex
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, PhoneNumberType
from pydantic import JsonValue

from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy
from bot.errors import Unreadable
from bot.slots.clean import clean_text
from bot.slots.slot_type import Widget

COSTLY = frozenset({PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST})

_EXTENSION = regex.compile(r"(?i)[,;\s]*\b(?:poste|interno|anexo|ext(?:ension|ensión)?\.?|x)\s*[:#]?\s*(?=\d{1,7}$)")
_VANITY = regex.compile(r"(?i)(?:\+?1[\s.\-]*)?\(?\d{3}\)?[\s.\-]*[a-z0-9][a-z0-9\s\-]{5,9}[a-z0-9]")
_CALLABLE = regex.compile(r"[+(]?\d[\d\s().\-/]*")


@dataclass(frozen=True)
class Phone:
    """A number in E.164, and the digits to dial behind it."""

    e164: str
    extension: str = ""


class PhoneType:
    """A phone number."""

    name = "phone"
    widget: Widget = "text"

    def parse(self, text: str, slot: Slot, reading: Reading, copy: SlotCopy) -> Phone:
        typed = _EXTENSION.sub(" ext. ", clean_text(text))
        if not typed:
            raise Unreadable("empty")
        found = list(PhoneNumberMatcher(typed, reading.country, leniency=Leniency.POSSIBLE))
        if len(found) > 1:
            raise Unreadable("two_phones")
        number = found[0].number if found and _is_alone(typed, found[0]) else _read_letters(typed, reading)
        self._check(number, reading)
        e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        return Phone(e164=e164, extension=number.extension or "")

    def show(self, value: Phone, reading: Reading, copy: SlotCopy) -> str:
        return phonenumbers.format_number(_number(value), PhoneNumberFormat.INTERNATIONAL)

    def typeset(self, value: Phone, reading: Reading, copy: SlotCopy) -> str:
        shown = phonenumbers.format_number(_number(value), PhoneNumberFormat.NATIONAL)
        return shown.replace(" ", "\u00a0")

    def dump(self, value: Phone) -> dict[str, JsonValue]:
        return {"e164": value.e164, "extension": value.extension}

    def load(self, data: Mapping[str, JsonValue]) -> Phone:
        return Phone(e164=str(data["e164"]), extension=str(data.get("extension") or ""))

    def facts(self, value: Phone) -> Mapping[str, JsonValue]:
        return {"e164": value.e164, "extension": value.extension, "country": country_of(value)}

    def _check(self, number: phonenumbers.PhoneNumber, reading: Reading) -> None:
        if not phonenumbers.is_valid_number(number):
            raise Unreadable("not_a_phone")
        if not phonenumbers.is_valid_number_for_region(number, reading.country):
            raise Unreadable("phone_elsewhere", country=reading.country)
        if phonenumbers.number_type(number) in COSTLY:
            raise Unreadable("phone_costs")


def country_of(value: Phone) -> str:
    """Give the region a number belongs to, such as `CA`; empty when there is none."""
    return phonenumbers.region_code_for_number(_number(value)) or ""


def _number(value: Phone) -> phonenumbers.PhoneNumber:
    number = phonenumbers.parse(value.e164)
    number.extension = value.extension or None
    return number


def _is_alone(typed: str, found: phonenumbers.PhoneNumberMatch) -> bool:
    rest = typed[: found.start] + typed[found.end :]
    return not any(character.isdigit() for character in rest)


def _read_letters(typed: str, reading: Reading) -> phonenumbers.PhoneNumber:
    if not (_VANITY.fullmatch(typed) or _CALLABLE.fullmatch(typed)):
        raise Unreadable("not_a_phone")
    try:
        return phonenumbers.parse(typed, reading.country)
    except phonenumbers.NumberParseException:
        raise Unreadable("not_a_phone") from None
