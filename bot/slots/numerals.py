"""Numbers as people write them: one reading, or several to ask about, never a guess.

`1.234` is a thousand in one language and one and a bit in another. Where the locale's convention is firm it decides;
a Spanish or French speaker in North America meets both, so both readings are offered.
"""

from decimal import Decimal

import regex
from babel.numbers import NumberFormatError, format_decimal, parse_decimal

from bot.domain.reading import Reading

NUMBER = r"[+\-−]?\d(?:[\d.,'’]|[\u0020\u00a0\u202f\u2009](?=\d{3}(?!\d)))*(?<=\d)"
"""A run of digits and separators; blanks only before groups of three."""

_SHAPE = regex.compile(NUMBER, regex.ASCII)
_BLANK = regex.compile(r"[\u0020\u00a0\u202f\u2009]")
_SPACED = regex.compile(r"-?\d{1,3}(?:[\u0020\u00a0\u202f\u2009]\d{3})+(?:[.,]\d+)?")
_NO_NOUGHT = regex.compile(r"[.,]\d{1,2}", regex.ASCII)
_EITHER_MARK = regex.compile(r"-?\d+[.,]\d{1,2}|-?0[.,]\d+")
_GROUP_OR_DECIMAL = regex.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
_MIXED_COUNTRIES = frozenset({"US", "CA", "PR"})


def is_mixed(reading: Reading) -> bool:
    """Tell whether neighbours of the reader write numbers and dates the other way round."""
    return reading.country in _MIXED_COUNTRIES and not reading.locale.startswith("en")


def read_decimal(text: str, reading: Reading) -> tuple[Decimal, ...]:
    """Give every sensible reading of one number, likeliest first; empty when it is none."""
    if _NO_NOUGHT.fullmatch(text):
        text = f"0{text}"
    if not _SHAPE.fullmatch(text):
        return ()
    written = text.replace("−", "-").lstrip("+")
    if _SPACED.fullmatch(written):
        return (Decimal(_BLANK.sub("", written).replace(",", ".")),)
    own = _read_strictly(written, reading)
    if is_mixed(reading) and _GROUP_OR_DECIMAL.fullmatch(written):
        readings = (Decimal(written.replace(",", ".")), Decimal(regex.sub("[.,]", "", written)))
        return tuple(sorted(readings, key=lambda number: number != own))
    if own is not None:
        return (own,)
    return (Decimal(written.replace(",", ".")),) if _EITHER_MARK.fullmatch(written) else ()


def show_decimal(number: Decimal, reading: Reading) -> str:
    """Write a number as the locale does, without trailing noughts."""
    return str(format_decimal(number, "#,##0.######", locale=reading.babel_locale))


def count_decimals(number: Decimal) -> int:
    """Count the decimals as written: `1.000` has three."""
    exponent = number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _read_strictly(written: str, reading: Reading) -> Decimal | None:
    try:
        return parse_decimal(written, locale=reading.babel_locale, strict=True)
    except NumberFormatError:
        return None
