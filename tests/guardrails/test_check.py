import pytest

from bot.domain.finding import Severity
from bot.domain.ids import TerritoryId
from bot.domain.policy import Applies
from bot.guardrails import apply_required, check
from tests.guardrails.drafts import LAKESIDE, Data, draft, find, policies, rule, texts


@pytest.mark.parametrize(
    ("caps", "allowed"),
    [
        ({"max": 25}, "25"),
        ({"max": 25, "territories": {"city": {"max": 30}}}, "30"),
        ({"max": 25, "territories": {"region": {"max": 20}}}, "20"),
        ({"max": 25, "territories": {"region": {"max": 20}, "city": {"max": 30}}}, "30"),
        ({"max": 25, "territories": {"city": {"min": 5}}}, "25"),
        ({"max": 25, "territories": {"elsewhere": {"max": 90}}}, "25"),
    ],
)
def test_the_nearest_territory_sets_the_cap(caps: Data, allowed: str) -> None:
    """The smallest area with a bound of its own wins, bound by bound."""
    (finding,) = find(draft({"percent": {"percent": "60"}}), rule("number_cap", caps))
    assert texts(finding) == [allowed]


def test_a_finding_speaks_the_readers_language() -> None:
    """The sentence is filled from facts, in the reader's language, and numbers in the shop's."""
    held = rule("number_cap", {"max": 25})
    before = draft({"percent": {"percent": "40"}})
    assert find(before, held)[0].sentence == "Percent: 40% (25%)"
    assert find(before, held, language="fr-CA")[0].sentence == "Non : 40%"
    assert find(before, held, language="de")[0].sentence == "Percent: 40% (25%)"
    assert find(before, held)[0].remedies[0].label == "25%"


def test_a_rule_counts_only_where_it_applies() -> None:
    """Template, territory and slot narrow a rule; a locked slot is nobody's fault."""
    before = draft({"text": {"text": "cheap"}, "long_text": {"text": "cheap"}, "profile": {"text": "Cheap Street"}})
    held = rule("forbidden_words", {"words": ["cheap"]})
    assert [each.slot for each in find(before, held)] == ["text", "long_text"]
    for applies, slots in (
        (Applies(slots=("long_text",)), ["long_text"]),
        (Applies(templates=("other",)), []),
        (Applies(territories=(TerritoryId("region"),)), ["text", "long_text"]),
        (Applies(territories=(TerritoryId("elsewhere"),)), []),
    ):
        assert [each.slot for each in find(before, held.model_copy(update={"applies": applies}))] == slots


def test_advice_keeps_its_severity_and_a_term_always_requires() -> None:
    """Severity is the rule's own, except that a required term adds itself."""
    warning = rule("number_cap", {"max": 25}).model_copy(update={"severity": Severity.WARN})
    assert find(draft({"percent": {"percent": "40"}}), warning)[0].severity is Severity.WARN
    term = rule("required_term", {"slot": "text", "text": {"en": "Now."}})
    assert find(draft(), term)[0].severity is Severity.REQUIRE


def test_a_term_is_said_in_the_shops_language_and_only_once() -> None:
    """Case, accents and blanks do not matter; a French shop gets the French words."""
    term = rule("required_term", {"slot": "text", "text": {"en": "While it lasts.", "fr": "Jusqu’à épuisement."}})
    quebec = LAKESIDE.model_copy(update={"locale": "fr-CA"})
    assert apply_required(draft(location=quebec), policies(term), "en")["text"].data == {"text": "Jusqu’à épuisement."}
    said = draft({"text": {"text": "JUSQU'A  EPUISEMENT. Merci"}}, location=quebec)
    assert check(said, policies(term), "en") == ()


def test_a_term_displaces_words_that_leave_it_no_room() -> None:
    """The person's words give way, at a word's end, where both do not fit the slot."""
    term = rule("required_term", {"slot": "text", "text": {"en": "While it lasts."}})
    before = draft({"text": {"text": "Warm buns " * 20}})
    slots = tuple(slot.model_copy(update={"limits": {"max_graphemes": 40}}) for slot in before.template.slots)
    tight = before.model_copy(update={"template": before.template.model_copy(update={"slots": slots})})
    added = str(apply_required(tight, policies(term), "en")["text"].data["text"])
    assert added.endswith("While it lasts.")
    assert added.startswith("Warm buns")
    assert len(added) <= 40


def test_shops_without_a_number_may_name_any() -> None:
    """The rule on phones compares with the profile, and has nothing to say without one."""
    bare = LAKESIDE.model_copy(update={"profile": {}})
    other: Data = {"e164": "+12175550199", "extension": ""}
    assert find(draft({"phone": other}, location=bare), rule("phone_of_location")) == ()
    assert texts(find(draft({"phone": other}), rule("phone_of_location"))[0]) == ["+12175550143"]


def test_a_closed_day_moves_the_offer() -> None:
    """An offer that runs into closed days ends before them; one inside them starts after."""
    held = rule("date_window", {"closed": [{"first": "2026-12-24", "last": "2026-12-26"}]})
    (before,) = find(draft({"date_range": {"first": "2026-12-22", "last": "2026-12-25"}}), held)
    assert before.remedies[0].data == {"first": "2026-12-22", "last": "2026-12-23"}
    (inside,) = find(draft({"date_range": {"first": "2026-12-25", "last": "2026-12-26"}}), held)
    assert inside.remedies[0].data == {"first": "2026-12-27", "last": "2026-12-28"}


def test_a_season_cuts_an_offer_at_its_ends() -> None:
    """An offer that sticks out of the season is cut or moved; where no room is left, there is no way out."""
    season = rule("date_window", {"not_before": "2026-12-01", "not_after": "2026-12-10"})
    (late,) = find(draft({"date_range": {"first": "2026-12-08", "last": "2026-12-14"}}), season)
    assert late.remedies[0].data == {"first": "2026-12-08", "last": "2026-12-10"}
    (early,) = find(draft({"date_range": {"first": "2026-11-28", "last": "2026-11-30"}}), season)
    assert early.remedies[0].data == {"first": "2026-12-01", "last": "2026-12-03"}
    (after,) = find(draft({"date": {"day": "2027-01-04"}}), season)
    assert after.remedies[0].data == {"day": "2026-12-10"}
    over = rule("date_window", {"not_after": "2026-12-10", "first_in_days": 60})
    assert find(draft({"date": {"day": "2027-01-04"}}), over)[0].remedies == ()
