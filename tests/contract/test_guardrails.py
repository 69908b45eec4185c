"""What every kind of guardrail owes, held against the registry."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue, ValidationError

from bot.domain.value import Source, Value
from bot.guardrails import GUARDRAILS, apply_required, settings_of, unknown_facts
from bot.slots import SLOT_TYPES
from tests.guardrails.drafts import draft, find, policies, rule
from tests.slots.readers import MONDAY

Data = dict[str, JsonValue]
WORDS = ("best", "win", "crazy", "buns", "rye", "warm", "ch3ap", "b e s t", "WÍN")


@dataclass(frozen=True)
class Example:
    """A slot, settings, a value that passes and one that fails."""

    slot: str
    settings: Data
    passing: Data
    failing: Data


EXAMPLES = {
    "number_cap": Example("percent", {"max": 25}, {"percent": "20"}, {"percent": "40"}),
    "text_length": Example("text", {"max_words": 2}, {"text": "Warm buns"}, {"text": "Warm buns for all"}),
    "forbidden_words": Example("text", {"words": ["cheap"]}, {"text": "Warm buns"}, {"text": "Cheap buns"}),
    "date_window": Example("date", {"last_in_days": 9}, {"day": "2026-11-30"}, {"day": "2027-01-30"}),
    "required_term": Example(
        "text", {"slot": "text", "text": {"en": "While it lasts."}}, {"text": "While it lasts."}, {"text": "Buns"}
    ),
    "phone_of_location": Example(
        "phone", {}, {"e164": "+12175550143", "extension": ""}, {"e164": "+12175550199", "extension": ""}
    ),
    "link_host": Example(
        "link", {"hosts": ["ovenlark.example"]}, {"url": "https://ovenlark.example/"}, {"url": "https://else.example/"}
    ),
}


def _pairs(kind: str) -> st.SearchStrategy[tuple[Data, str, Data]]:
    """Give settings of a kind, a slot, and a value that may or may not please them."""
    match kind:
        case "number_cap":
            return st.tuples(_bounds(), _numbers()).map(lambda pair: (pair[0], *pair[1]))
        case "text_length":
            texts = st.lists(st.sampled_from([*WORDS, "\n", "naïveté", "👩‍🍳"]), min_size=1, max_size=9)
            fair = texts.map(" ".join).map(str.strip).filter(bool)
            return st.tuples(_lengths(), fair).map(lambda pair: (pair[0], "long_text", {"text": pair[1]}))
        case "forbidden_words":
            lists = st.lists(st.sampled_from(["best", "win", "crazy", "cheap"]), min_size=1, unique=True)
            texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6)
            return st.tuples(lists, texts.map(" ".join)).map(
                lambda pair: ({"words": list[JsonValue](pair[0])}, "text", {"text": pair[1]})
            )
        case "date_window":
            held = st.tuples(st.integers(0, 200), st.integers(0, 30))
            return st.tuples(_windows(), held).map(lambda pair: (pair[0], "date_range", _period(*pair[1])))
        case _:
            example = EXAMPLES[kind]
            return st.sampled_from([example.passing, example.failing]).map(
                lambda value: (example.settings, example.slot, value)
            )


def _bounds() -> st.SearchStrategy[Data]:
    return st.fixed_dictionaries({"min": st.integers(1, 20), "max": st.integers(20, 90)})


def _numbers() -> st.SearchStrategy[tuple[str, Data]]:
    return st.one_of(
        st.integers(1, 100).map(lambda n: ("percent", Data(percent=str(n)))),
        st.integers(1, 10_000).map(lambda n: ("price", Data(amount_minor=n, currency="USD"))),
        st.integers(-5, 200).map(lambda n: ("number", Data(number=str(n)))),
    )


def _lengths() -> st.SearchStrategy[Data]:
    limits = {"max_graphemes": st.integers(3, 30), "max_lines": st.integers(1, 3), "max_words": st.integers(1, 5)}
    return st.fixed_dictionaries({}, optional=limits)


def _windows() -> st.SearchStrategy[Data]:
    closed = st.integers(0, 15).map(lambda ahead: list[JsonValue]([_period(ahead, 2)]))
    starts = {"last_in_days": st.integers(20, 90), "first_in_days": st.integers(0, 9)}
    windows = st.tuples(st.fixed_dictionaries(starts), st.integers(1, 10), closed)
    return windows.map(lambda each: Data(**each[0], max_days=each[1], closed=each[2]))


def _period(ahead: int, more: int) -> Data:
    first = MONDAY + timedelta(days=ahead)
    return {"first": first.isoformat(), "last": (first + timedelta(days=more)).isoformat()}


def test_every_kind_has_an_example() -> None:
    """The registry and the examples name the same kinds."""
    assert set(GUARDRAILS) == set(EXAMPLES)
    assert len(GUARDRAILS) == 7


@pytest.mark.parametrize("kind", sorted(GUARDRAILS))
def test_a_kind_passes_the_good_and_finds_the_bad(kind: str) -> None:
    """A finding names rule, slot, citation, a sentence and at least one remedy."""
    example = EXAMPLES[kind]
    held = rule(kind, example.settings, slots=(example.slot,))
    assert find(draft({example.slot: example.passing}), held) == ()
    (finding,) = find(draft({example.slot: example.failing}), held)
    assert (finding.rule_id, finding.slot, finding.citation) == (f"{kind}-1", example.slot, "Guide 1")
    assert finding.sentence
    assert finding.remedies
    assert all(0 < len(remedy.label) <= 40 for remedy in finding.remedies)


@pytest.mark.parametrize("kind", sorted(GUARDRAILS))
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_a_remedy_removes_what_was_found(kind: str, data: st.DataObject) -> None:
    """Every finding has a remedy, each remedy is a value of the slot, and with it the rule is content."""
    written, slot, value = data.draw(_pairs(kind))
    held, before = rule(kind, written), draft({slot: value})
    findings = find(before, held)
    assert find(before, held) == findings, "the check is pure"
    for finding in findings:
        assert finding.remedies
        for remedy in finding.remedies:
            slot_type = SLOT_TYPES[before.template.slot(remedy.slot).type]
            assert slot_type.dump(slot_type.load(remedy.data)) == remedy.data
            after = before.with_values({remedy.slot: Value(data=remedy.data, source=Source.CHOSEN)})
            assert not [each for each in find(after, held) if each.slot == finding.slot]


@pytest.mark.parametrize("kind", sorted(GUARDRAILS))
def test_wrong_settings_are_named_at_load(kind: str) -> None:
    """A misspelt setting and an unknown fact in a sentence are told apart from good ones."""
    good = rule(kind, EXAMPLES[kind].settings)
    assert isinstance(settings_of(good), GUARDRAILS[kind].settings_model)
    bad = good.model_copy(update={"settings": {"maxx": 3}})
    with pytest.raises(ValidationError, match="maxx"):
        settings_of(bad)
    told = good.model_copy(update={"sentence": {"en": "{{ value }} {{ labell }}"}})
    assert unknown_facts(told) == ("labell",)


def test_required_terms_complete_the_values_and_then_rest() -> None:
    """What adds itself satisfies the rule that asked for it."""
    term = rule("required_term", {"slot": "long_text", "text": {"en": "While it lasts."}})
    other = rule("required_term", {"slot": "long_text", "text": {"en": "In shop only."}})
    before = draft({"long_text": {"text": "Warm buns"}})
    added = apply_required(before, policies(term, other), "en")
    assert added["long_text"].data == {"text": "Warm buns. While it lasts. In shop only."}
    assert added["long_text"].source is Source.RULE
    assert apply_required(before.with_values(added), policies(term, other), "en") == {}
