"""`check`: are the brand's files right, and does every template draw well with its sample?"""

import argparse
import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.command import Command, brand_dir
from bot.settings import Settings


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-pictures", action="store_true", help="check the files only, without drawing")
    parser.add_argument("--schemas", type=Path, metavar="FOLDER", help="also write JSON Schemas there, for editors")


def _check(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.brandbook import BrandErrors, load_book
    from bot.brandbook.readable import check_texts
    from bot.brandbook.schemas import write_schemas
    from bot.commands.samples import draw_samples

    if arguments.schemas:
        print(f"{len(write_schemas(arguments.schemas))} schemas in {arguments.schemas}")
    folder = brand_dir(settings)
    try:
        book = load_book(folder)
    except BrandErrors as error:
        return _tell([str(mistake) for mistake in error.mistakes])
    today = datetime.now(UTC).date()
    wrong = [str(mistake) for mistake in check_texts(book, folder, today=today)]
    if not arguments.no_pictures:
        drawn = asyncio.run(draw_samples(book, today=today, children=max(1, settings.render_processes)))
        print(f"{book.brand.name}: {drawn.pictures} pictures drawn in {drawn.took_s:.1f} s")
        wrong += drawn.wrong
    return _tell(wrong)


def _tell(wrong: list[str]) -> int:
    for line in wrong:
        print(line)
    print(f"{len(wrong)} to mend" if wrong else "nothing to mend")
    return 1 if wrong else 0


CHECK = Command(
    name="check",
    summary="check the brand's files and draw every template with its sample",
    story="Says file, line, column, what is wrong and the nearest right word. Exits 1 when something is wrong.",
    run=_check,
    add_arguments=_add_arguments,
)
