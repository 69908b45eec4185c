import pytest
from pydantic import JsonValue

from tests.guardrails.drafts import draft, find, rule, texts

LISTED: JsonValue = {
    "en": ["cheap", "best", "number one", "#1", "guarant*", "diet", "win"],
    "es": ["sano"],
    "fr": ["santé"],
}


def held(text: str, *allow: str) -> list[str]:
    """Give the words that are found."""
    findings = find(draft({"text": {"text": text}}), rule("forbidden_words", {"words": LISTED, "allow": list(allow)}))
    return [text[slice(*each.span)] for each in findings if each.span]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cheap buns", "Cheap"),
        ("so CHEEEAP!", "CHEEEAP"),
        ("ch3ap", "ch3ap"),
        ("c.h.e.a.p", "c.h.e.a.p"),
        ("c h e a p buns", "c h e a p"),
        ("ch\u00ade\u200bap", "ch\u00ade\u200bap"),
        ("сhеар buns", "сhеар"),
        ("СНЕАР", "СНЕАР"),
        ("ｃｈｅａｐ", "ｃｈｅａｐ"),
        ("𝐜𝐡𝐞𝐚𝐩", "𝐜𝐡𝐞𝐚𝐩"),
        ("ⓒⓗⓔⓐⓟ", "ⓒⓗⓔⓐⓟ"),
        ("🅲🅷🅴🅰🅿", "🅲🅷🅴🅰🅿"),
        ("chéàp", "chéàp"),
        ("the be$t rye", "be$t"),
        ("number-one bakery", "number-one"),
        ("we are #1", "#1"),
        ("guaranteed warm", "guaranteed"),
        ("pan sano", "sano"),
        ("bon pour la sante", "sante"),
        ("wiñ", ""),
    ],
    ids=lambda each: ascii(each)[:20],
)
def test_a_word_is_found_in_every_disguise(text: str, found: str) -> None:
    """Look-alike letters, figures, marks and hidden characters do not help; the span is the person's own."""
    assert held(text) == ([found] if found else [])


@pytest.mark.parametrize(
    "text",
    ["Cheapside buns", "bestow", "a twin loaf", "Winnipeg", "window", "#10", "1 of 10", "Sausage", "die T-shirt",
     "No. 1 Main Street", "sanos", "w.", "be sturdy", "5 for $7", "Such eaps"],
)  # fmt: skip
def test_innocent_words_pass(text: str) -> None:
    """Whole words only: Scunthorpe may sell bread."""
    assert held(text) == []


def test_an_allowed_word_passes_although_it_looks_alike() -> None:
    """The brand's own exceptions count."""
    assert held("The Win-dow") == ["Win"]
    assert held("guarantor") == ["guarantor"]
    assert held("guarantor", "Guarantor") == []


def test_remedies_rewrite_the_persons_own_words() -> None:
    """A replacement comes first, then the text without the word; the template's words only when nothing is left."""
    replaced = rule("forbidden_words", {"words": ["cheap"], "replacements": {"cheap": "friendly"}})
    assert texts(find(draft({"text": {"text": "Our cheap, warm buns"}}), replaced)[0]) == [
        "Our friendly, warm buns",
        "Our, warm buns",
    ]
    assert texts(find(draft({"text": {"text": "Cheap!"}}), rule("forbidden_words", {"words": ["cheap"]}))[0]) == [
        "Warm buns",
        "Fresh rye",
        "Weekend offer",
    ]
