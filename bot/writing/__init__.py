"""Suggested words for text slots: from a model when one is configured, else from the template's own examples."""

from bot.writing.examples import ExampleWriter

__all__ = ["ExampleWriter"]
