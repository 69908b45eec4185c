import re
from collections import Counter

import pytest

from bot.content import prompts_dir
from bot.dialog.words import Words
from bot.router import fold

LANGUAGES = ("en", "es", "fr")
FACT = re.compile(r"{{\s*(\w+)")


@pytest.fixture(scope="module")
def words() -> Words:
    """Read every sentence once."""
    return Words(prompts_dir(), LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_says_everything(words: Words, language: str) -> None:
    """The same keys stand in every language's files."""
    assert words.keys("en")
    assert words.keys(language) ^ words.keys("en") == frozenset()


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_says_the_same_facts(words: Words, language: str) -> None:
    """A translation neither drops nor invents a fact (a default for a missing example aside)."""
    for key in sorted(words.keys("en")):
        said, original = words.source(key, language), words.source(key, "en")
        if isinstance(said, str) and isinstance(original, str):
            assert set(FACT.findall(said)) == set(FACT.findall(original)), f"{language} {key}"


def test_no_words_lead_to_two_intents(words: Words) -> None:
    """What people type on its own means one thing, whatever their language."""
    meanings: dict[str, set[str]] = {}
    for name, phrase in words.phrases("intents"):
        meanings.setdefault(fold(phrase), set()).add(name)

    assert meanings
    assert {phrase: names for phrase, names in meanings.items() if len(names) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_can_be_said_in_every_language(words: Words, language: str) -> None:
    """No language lacks a way to say undo."""
    counts = Counter(name for name, _ in words.phrases("intents"))
    spoken = {key.removeprefix("intents.") for key in words.keys(language) if key.startswith("intents.")}

    assert spoken == set(counts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_plain_text(words: Words, language: str) -> None:
    """Markup belongs to the platforms: no sentence brings its own."""
    for key in sorted(words.keys(language)):
        source = words.source(key, language)
        if isinstance(source, str):
            assert not re.search(r"\*\w|</?\w+>|\]\(", source), f"{language} {key}: {source}"
