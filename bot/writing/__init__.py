"""Suggested words for text slots: from a model when one is configured, else from the template's own examples."""

from collections.abc import Callable

from bot.brandbook import BrandBook
from bot.dialog.words import Words
from bot.ports import Clock, Writer
from bot.settings import Settings
from bot.writing.examples import ExampleWriter


def open_writer(settings: Settings, *, words: Words, book: Callable[[], BrandBook], clock: Clock) -> Writer:
    """Give the writer that is configured; langchain_core is imported only for a model."""
    if not settings.model_provider:
        return ExampleWriter()
    from bot.writing.model import ModelWriter

    return ModelWriter.open(settings, words=words, book=book, clock=clock)


__all__ = ["ExampleWriter", "open_writer"]
