"""Look at a template while it is being designed: `python -m bot.rendering.look <brand folder> <template> …`.

Draws the sample values as previews, in this process, and says what did not fit. For people who
write layouts; `python -m bot check` is the gate.
"""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.brandbook import BrandBook, load_book
from bot.dialog.sample import sample_draft
from bot.domain.draft import Draft
from bot.domain.location import Location
from bot.domain.reading import Reading
from bot.domain.rendition import Kind
from bot.ports import RenderJob
from bot.rendering.child import draw_picture
from bot.rendering.orders import build_design, build_filling


def main() -> None:
    """Draw one or all formats of a template and print what has to be said about them."""
    wish = _read_wish()
    book = load_book(wish.brand)
    shops = {place.id: place for place in book.seed.locations}
    shop = shops[wish.location] if wish.location else book.seed.locations[0]
    wish.out.mkdir(parents=True, exist_ok=True)
    for name in book.templates if wish.template == "all" else [wish.template]:
        draft = _sample(book, name, shop, is_unconfirmed=wish.unconfirmed)
        for format_name in [wish.format] if wish.format else draft.template.formats:
            file = wish.out / f"{name}-{format_name}-{shop.id}.jpg"
            file.write_bytes(_draw(book, draft, format_name, is_marked=wish.unconfirmed))


def _read_wish() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bot.rendering.look", description="Draw a template's sample values.")
    parser.add_argument("brand", type=Path, help="folder that holds brand.yaml")
    parser.add_argument("template", help="name of the template, or all")
    parser.add_argument("--format", default="", help="one format; all when left out")
    parser.add_argument("--location", default="", help="id of a location in seed.yaml; the first when left out")
    parser.add_argument("--unconfirmed", action="store_true", help="draw every value marked")
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for the pictures")
    return parser.parse_args()


def _sample(book: BrandBook, name: str, shop: Location, *, is_unconfirmed: bool) -> Draft:
    today = datetime.now(UTC).astimezone(ZoneInfo(shop.time_zone)).date()
    reading = Reading.at(shop, today, book.brand.link_hosts)
    draft = sample_draft(book.templates[name], shop, book.seed.places, reading)
    if not is_unconfirmed:
        return draft
    return draft.with_values(
        {slot: value.model_copy(update={"is_confirmed": False}) for slot, value in draft.values.items()}
    )


def _draw(book: BrandBook, draft: Draft, format_name: str, *, is_marked: bool) -> bytes:
    def locate(digest: str) -> Path:
        return {str(known): path for known, path in book.files.items()}[digest]

    job = RenderJob(brand=book.brand, draft=draft, format=format_name, marks_unconfirmed=is_marked)
    design = build_design(book.brand, draft.template, locate=locate)
    filling = build_filling(job, locate=locate)
    picture = draw_picture(design, format_name=format_name, kind=Kind.PREVIEW, filling=filling)
    for note in picture.notes:
        print(f"{draft.template.name} {format_name}: {note}")  # noqa: T201  # a tool for the terminal
    return picture.data


if __name__ == "__main__":
    main()
