from datetime import date
from pathlib import Path

import pytest

from bot.brandbook import load_book
from bot.brandbook.readable import check_texts

TODAY = date(2026, 11, 23)


def write(folder: Path, file: str, old: str, new: str) -> None:
    """Change one word of a brand file."""
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_right_samples_and_defaults_say_nothing(brand_folder: Path) -> None:
    """Texts that the slot types read are no mistakes."""
    write(brand_folder, "templates/bread/sample.yaml", "headline:", "price: $4.50\nheadline:")
    assert check_texts(load_book(brand_folder), brand_folder, today=TODAY) == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("templates/bread/sample.yaml", "headline:", "price: cheap\nheadline:", "templates/bread/sample.yaml:1:8"),
        ("templates/bread/copy/fr.yaml", "label: Prix", "label: Prix, default: peu", "bread/copy/fr.yaml:5:33"),
    ],
)
def test_unreadable_text_is_found_where_it_stands(
    brand_folder: Path, file: str, old: str, new: str, place: str
) -> None:
    """A sample or default that its slot cannot read is told with its place, slot and locale."""
    write(brand_folder, file, old, new)
    (mistake,) = check_texts(load_book(brand_folder), brand_folder, today=TODAY)
    assert place in str(mistake)
    assert "slot “price” (price) cannot read" in mistake.detail
