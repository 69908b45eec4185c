"""Kind `number_cap`: the least and most a number, percent or price may be; the nearest territory's bound wins."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from babel.numbers import get_currency_precision
from pydantic import Field

from bot.domain.frozen import Frozen
from bot.domain.ids import TerritoryId
from bot.guardrails.guardrail import Data, Look, Offence
from bot.slots.limits import decimal_limit


class Bounds(Frozen):
    """Least and most, in percent, plain numbers or major units of the currency."""

    min: Decimal | None = None
    max: Decimal | None = None


class NumberCapSettings(Bounds):
    """Bounds everywhere, and those of single territories."""

    territories: Mapping[TerritoryId, Bounds] = Field(default_factory=dict)

    def bounds_in(self, territories: tuple[TerritoryId, ...]) -> Bounds:
        """Give the bounds that count; `territories` come smallest first."""
        nearest = [self.territories[area] for area in territories if area in self.territories]
        layers = (*nearest, self)
        return Bounds(
            min=next((each.min for each in layers if each.min is not None), None),
            max=next((each.max for each in layers if each.max is not None), None),
        )


class NumberCap:
    """Caps numbers."""

    kind = "number_cap"
    settings_model = NumberCapSettings
    slot_types = frozenset({"number", "percent", "price"})
    facts = ("limit",)

    def look(self, at: Look, settings: NumberCapSettings) -> Iterator[Offence]:
        if at.value is None:
            return
        number = Decimal(str(at.facts["number"]))
        bounds = settings.bounds_in(at.draft.territories)
        limit = _broken_limit(number, bounds)
        if limit is None:
            return
        remedy = _within_slot(limit, at)
        chosen = remedy if _broken_limit(remedy, bounds) is None else limit
        yield Offence(
            facts={"value": at.show(at.value.data), "limit": at.show(_data(limit, at))}, remedies=(_data(chosen, at),)
        )


def _broken_limit(number: Decimal, bounds: Bounds) -> Decimal | None:
    if bounds.max is not None and number > bounds.max:
        return bounds.max
    return bounds.min if bounds.min is not None and number < bounds.min else None


def _within_slot(limit: Decimal, at: Look) -> Decimal:
    """Move a bound into the slot's own limits where both can be kept."""
    least, most = decimal_limit(at.slot, "min"), decimal_limit(at.slot, "max")
    moved = min(limit, most) if most is not None else limit
    return max(moved, least) if least is not None else moved


def _data(number: Decimal, at: Look) -> Data:
    match at.slot.type:
        case "price":
            currency = str(at.facts["currency"])
            minor = int(number.scaleb(get_currency_precision(currency)).to_integral_value())
            return {"amount_minor": minor, "currency": currency}
        case kind:
            return {kind: f"{number.normalize():f}"}
