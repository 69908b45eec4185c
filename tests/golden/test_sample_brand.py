"""The sample brand's templates as they were last looked at and found good.

After a change that is meant, look at the pictures and run `GLOCAL_UPDATE_GOLDEN=1 pytest tests/golden`.
"""

import os
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, features

from bot.brandbook import BrandBook, load_book
from bot.content import brand_assets_dir
from bot.dialog.sample import sample_draft
from bot.domain.draft import Draft
from bot.domain.reading import Reading
from bot.domain.rendition import Kind
from bot.ports import RenderJob
from bot.rendering.child import draw_picture
from bot.rendering.design import Picture
from bot.rendering.orders import build_design, build_filling

pytestmark = pytest.mark.skipif(
    not features.check("raqm"), reason="without libfribidi type is set more simply than in the golden pictures"
)
GOLDEN = Path(__file__).parent
WIDTH_PX = 360
BLOCK = 8
MOST_DIFFERENCE = 14
"""Of 255, the mean over one block of 8 × 8 pixels: more than antialiasing, less than a missing word."""
TODAY = date(2026, 11, 23)
NAMES = ("weekend-offer", "new-product", "holiday-hours")
FORMATS = ("square", "story", "landscape")


@pytest.fixture(scope="module")
def book() -> BrandBook:
    """Read the sample brand."""
    return load_book(brand_assets_dir() / "ovenlark")


def sample(book: BrandBook, name: str, shop_id: str) -> Draft:
    """Fill a template with its sample values for one shop."""
    shop = book.seed.places.location(next(each.id for each in book.seed.locations if each.id == shop_id))
    return sample_draft(book.templates[name], shop, book.seed.places, Reading.at(shop, TODAY))


def draw(book: BrandBook, draft: Draft, format_name: str) -> Picture:
    """Draw the preview in this process."""
    job = RenderJob(brand=book.brand, draft=draft, format=format_name)
    locate = book.files.__getitem__
    design = build_design(book.brand, draft.template, locate=locate)
    filling = build_filling(job, locate=locate)
    return draw_picture(design, format_name=format_name, kind=Kind.PREVIEW, filling=filling)


def assert_golden(picture: Picture, name: str) -> None:
    """Compare at phone size, block by block; write the picture instead when asked to."""
    path = GOLDEN / f"{name}.png"
    with Image.open(BytesIO(picture.data)) as full:
        small = full.resize((WIDTH_PX, round(full.height * WIDTH_PX / full.width)), Image.Resampling.BOX)
    if os.environ.get("GLOCAL_UPDATE_GOLDEN"):
        small.quantize(256, method=Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE).save(
            path, optimize=True
        )
    with Image.open(path) as golden:
        difference = ImageChops.difference(small, golden.convert("RGB")).convert("L").reduce(BLOCK)
    worst = max(difference.tobytes())
    assert worst <= MOST_DIFFERENCE, f"{name} differs by {worst}; look at it, then update the golden picture"


def test_the_whole_brand_is_golden(book: BrandBook) -> None:
    """Every template of the brand is compared below."""
    assert set(NAMES) == set(book.templates)
    assert all(tuple(template.formats) == FORMATS for template in book.templates.values())


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_samples_look_as_designed(book: BrandBook, name: str, format_name: str) -> None:
    """Each template in each format looks as it did, and everything on it fits and can be printed."""
    picture = draw(book, sample(book, name, "old-mill"), format_name)
    assert picture.notes == ()
    assert_golden(picture, f"{name}-{format_name}")


def test_french_reads_as_french(book: BrandBook) -> None:
    """A shop in Québec has its own words, dates and a price with the sign behind."""
    picture = draw(book, sample(book, "new-product", "vieux-quebec"), "square")
    assert picture.notes == ()
    assert_golden(picture, "new-product-square-fr")


def test_unconfirmed_values_are_marked(book: BrandBook) -> None:
    """A preview with unconfirmed values shows which ones they are."""
    draft = sample(book, "weekend-offer", "old-mill")
    open_values = {slot: value.model_copy(update={"is_confirmed": False}) for slot, value in draft.values.items()}
    assert_golden(draw(book, draft.with_values(open_values), "square"), "weekend-offer-square-unconfirmed")


def test_a_first_preview_shows_examples(book: BrandBook) -> None:
    """Before anything is typed, required slots show their examples, marked."""
    draft = sample(book, "weekend-offer", "old-mill")
    blank = draft.model_copy(update={"values": {}})
    filling = build_filling(RenderJob(brand=book.brand, draft=blank, format="square"), locate=book.files.__getitem__)
    assert filling.values["product"] == "Cinnamon buns"
    assert {"product", "percent", "dates"} <= filling.unconfirmed
    original = RenderJob(brand=book.brand, draft=blank, format="square", kind=Kind.ORIGINAL)
    assert build_filling(original, locate=book.files.__getitem__).values["product"] == ""
