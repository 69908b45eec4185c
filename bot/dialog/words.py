"""Every word the bot says: jinja2 sentences from prompts/<language>/<area>.yaml, with parts that platforms draw.

Handlers, cards and jobs ask by key (`area.key`). Sentences are plain text; emphasis, links and
quotations come in as facts and leave as spans, so no sentence can inject markup.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from ruamel.yaml import YAML

from bot.chat import Linked, Quoted, Strong, Text, plain
from bot.errors import Misconfigured

Sentence = str | tuple[str, ...]
OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")


class Words:
    """All sentences of all languages; the first language is the fallback for people whose own is missing."""

    def __init__(self, folder: Path, languages: tuple[str, ...]) -> None:
        self.languages = languages
        self._sentences = {language: _read(folder / language) for language in languages}
        self._environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
        self._compiled: dict[tuple[str, str], Template] = {}

    def keys(self, language: str) -> frozenset[str]:
        """Name every sentence of a language, as `area.key`."""
        return frozenset(self._sentences[language])

    def source(self, key: str, language: str) -> Sentence:
        """Give a sentence as written (tests compare languages)."""
        return self._sentences[self._spoken(language)][key]

    def has(self, key: str) -> bool:
        """Tell whether there is such a sentence."""
        return key in self._sentences[self.languages[0]]

    def text(self, key: str, language: str, /, **facts: object) -> Text:
        """Fill a sentence; Strong, Linked and Quoted facts stay parts of their own."""
        parts: list[Strong | Linked | Quoted] = []
        filled = self._template(key, language).render({name: _mark(fact, parts) for name, fact in facts.items()})
        return tuple(_spans(filled.strip(), parts))

    def line(self, key: str, language: str, /, **facts: object) -> str:
        """Fill a sentence and flatten it to plain characters."""
        return plain(self.text(key, language, **facts))

    def phrases(self, area: str) -> Iterator[tuple[str, str]]:
        """Give (key, phrase) of every list in an area, in every language."""
        for sentences in self._sentences.values():
            for key, phrases in sentences.items():
                if key.startswith(f"{area}.") and not isinstance(phrases, str):
                    yield from ((key.removeprefix(f"{area}."), phrase) for phrase in phrases)

    def _template(self, key: str, language: str) -> Template:
        spoken = self._spoken(language)
        known = self._compiled.get((key, spoken))
        if known is None:
            source = self._sentences[spoken].get(key)
            if not isinstance(source, str):
                message = f"no sentence {key!r} in prompts/{spoken}"
                raise Misconfigured(message)
            known = self._compiled[key, spoken] = self._environment.from_string(source)
        return known

    def _spoken(self, language: str) -> str:
        short = language.split("-", maxsplit=1)[0]
        return short if short in self._sentences else self.languages[0]


def _read(folder: Path) -> Mapping[str, Sentence]:
    sentences: dict[str, Sentence] = {}
    for path in sorted(folder.glob("*.yaml")):
        for key, sentence in _parse(path.read_text(encoding="utf-8")).items():
            sentences[f"{path.stem}.{key}"] = sentence
    if not sentences:
        message = f"no sentences in {folder}"
        raise Misconfigured(message)
    return sentences


@lru_cache(maxsize=128)
def _parse(text: str) -> Mapping[str, Sentence]:
    """Read one file's words; an unchanged text is not parsed again."""
    content = YAML(typ="safe").load(text) or {}
    return {key: tuple(said) if isinstance(said, list) else str(said) for key, said in content.items()}


def _mark(fact: object, parts: list[Strong | Linked | Quoted]) -> object:
    if isinstance(fact, str):
        return fact.replace(OPEN, "").replace(CLOSE, "")
    if isinstance(fact, (Strong, Linked, Quoted)):
        parts.append(fact)
        return f"{OPEN}{len(parts) - 1}{CLOSE}"
    return fact


def _spans(filled: str, parts: list[Strong | Linked | Quoted]) -> Iterator[str | Strong | Linked | Quoted]:
    end = 0
    for found in MARK.finditer(filled):
        if found.start() > end:
            yield filled[end : found.start()]
        yield parts[int(found.group(1))]
        end = found.end()
    if end < len(filled):
        yield filled[end:]
