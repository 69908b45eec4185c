"""What every slot type owes, held against the registry."""

import ast
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bot.slots
from bot.dialog.words import Words
from bot.domain.ids import Digest
from bot.domain.reading import Reading
from bot.domain.template import Slot
from bot.errors import AskAgain, Unreadable
from bot.slots import SLOT_TYPES, read
from bot.slots.dates import Period
from bot.slots.phone import Phone
from bot.slots.photo import PhotoValue
from bot.slots.price import Money
from tests.slots.readers import COPY, EN, LOCALES, MONDAY

TYPED = ("number", "percent", "price", "date", "date_range", "phone", "link", "choice")
LATEST = 500


def _days(reading: Reading) -> st.SearchStrategy[date]:
    return st.integers(0, LATEST).map(lambda ahead: reading.today + timedelta(days=ahead))


def _values(kind: str, reading: Reading) -> st.SearchStrategy[Any]:
    """Give any value the type can hold at this reader's place."""
    numbers = {"CA": "+1514", "US": "+1217"}
    match kind:
        case "number":
            return st.decimals("-999999999", "999999999", places=0)
        case "percent":
            return st.decimals("0.01", "100", places=2)
        case "price":
            return st.integers(1, 10**9).map(lambda minor: Money(minor, reading.currency))
        case "date":
            return _days(reading)
        case "date_range":
            return st.tuples(_days(reading), st.integers(0, 40)).map(
                lambda pair: Period(pair[0], pair[0] + timedelta(days=pair[1]))
            )
        case "phone":
            lines = st.integers(2_000_000, 9_999_999).map(lambda line: f"{numbers[reading.country]}{line}")
            return st.builds(Phone, lines, st.sampled_from(["", "7", "4512"]))
        case "link":
            return st.sampled_from(["", "menu", "a/b?x=1#y", "caf%C3%A9"]).map(
                lambda path: f"https://ovenlark.example/{path}"
            )
        case _:
            return st.sampled_from(list(COPY.options))


SAMPLES: dict[str, Any] = {
    "text": "Warm buns",
    "long_text": "One\nTwo",
    "choice": "s",
    "number": Decimal(12),
    "percent": Decimal("12.5"),
    "price": Money(450, "USD"),
    "date": MONDAY,
    "date_range": Period(MONDAY, MONDAY + timedelta(days=2)),
    "phone": Phone("+12175550143", "7"),
    "link": "https://ovenlark.example/menu",
    "photo": PhotoValue(Digest("ab" * 32), 1200, 800),
    "profile": "418 East Adams Street",
}


def test_the_registry_holds_the_twelve_types() -> None:
    """Every type of the design is there under its own name."""
    assert set(SLOT_TYPES) == set(SAMPLES)
    assert len(SLOT_TYPES) == 12
    assert all(kind.name == name for name, kind in SLOT_TYPES.items())


@pytest.mark.parametrize("name", sorted(SLOT_TYPES))
def test_a_value_survives_json(name: str) -> None:
    """What is stored comes back as it was."""
    kind = SLOT_TYPES[name]
    assert kind.load(kind.dump(SAMPLES[name])) == SAMPLES[name]


@pytest.mark.parametrize("name", sorted(SLOT_TYPES))
@pytest.mark.parametrize("reading", LOCALES, ids=lambda reading: reading.locale)
def test_a_value_can_be_shown_set_and_looked_into(name: str, reading: Reading) -> None:
    """Every type echoes its value and tells rules about it."""
    kind = SLOT_TYPES[name]
    assert kind.show(SAMPLES[name], reading, COPY)
    assert isinstance(kind.typeset(SAMPLES[name], reading, COPY), str)
    assert kind.facts(SAMPLES[name])


@pytest.mark.parametrize("name", TYPED)
@pytest.mark.parametrize("reading", LOCALES, ids=lambda reading: reading.locale)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_an_echo_reads_back_as_the_same_value(name: str, reading: Reading, data: st.DataObject) -> None:
    """What we show, a person may type back: parse(show(v)) == v."""
    kind, value = SLOT_TYPES[name], data.draw(_values(name, reading))
    shown = kind.show(value, reading, COPY)
    assert kind.parse(shown, Slot(name="blank", type=name), reading, COPY) == value, shown


@pytest.mark.parametrize("name", sorted(set(SLOT_TYPES) - {"photo"}))
@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=60), reading=st.sampled_from(LOCALES))
def test_any_text_is_read_or_asked_about(name: str, text: str, reading: Reading) -> None:
    """Whatever people type gives a value that can be shown, or a question: never another error."""
    slot, kind = Slot(name="blank", type=name), SLOT_TYPES[name]
    with suppress(AskAgain):
        data = read(text, slot, reading, COPY)
        assert kind.dump(kind.load(data)) == data
        assert kind.show(kind.load(data), reading, COPY)


@pytest.mark.parametrize("name", sorted(SLOT_TYPES))
def test_an_empty_answer_is_answered(name: str) -> None:
    """Nothing at all gets a sentence, too."""
    with pytest.raises(Unreadable) as refusal:
        read("  ", Slot(name="blank", type=name), EN, COPY)
    assert {"label", "example", "count"} <= set(refusal.value.facts)


def test_every_reason_has_a_sentence_in_every_language() -> None:
    """A reason that the code gives is a key of unreadable.yaml, and its facts fill the sentence."""
    reasons = _reasons_raised()
    assert len(reasons) > 30
    facts = dict.fromkeys(_FACTS, "x") | {"count": 2}
    words = Words(Path("prompts"), ("en", "es", "fr"))
    for language in ("en", "es", "fr"):
        for reason in reasons:
            assert words.line(f"unreadable.{reason}", language, **facts)


_FACTS = ("label", "example", "length", "limit", "lines", "word", "options", "decimals", "currency", "expected",
          "country", "host", "hosts", "today", "latest", "days")  # fmt: skip


def _reasons_raised() -> set[str]:
    """Collect the reasons that bot/slots gives: the words in the first argument of every Unreadable."""
    found = {"ambiguous", "text"}
    for path in Path(bot.slots.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Unreadable" and node.args:
                constants = [each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)]
                found |= {each for each in constants if isinstance(each, str)}
    return found
