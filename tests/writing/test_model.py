"""Suggestions from a chat model: only what passes the guardrails is offered, and a failing model stops nobody."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatResult

from bot.brandbook import BrandBook
from bot.content import brand_dirs, prompts_dir
from bot.dialog.alt import typeset_values
from bot.dialog.sample import sample_draft
from bot.dialog.words import Words
from bot.domain.draft import Draft
from bot.domain.reading import Reading
from bot.ports import Suggestion
from bot.testing import TestClock
from bot.testing.warm import read_book
from bot.writing import open_writer
from bot.writing.examples import ExampleWriter
from bot.writing.model import ModelWriter

GOOD = ["Warm buns, slow morning", "Come in from the cold", "Butter makes it better"]


@pytest.fixture
def book() -> BrandBook:
    """Give the sample brand."""
    return read_book(brand_dirs()[0])


@pytest.fixture
def draft(book: BrandBook) -> Draft:
    """Give a finished weekend offer."""
    location = book.seed.locations[0]
    reading = Reading.now_at(location, TestClock().now(), book.brand.link_hosts)
    return sample_draft(book.templates["weekend-offer"], location, book.seed.places, reading)


class Model(GenericFakeChatModel):
    """A fake that remembers what it was asked."""

    asked: list[list[BaseMessage]] = []  # noqa: RUF012 - pydantic copies it

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:  # noqa: ANN401
        self.asked.append(messages)
        return super()._generate(messages, *args, **kwargs)


def writer(book: BrandBook, answers: Iterator[str], *, calls_per_day: int = 50) -> tuple[ModelWriter, Model]:
    """Give a writer whose model says these things in turn."""
    model = Model(messages=(AIMessage(answer) for answer in answers))
    words = Words(prompts_dir(), book.brand.languages)
    made = ModelWriter(
        model, words=words, book=lambda: book, clock=TestClock(), timeout_s=2, calls_per_day=calls_per_day
    )
    return made, model


def variants(*texts: str) -> str:
    """Answer as a well-behaved model does."""
    return json.dumps({"variants": texts})


async def test_good_variants_are_offered(book: BrandBook, draft: Draft) -> None:
    """Texts that pass the slot and the guardrails are offered as they are."""
    made, _ = writer(book, iter([variants(*GOOD)]))
    assert await made.suggest(Suggestion(draft=draft, slot="headline")) == tuple(GOOD)


async def test_a_refused_variant_is_repaired(book: BrandBook, draft: Draft) -> None:
    """A text with a forbidden word goes back to the model with the finding, and is replaced."""
    made, model = writer(book, iter([variants("Cheap buns today", *GOOD[:2]), variants(GOOD[2])]))
    assert await made.suggest(Suggestion(draft=draft, slot="headline")) == tuple(GOOD)
    assert "Cheap buns" in str(model.asked[1][-1].content)


@pytest.mark.parametrize(
    "evil",
    [
        "Call 555-0199 now",
        "Only $1 today",
        "50 % off everything",
        "See https://evil.example",
        "Ask @everyone",
        "<b>Bold</b> buns",
        "Buns\u202e nub",
        "x" * 2_000,
        "",
    ],
)
async def test_what_a_malicious_model_says_is_never_offered(book: BrandBook, draft: Draft, evil: str) -> None:
    """Links, handles, markup, numbers and endless texts are dropped; the template's own examples stand in."""
    made, _ = writer(book, iter([variants(evil)] * 3))
    offered = await made.suggest(Suggestion(draft=draft, slot="headline"))
    assert evil not in offered
    assert offered == await ExampleWriter().suggest(Suggestion(draft=draft, slot="headline"))


@pytest.mark.parametrize("broken", ["no JSON at all", '{"variants": ', '{"other": []}', "{}" * 100_000])
async def test_an_unreadable_answer_is_no_answer(book: BrandBook, draft: Draft, broken: str) -> None:
    """Whatever is not the asked JSON is treated as silence."""
    made, _ = writer(book, iter([broken]))
    offered = await made.suggest(Suggestion(draft=draft, slot="headline"))
    assert offered == await ExampleWriter().suggest(Suggestion(draft=draft, slot="headline"))


async def test_a_failing_model_stops_nobody(book: BrandBook, draft: Draft) -> None:
    """When the provider raises, the template's examples are offered."""
    made, _ = writer(book, iter([]))
    assert await made.suggest(Suggestion(draft=draft, slot="headline"))


async def test_a_locations_day_has_a_budget(book: BrandBook, draft: Draft) -> None:
    """After the day's calls the model is not asked again; the examples are."""
    made, model = writer(book, iter([variants(GOOD[0])] * 9), calls_per_day=1)
    for tone in ("warmer", "shorter"):
        await made.suggest(Suggestion(draft=draft, slot="headline", tone=tone))
    assert len(model.asked) == 1


async def test_the_model_sees_no_contact_data(book: BrandBook, draft: Draft) -> None:
    """Address, phone and link of the shop stay in the house."""
    made, model = writer(book, iter([variants(*GOOD)]))
    await made.suggest(Suggestion(draft=draft, slot="headline"))
    sent = " ".join(str(one.content) for one in model.asked[0])
    assert typeset_values(draft)["product"] in sent
    assert draft.location.profile["phone"] not in sent
    assert draft.location.profile["address"] not in sent


def test_without_a_model_langchain_is_never_imported() -> None:
    """Opening the writer of an installation without a model loads nothing of langchain."""
    code = (
        "import sys; import bot.app; from bot.settings import Settings; from bot.writing import open_writer; "
        "open_writer(Settings(_env_file=None), words=None, book=None, clock=None); "
        "sys.exit('langchain_core' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_installation_without_a_model_uses_the_examples(book: BrandBook) -> None:
    """The writer of an unconfigured installation is the examples' one."""
    from bot.settings import Settings

    words = Words(prompts_dir(), book.brand.languages)
    made = open_writer(Settings(_env_file=None), words=words, book=lambda: book, clock=TestClock())
    assert isinstance(made, ExampleWriter)
