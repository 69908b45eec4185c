"""Slot type `price`: one amount in the location's own currency, kept in minor units."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import regex
from babel import Locale
from babel.numbers import format_currency, get_currency_precision, get_currency_symbol
from pydantic import JsonValue

from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy
from bot.errors import Unreadable
from bot.slots.clean import clean_text
from bot.slots.currency import split_currency
from bot.slots.limits import check_between
from bot.slots.numerals import NUMBER, count_decimals, read_decimal
from bot.slots.settle import settle
from bot.slots.slot_type import Widget

LARGEST = 10**9

_NUMBERS = regex.compile(NUMBER)


@dataclass(frozen=True)
class Money:
    """An amount in minor units (cents) of an ISO 4217 currency."""

    amount_minor: int
    currency: str

    @property
    def amount(self) -> Decimal:
        """Give the amount in major units."""
        return Decimal(self.amount_minor).scaleb(-get_currency_precision(self.currency))


@dataclass(frozen=True)
class PriceParts:
    """A price taken apart for a lockup: `$`, `4`, `50`. `minor` is empty where the currency has none."""

    symbol: str
    major: str
    minor: str
    symbol_first: bool


class PriceType:
    """A price above nought."""

    name = "price"
    widget: Widget = "text"

    def parse(self, text: str, slot: Slot, reading: Reading, copy: SlotCopy) -> Money:
        typed = clean_text(text)
        if not typed:
            raise Unreadable("empty")
        if len(_NUMBERS.findall(typed)) > 1:
            raise Unreadable("two_numbers")
        bare, currency, is_minor = split_currency(typed, reading)
        if currency != reading.currency:
            raise Unreadable("other_currency", currency=currency, expected=reading.currency)
        amounts = [amount.scaleb(-2) if is_minor else amount for amount in read_decimal(bare, reading)]
        if not amounts:
            raise Unreadable("not_a_price")
        amount = settle(
            amounts, lambda each: _check(each, slot, reading), lambda each: self.dump(_money(each, currency))
        )
        return _money(amount, currency)

    def show(self, value: Money, reading: Reading, copy: SlotCopy) -> str:
        return f"{_format(value, reading)} {value.currency}"

    def typeset(self, value: Money, reading: Reading, copy: SlotCopy) -> str:
        return _format(value, reading).replace("\u00a0", "\u202f")

    def dump(self, value: Money) -> dict[str, JsonValue]:
        return {"amount_minor": value.amount_minor, "currency": value.currency}

    def load(self, data: Mapping[str, JsonValue]) -> Money:
        return Money(amount_minor=int(str(data["amount_minor"])), currency=str(data["currency"]))

    def facts(self, value: Money) -> Mapping[str, JsonValue]:
        return {"number": str(value.amount), "amount_minor": value.amount_minor, "currency": value.currency}


def price_parts(data: Mapping[str, JsonValue], reading: Reading) -> PriceParts:
    """Take a price's JSON apart for a lockup, in the locale's order."""
    money = PriceType().load(data)
    digits = get_currency_precision(money.currency)
    major, minor = divmod(money.amount_minor, 10**digits)
    pattern = str(Locale.parse(reading.babel_locale).currency_formats["standard"].pattern)
    grouped = format_currency(major, money.currency, "#,##0", locale=reading.babel_locale, currency_digits=False)
    return PriceParts(
        symbol=get_currency_symbol(money.currency, locale=reading.babel_locale),
        major=str(grouped).replace("\u00a0", "\u202f"),
        minor=f"{minor:0{digits}d}" if digits else "",
        symbol_first=pattern.startswith("¤"),
    )


def _check(amount: Decimal, slot: Slot, reading: Reading) -> None:
    decimals = get_currency_precision(reading.currency)
    if count_decimals(amount) > decimals:
        raise Unreadable("too_many_decimals", decimals=decimals)
    if not 0 < amount < LARGEST:
        raise Unreadable("price_out_of_range")
    check_between(amount, slot, reading)


def _money(amount: Decimal, currency: str) -> Money:
    return Money(amount_minor=int(amount.scaleb(get_currency_precision(currency))), currency=currency)


def _format(value: Money, reading: Reading) -> str:
    return str(format_currency(value.amount, value.currency, locale=reading.babel_locale))
