"""Suggested words from a chat model: generated, checked by the very same guardrails, then a person's press.

Imported only when a model is configured, because langchain_core takes most of a second to load. Facts come from the
campaign's slots; the model sees no names of people, no links and no other location.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from typing import Any, Self

import structlog
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage
from pydantic import BaseModel, Field, ValidationError

from bot.brandbook import BrandBook
from bot.dialog.alt import typeset_values
from bot.dialog.words import Words
from bot.domain.draft import Draft
from bot.domain.finding import Severity
from bot.domain.value import Source, Value
from bot.errors import AskAgain
from bot.guardrails import check
from bot.ports import Clock, Suggestion
from bot.settings import Settings
from bot.slots import read
from bot.writing.examples import ExampleWriter
from bot.writing.providers import open_model

log = structlog.get_logger(__name__)
REPAIRS = 2
KEPT_ANSWERS = 256


class Variants(BaseModel):
    """What the model is asked to answer."""

    variants: list[str] = Field(min_length=1, max_length=6)


class ModelWriter:
    """The port Writer on a langchain-core chat model; falls back on the template's examples."""

    def __init__(
        self, model: BaseChatModel, *, words: Words, book: Callable[[], BrandBook], clock: Clock,
        timeout_s: float, calls_per_day: int,
    ) -> None:  # fmt: skip
        self._model = model
        self._words = words
        self._book = book
        self._clock = clock
        self._timeout_s = timeout_s
        self._calls_per_day = calls_per_day
        self._calls: dict[tuple[str, date], int] = {}
        self._kept: OrderedDict[tuple[str, ...], tuple[str, ...]] = OrderedDict()
        self._examples = ExampleWriter()

    @classmethod
    def open(cls, settings: Settings, *, words: Words, book: Callable[[], BrandBook], clock: Clock) -> Self:
        """Make the writer that the settings describe."""
        return cls(
            open_model(settings), words=words, book=book, clock=clock,
            timeout_s=settings.model_timeout_s, calls_per_day=settings.model_calls_per_day,
        )  # fmt: skip

    async def suggest(self, wish: Suggestion) -> tuple[str, ...]:
        """Give texts that pass the guardrails; the template's own examples when the model cannot."""
        key = (
            wish.draft.template.version,
            wish.slot,
            wish.tone,
            wish.draft.location.id,
            *typeset_values(wish.draft).values(),
        )
        if key not in self._kept:
            found = await self._ask(wish)
            if not found:
                return await self._examples.suggest(wish)
            self._kept[key] = found
            if len(self._kept) > KEPT_ANSWERS:
                self._kept.popitem(last=False)
        return self._kept[key]

    async def _ask(self, wish: Suggestion) -> tuple[str, ...]:
        good: list[str] = []
        conversation = self._open_conversation(wish)
        for _ in range(1 + REPAIRS):
            if not self._may_call(wish.draft):
                break
            variants = await self._call(conversation)
            troubles: list[str] = []
            for variant in variants:
                problem = self._problem(wish, variant)
                if problem:
                    troubles.append(f"{variant!r}: {problem}")
                elif variant not in good:
                    good.append(variant)
            if len(good) >= wish.count or not troubles:
                break
            conversation = [
                *conversation,
                HumanMessage(self._words.line("llm.repair", "en", troubles="\n".join(troubles))),
            ]
        return tuple(good[: wish.count])

    def _open_conversation(self, wish: Suggestion) -> list[BaseMessage]:
        draft = wish.draft
        copy = draft.template.copy_for(draft.location.language)
        slot = draft.template.slot(wish.slot)
        voice = self._book().brand.voice
        facts = {name: text for name, text in typeset_values(draft).items() if not draft.template.slot(name).profile}
        system = self._words.line(
            "llm.suggest_system", "en", brand=self._book().brand.name, summary=voice.summary,
            does="; ".join(voice.does), avoids="; ".join(voice.avoids),
        )  # fmt: skip
        human = self._words.line(
            "llm.suggest", "en", label=copy.slots[slot.name].label, help=copy.slots[slot.name].help,
            spoken=draft.location.language, most=slot.limits.get("max_graphemes", 60), count=wish.count,
            template=copy.title, facts="\n".join(f"{name}: {text}" for name, text in facts.items()), tone=wish.tone,
        )  # fmt: skip
        return [SystemMessage(system), HumanMessage(human)]

    async def _call(self, conversation: list[BaseMessage]) -> list[str]:
        try:
            answer = await asyncio.wait_for(self._model.ainvoke(conversation), timeout=self._timeout_s)
        except Exception as error:  # noqa: BLE001 - any provider, any failure: the campaign can always be finished without
            log.warning("model.failed", reason=type(error).__name__)
            return []
        return _read_variants(answer.content)

    def _problem(self, wish: Suggestion, variant: str) -> str:
        """Say why a variant may not be shown; empty when it may."""
        draft, slot = wish.draft, wish.draft.template.slot(wish.slot)
        copy = draft.template.copy_for(draft.location.language).slots[slot.name]
        if any(sign in variant for sign in ("http", "www.", "@", "<", "`")) or any(sign.isdigit() for sign in variant):
            return "no links, no handles, no markup, no numbers"
        try:
            data = read(variant, slot, draft.reading, copy)
        except AskAgain as trouble:
            return trouble.reason
        tried = draft.with_values({slot.name: Value(data=data, source=Source.SUGGESTED)})
        findings = check(tried, self._book().policies, draft.location.language)
        blocks = [found.sentence for found in findings if found.slot == slot.name and found.severity is Severity.BLOCK]
        return "; ".join(blocks)

    def _may_call(self, draft: Draft) -> bool:
        """Count one call against the location's day."""
        today = self._clock.now().date()
        key = (draft.location.id, today)
        self._calls = {one: count for one, count in self._calls.items() if one[1] == today}
        self._calls[key] = self._calls.get(key, 0) + 1
        return self._calls[key] <= self._calls_per_day


def _read_variants(content: Any) -> list[str]:  # noqa: ANN401 - providers answer text or parts
    text = (
        content if isinstance(content, str) else "".join(str(p.get("text", "")) for p in content if isinstance(p, dict))
    )
    start, end = text.find("{"), text.rfind("}")
    try:
        return [one.strip() for one in Variants.model_validate_json(text[start : end + 1]).variants if one.strip()]
    except ValidationError:
        log.warning("model.unreadable", characters=len(text))
        return []
