"""The words of a finding: plain jinja2 text from the policy file, in a sandbox that cannot do anything else."""

from collections.abc import Mapping
from functools import lru_cache

from jinja2 import Template
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.domain.policy import Rule

ALWAYS = ("value", "label", "location")

_SANDBOX = ImmutableSandboxedEnvironment(autoescape=False)
_SANDBOX.globals = {}


def sentence_of(rule: Rule, language: str, facts: Mapping[str, str]) -> str:
    """Fill a rule's sentence in the reader's language, or in its first one."""
    source = rule.sentence.get(language) or rule.sentence.get(language.split("-", maxsplit=1)[0])
    return _compile(source or next(iter(rule.sentence.values()))).render(facts)


def facts_named(rule: Rule) -> frozenset[str]:
    """Name every fact that the rule's sentences use, whatever the language.

    Raises:
        jinja2.TemplateSyntaxError: a sentence is not a well-formed text.
    """
    return frozenset().union(*(find_undeclared_variables(_SANDBOX.parse(each)) for each in rule.sentence.values()))


@lru_cache(maxsize=512)
def _compile(source: str) -> Template:
    return _SANDBOX.from_string(source)
