"""The currency a person wrote beside a number: sign, code or word, before or after it."""

from functools import lru_cache

from babel.numbers import get_currency_symbol

from bot.domain.reading import Reading
from bot.slots.fold import fold
from bot.slots.vocabulary import VOCABULARIES

DOLLARS = ("USD", "CAD")
_ELSEWHERE = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
              "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "mxn": "MXN", "peso": "MXN", "pesos": "MXN"}  # fmt: skip
_NAMED_DOLLARS = {"us$": "USD", "usd": "USD", "usd$": "USD", "$us": "USD", "$ us": "USD", "ca$": "CAD", "c$": "CAD",
                  "cad": "CAD", "cad$": "CAD", "$ca": "CAD", "$ ca": "CAD", "cdn$": "CAD", "$cad": "CAD",
                  "$usd": "USD"}  # fmt: skip


def split_currency(typed: str, reading: Reading) -> tuple[str, str, bool]:
    """Give the bare number, the currency it is in, and whether it counts cents.

    What names no currency stays with the number, so that the number's own reader refuses it.
    """
    marks = _marks(reading.locale, reading.currency)
    bare, currency, is_minor = fold(typed).rstrip(" .!"), "", False
    while mark := _mark_at_an_end(bare, marks):
        if currency and not _agree(currency, marks[mark][0]):
            return bare, "?", False
        currency = currency if currency and marks[mark][0] == reading.currency else marks[mark][0]
        is_minor = is_minor or marks[mark][1]
        bare = (bare.removeprefix(mark) if bare.startswith(mark) else bare.removesuffix(mark)).strip()
    return bare, currency or reading.currency, is_minor


def _agree(one: str, other: str) -> bool:
    return one == other or {one, other} <= set(DOLLARS)


def _mark_at_an_end(bare: str, marks: dict[str, tuple[str, bool]]) -> str:
    for mark in marks:
        if bare.startswith(mark) and not bare[len(mark) : len(mark) + 1].isalpha():
            return mark
        if bare.endswith(mark) and (len(bare) > len(mark)) and not bare[-len(mark) - 1].isalpha():
            return mark
    return ""


@lru_cache
def _marks(locale: str, currency: str) -> dict[str, tuple[str, bool]]:
    """Map every sign and word to its currency and whether it means cents; longest first."""
    found = {mark: (code, False) for mark, code in (_ELSEWHERE | _NAMED_DOLLARS).items()}
    found[fold(get_currency_symbol(currency, locale=locale.replace("-", "_")))] = (currency, False)
    found[currency.lower()] = (currency, False)
    if currency in DOLLARS:
        for words in VOCABULARIES.values():
            found |= dict.fromkeys(words.dollars, (currency, False)) | dict.fromkeys(words.cents, (currency, True))
        found["$"] = (currency, False)
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))
