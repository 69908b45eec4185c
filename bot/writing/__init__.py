"""Suggested words for text slots: from a model when one is configured, else from the template's own examples."""

from bot.ports import Writer
from bot.settings import Settings
from bot.writing.examples import ExampleWriter


def open_writer(settings: Settings) -> Writer:
    """Give the writer that is configured; langchain_core is imported only for a model."""
    if not settings.model_provider:
        return ExampleWriter()
    from bot.writing.model import ModelWriter

    return ModelWriter.open(settings)


__all__ = ["ExampleWriter", "open_writer"]
