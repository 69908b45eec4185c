from collections.abc import Callable
from datetime import date

import pytest

from bot.brandbook import BrandBook, load_book
from bot.content import brand_dirs
from bot.dialog.start import starting_values
from bot.domain.draft import Draft
from bot.domain.reading import Reading
from bot.domain.value import Value

TODAY = date(2026, 11, 23)
Opened = Callable[..., Draft]


@pytest.fixture(scope="session")
def book() -> BrandBook:
    """Load the sample brand once."""
    return load_book(brand_dirs()[0])


@pytest.fixture
def opened(book: BrandBook) -> Opened:
    """Make drafts as `start` would: `opened("weekend-offer", at="old-mill", percent={"percent": "20"})`."""

    def make(template: str = "weekend-offer", *, at: str = "old-mill", **values: Value) -> Draft:
        places = book.seed.places
        location = next(place for place in places.locations if place.id == at)
        reading = Reading.at(location, TODAY, book.brand.link_hosts)
        chosen = book.templates[template]
        return Draft(
            template=chosen, location=location, territories=places.nearest_first(location),
            values={**starting_values(chosen, location, reading), **values}, reading=reading,
        )  # fmt: skip

    return make
