"""Reads a free sentence: which templates it may mean, and which values it holds."""

from collections.abc import Iterable

from pydantic import JsonValue
from rapidfuzz import fuzz, utils

from bot.domain.reading import Reading
from bot.domain.template import Template

LIKELY = 60.0


def find_values(text: str, template: Template, *, reading: Reading) -> dict[str, dict[str, JsonValue]]:
    """Give what can be read without doubt, by slot."""
    del text, template, reading
    return {}


def rank_templates(text: str, templates: Iterable[Template]) -> tuple[Template, ...]:
    """Order the templates that the words may mean, likeliest first."""
    scored = [(max(_scores(text, template), default=0.0), template) for template in templates]
    fitting = sorted((pair for pair in scored if pair[0] >= LIKELY), key=lambda pair: -pair[0])
    return tuple(template for _, template in fitting)


def _scores(text: str, template: Template) -> Iterable[float]:
    for copy in template.copy_by_language.values():
        for phrase in (copy.title, *copy.phrases):
            yield fuzz.partial_token_set_ratio(text, phrase, processor=utils.default_process)
