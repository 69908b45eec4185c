"""The brand's files as domain values, and every mistake in them with file, line and column.

`load_book` reads a brand's folder for `bot.app`, for `/glocal reload` and for `python -m bot check`.
"""

from bot.brandbook.book import BrandBook, Seed
from bot.brandbook.load import load_book
from bot.brandbook.mistakes import BrandErrors, Mistake

__all__ = ["BrandBook", "BrandErrors", "Mistake", "Seed", "load_book"]
