"""Hold one guardrail rule against its kind: settings, and what its sentences may mention.

Called by `policy_files` for each rule; the kinds themselves are in `bot.guardrails`.
"""

from collections.abc import Iterator

from jinja2 import TemplateSyntaxError
from pydantic import ValidationError

from bot.brandbook.explained import explain
from bot.brandbook.mistakes import Mistake, describe_unknown
from bot.brandbook.yaml_file import Loc, YamlFile
from bot.domain.policy import Rule
from bot.guardrails import GUARDRAILS, settings_of, unknown_facts


def check_kind(file: YamlFile, way: Loc, rule: Rule) -> Iterator[Mistake]:
    """Find what a rule's kind does not know."""
    if rule.kind not in GUARDRAILS:
        yield file.mistake((*way, "kind"), describe_unknown("kind", rule.kind, GUARDRAILS))
        return
    try:
        settings_of(rule)
    except ValidationError as error:
        yield from explain(error, file, GUARDRAILS[rule.kind].settings_model, loc=(*way, "settings"))
    try:
        for fact in unknown_facts(rule):
            yield file.mistake((*way, "sentence"), describe_unknown("fact", fact, GUARDRAILS[rule.kind].facts))
    except TemplateSyntaxError as error:
        yield file.mistake((*way, "sentence"), f"not a well-formed text: {error}")
