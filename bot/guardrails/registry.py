"""The kinds of guardrails and the settings that each takes; brandbook checks every rule here when it loads."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bot.domain.frozen import Frozen
from bot.domain.policy import Rule
from bot.guardrails.date_window import DateWindow
from bot.guardrails.forbidden_words import ForbiddenWords
from bot.guardrails.guardrail import Guardrail
from bot.guardrails.link_host import LinkHost
from bot.guardrails.number_cap import NumberCap
from bot.guardrails.phone_of_location import PhoneOfLocation
from bot.guardrails.required_term import RequiredTerm
from bot.guardrails.sentences import ALWAYS, facts_named
from bot.guardrails.text_length import TextLength

_KINDS: tuple[Guardrail[Any], ...] = (
    NumberCap(),
    TextLength(),
    ForbiddenWords(),
    DateWindow(),
    RequiredTerm(),
    PhoneOfLocation(),
    LinkHost(),
)
GUARDRAILS: Mapping[str, Guardrail[Any]] = {guardrail.kind: guardrail for guardrail in _KINDS}
"""Kind -> guardrail; each knows the type of its own settings."""


def settings_of(rule: Rule) -> Frozen:
    """Read a rule's settings with its kind's own model.

    Raises:
        KeyError: there is no such kind.
        pydantic.ValidationError: the settings do not fit; locations are relative to `settings`.
    """
    return _validated(rule.kind, json.dumps(dict(rule.settings), sort_keys=True))


@lru_cache(maxsize=1024)
def _validated(kind: str, written: str) -> Frozen:
    """Keep settings by what is written, for rules are checked at every change of every draft."""
    return GUARDRAILS[kind].settings_model.model_validate(json.loads(written))


def unknown_facts(rule: Rule) -> tuple[str, ...]:
    """Name what the rule's sentences mention but its kind never says.

    Raises:
        KeyError: there is no such kind.
        jinja2.TemplateSyntaxError: a sentence is not a well-formed text.
    """
    return tuple(sorted(facts_named(rule) - {*ALWAYS, *GUARDRAILS[rule.kind].facts}))
