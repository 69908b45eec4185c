"""Every sentence that code asks for is there in every language, with the facts it needs, and none waits in vain."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, meta

import bot.errors
from bot.content import prompts_dir
from bot.dialog.words import Words
from bot.errors import GlocalError, RateLimited

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "es", "fr")
SAYING = frozenset({"text", "line", "button"})
NOT_FACTS = frozenset({"campaign", "index", "subject", "style", "opens_form"})
"""Keywords of `button` that are no facts of its label."""
ALWAYS_GIVEN = {"unreadable": frozenset({"label", "example"})}
"""Facts that bot.slots.read adds to every error."""
AREA = rf"({'|'.join(sorted(path.stem for path in (prompts_dir() / 'en').glob('*.yaml')))})\\\.([a-z_.+]*[a-z+])$"
SPOKEN_ELSEWHERE = frozenset({"llm", "commands", "intents"})
"""Areas that are no sentences to a person in a chat."""


@dataclass(frozen=True)
class Asked:
    """One place in the code that asks for a sentence: its key (`.+` where it is computed) and the facts it gives."""

    key: str
    facts: frozenset[str] | None
    where: str
    is_said: bool = True
    """False for a name that only looks like a key, or is kept for later."""

    def meets(self, key: str) -> bool:
        """Tell whether this place may ask for the key."""
        return re.fullmatch(self.key, key) is not None


@pytest.fixture(scope="module")
def words() -> Words:
    """Read every sentence once."""
    return Words(prompts_dir(), LANGUAGES)


@cache
def asked() -> tuple[Asked, ...]:
    """Find every key in the code: arguments of text, line and button, and reasons of errors."""
    files = [path for room in ("bot", "handlers") for path in sorted((ROOT / room).rglob("*.py"))]
    return tuple(
        each
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for each in _asked_by(node, f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}")
    )


def test_every_key_in_the_code_exists(words: Words) -> None:
    """No sentence is missing when its moment comes."""
    known = words.keys("en")
    assert len(asked()) > 100
    assert [one for one in asked() if one.is_said and not any(one.meets(key) for key in known)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_gets_its_facts(words: Words, language: str) -> None:
    """Whoever asks for a sentence by name gives every fact that it cannot do without."""
    lacking = []
    for one in asked():
        if one.facts is None or one.key.replace("\\", "") not in words.keys(language):
            continue
        source = words.source(one.key.replace("\\", ""), language)
        needed = _facts_needed(source) if isinstance(source, str) else frozenset()
        given = one.facts | ALWAYS_GIVEN.get(one.key.split("\\.")[0], frozenset())
        if needed - given:
            lacking.append((one.where, one.key, sorted(needed - given)))
    assert lacking == []


def test_no_sentence_waits_in_vain(words: Words) -> None:
    """What nobody asks for is not kept."""
    kinds = [kind for kind in vars(bot.errors).values() if isinstance(kind, type) and issubclass(kind, GlocalError)]
    defaults = {f"{kind.area}.{kind.reason}" for kind in kinds} | {RateLimited(1.0).sentence}
    spoken = [key for key in words.keys("en") - defaults if key.split(".")[0] not in SPOKEN_ELSEWHERE]
    assert sorted(key for key in spoken if not any(one.meets(key) for one in asked())) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_needs_the_same_facts(words: Words, language: str) -> None:
    """A translation uses the same facts, in its conditions, too."""
    for key in sorted(words.keys("en")):
        said, original = words.source(key, language), words.source(key, "en")
        if isinstance(said, str) and isinstance(original, str):
            assert _facts_used(said) == _facts_used(original), f"{language} {key}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_well_set(words: Words, language: str) -> None:
    """No doubled spaces, no straight quotation marks, no space before a comma or a full stop."""
    for key in sorted(words.keys(language)):
        source = words.source(key, language)
        if isinstance(source, str) and key.split(".")[0] not in SPOKEN_ELSEWHERE:
            bare = re.sub(r"{%.*?%}", "", re.sub(r"{{.*?}}", "x", source))
            assert not re.search(r"  | [,.](?!\.)|\"|'", bare), f"{language} {key}: {source}"


def _asked_by(node: ast.AST, where: str) -> Iterator[Asked]:
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name):
        yield from _asked_by_error(node.exc.id, [], None, where)
    if isinstance(node, (ast.Constant, ast.JoinedStr)):
        yield from (Asked(key, None, where, is_said=False) for key in _keys(node) if re.match(AREA, key))
    if not isinstance(node, ast.Call):
        return
    facts = None if any(word.arg is None for word in node.keywords) else frozenset(w.arg or "" for w in node.keywords)
    if isinstance(node.func, ast.Name):
        yield from _asked_by_error(node.func.id, node.args, facts, where)
    elif isinstance(node.func, ast.Attribute) and node.func.attr in SAYING and node.args:
        given = None if facts is None else facts - NOT_FACTS
        yield from (Asked(key, given, where) for key in _keys(node.args[0]) if "\\." in key)


def _asked_by_error(name: str, args: list[ast.expr], facts: frozenset[str] | None, where: str) -> Iterator[Asked]:
    kind = getattr(bot.errors, name, None)
    if not (isinstance(kind, type) and issubclass(kind, GlocalError)):
        return
    if name in {"Misconfigured", "RateLimited", "Ambiguous"} or not args:
        yield Asked(re.escape(f"{kind.area}.{kind.reason}"), None, where)
        return
    yield from (Asked(re.escape(f"{kind.area}.") + key, facts, where) for key in _keys(args[0]))


def _keys(node: ast.expr) -> Iterator[str]:
    """Give the keys that an argument may be, as expressions: constants, choices between them, and computed ones."""
    match node:
        case ast.Constant(value=str(key)):
            yield re.escape(key)
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_keys(body), *_keys(orelse))
        case ast.JoinedStr(values=parts):
            yield "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in parts)
        case _:
            pass


def _facts_used(source: str) -> frozenset[str]:
    return frozenset(meta.find_undeclared_variables(Environment(autoescape=True).parse(source)))


def _facts_needed(source: str) -> frozenset[str]:
    """Leave out what the sentence asks about with `is defined` or replaces with `or`."""
    optional = re.findall(r"(\w+) is defined|{{ (\w+) or ", source)
    return _facts_used(source) - {name for pair in optional for name in pair}
