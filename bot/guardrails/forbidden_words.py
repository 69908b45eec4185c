"""Kind `forbidden_words`: words the brand does not say, in any of its languages and any disguise."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from pydantic import Field

from bot.domain.frozen import Frozen
from bot.guardrails.guardrail import Look, Offence
from bot.guardrails.lookalikes import skeleton_of
from bot.guardrails.shorten import tidy
from bot.guardrails.word_pattern import find_words
from bot.slots.clean import has_words

MOST_REWRITES = 20
MOST_REMEDIES = 3


class ForbiddenWordsSettings(Frozen):
    """Words for everybody, or by language; every list is checked whatever language the shop speaks."""

    words: tuple[str, ...] | Mapping[str, tuple[str, ...]]
    allow: tuple[str, ...] = ()
    """Whole words that only look like forbidden ones."""
    replacements: Mapping[str, str] = Field(default_factory=dict)
    """Forbidden word -> what to say instead."""

    @cached_property
    def all_words(self) -> tuple[str, ...]:
        """Give every word once."""
        lists = self.words.values() if isinstance(self.words, Mapping) else (self.words,)
        return tuple(dict.fromkeys(word for words in lists for word in words))

    @cached_property
    def allowed(self) -> frozenset[str]:
        """Give the skeletons of allowed words."""
        return frozenset(skeleton_of(word).text for word in self.allow)


class ForbiddenWords:
    """Keeps the brand's voice."""

    kind = "forbidden_words"
    settings_model = ForbiddenWordsSettings
    slot_types = frozenset({"text", "long_text"})
    facts = ("word",)

    def look(self, at: Look, settings: ForbiddenWordsSettings) -> Iterator[Offence]:
        found = next(iter(_find(at.text, settings)), None)
        if found:
            _, span = found
            yield Offence(
                facts={"value": at.text, "word": at.text[slice(*span)]},
                remedies=tuple({"text": text} for text in _rewrites(at, settings)),
                span=span,
            )


def _find(text: str, settings: ForbiddenWordsSettings) -> tuple[tuple[str, tuple[int, int]], ...]:
    return find_words(text, settings.all_words, settings.allowed)


def _rewrites(at: Look, settings: ForbiddenWordsSettings) -> list[str]:
    """Give compliant texts: the person's own with other words or fewer, then the template's."""
    title = at.draft.template.copy_for(at.draft.location.language).title
    texts = (
        _without(at.text, settings, settings.replacements),
        _without(at.text, settings, {}),
        at.copy.default,
        *at.copy.examples,
        title,
    )
    clean = [text for text in dict.fromkeys(texts) if has_words(text) and not _find(text, settings)]
    own = [text for text in clean if text in texts[:2]]
    return own[:2] or clean[:MOST_REMEDIES]


def _without(text: str, settings: ForbiddenWordsSettings, replacements: Mapping[str, str]) -> str:
    original = text
    for _ in range(MOST_REWRITES):
        found = next(iter(_find(text, settings)), None)
        if found is None:
            return _cased_like(tidy(text), original)
        word, (start, end) = found
        text = text[:start] + _cased_like(replacements.get(word, ""), text[start:end]) + text[end:]
    return ""


def _cased_like(new: str, old: str) -> str:
    """Begin with a capital where the other word did."""
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
