"""Kind `text_length`: graphemes, lines and words of a text."""

from collections.abc import Iterator

from pydantic import Field

from bot.domain.frozen import Frozen
from bot.guardrails.guardrail import Data, Look, Offence
from bot.guardrails.shorten import keep_lines, keep_words, shorten
from bot.slots.clean import count_graphemes


class TextLengthSettings(Frozen):
    """Any of the three limits."""

    max_graphemes: int | None = Field(default=None, ge=1)
    max_lines: int | None = Field(default=None, ge=1)
    max_words: int | None = Field(default=None, ge=1)


class TextLength:
    """Keeps texts short."""

    kind = "text_length"
    settings_model = TextLengthSettings
    slot_types = frozenset({"text", "long_text"})
    facts = ("limit", "length")

    def look(self, at: Look, settings: TextLengthSettings) -> Iterator[Offence]:
        excess = _excess(at.text, settings)
        if excess is None:
            return
        length, limit = excess
        yield Offence(
            facts={"value": at.text, "length": str(length), "limit": str(limit)},
            remedies=tuple(_texts(at, settings)),
        )


def _excess(text: str, settings: TextLengthSettings) -> tuple[int, int] | None:
    measured = (
        (count_graphemes(text), settings.max_graphemes),
        (text.count("\n") + 1, settings.max_lines),
        (len(text.split()), settings.max_words),
    )
    return next(((length, limit) for length, limit in measured if limit is not None and length > limit), None)


def _texts(at: Look, settings: TextLengthSettings) -> Iterator[Data]:
    text = at.text
    if settings.max_lines is not None:
        text = keep_lines(text, settings.max_lines)
    if settings.max_words is not None:
        text = keep_words(text, settings.max_words)
    if settings.max_graphemes is not None:
        text = shorten(text, settings.max_graphemes)
    examples = dict.fromkeys((text, at.copy.default, *at.copy.examples))
    fitting = [each for each in examples if each and _excess(each, settings) is None]
    for each in fitting[:2]:
        yield {"text": each}
