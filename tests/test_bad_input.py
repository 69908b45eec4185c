"""Every bad input that Glocal promises to bear, and where it is played: in a chat, or in a named test."""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from bot.testing.transcripts import Act, Expectation, load_script
from tests.faults.cases import BAD_INPUT_CASES

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class InChat:
    """A line of a chat in tests/transcripts: who does it, and what, as an expression over the whole act."""

    chat: str
    act: str


CASES: Mapping[str, tuple[InChat | str, ...]] = {
    "unknown person": (InChat("stranger_and_invitation", r"hello"),),
    "a person without a role": (InChat("no_role", r"20% off croissants"),),
    "a photo that is a PDF": (InChat("owner_bad_photos", r"\(file menu\.pdf\)"),),
    "a photo that is truncated": (InChat("owner_bad_photos", r"\(photo truncated\.png\)"),),
    "a photo of 90 megapixels": (InChat("owner_bad_photos", r"\(photo huge\.png\)"),),
    "a photo of 0 bytes": (InChat("owner_bad_photos", r"\(photo empty\.jpg\)"),),
    "a 10,000-character text": (InChat("owner_bad_words", r"\{croissants \* 1000\}"),),
    "emoji only": (InChat("owner_bad_words", r"🥐+"),),
    "right-to-left tricks": (InChat("owner_bad_words", r"Cro\\u202eissants"),),
    "zero-width tricks": (InChat("owner_bad_words", r"Cro\\u200bissants"),),
    "a sticker": (InChat("owner_bad_words", r"\(sticker\)"),),
    "a voice note": (InChat("owner_bad_words", r"\(voice\)"),),
    "an edited post": (InChat("owner_bad_words", r"\(edits\) .+"),),
    "a press on a card three revisions old": (InChat("owner_old_presses", r"\[Confirm all 3\] \(drawing 0\)"),),
    "a press by somebody else": (
        "tests/handlers/test_authority.py::test_somebody_elses_campaign_cannot_be_pressed",
        "tests/handlers/test_authority.py::test_somebody_elses_choice_cannot_be_pressed",
    ),
    "the same event five times": (BAD_INPUT_CASES["the same event five times"],),
    "two people pressing in the same instant": (BAD_INPUT_CASES["two people pressing in the same instant"],),
    "a location without a phone": (InChat("owner_without_phone", r"holiday hours"),),
    "a template whose image is missing": tuple(
        test for case, test in BAD_INPUT_CASES.items() if case.startswith("a template whose image is missing")
    ),
    "a brand file with a typo": (
        BAD_INPUT_CASES["a brand file with a typo"],
        "tests/handlers/test_reload.py::test_a_typo_is_refused_with_its_file_and_line",
    ),
    "a full disk for media": tuple(
        test for case, test in BAD_INPUT_CASES.items() if case.startswith("a full disk for media")
    ),
    "a database that is locked for two seconds": (BAD_INPUT_CASES["a database that is locked for two seconds"],),
}


@pytest.mark.parametrize("case", CASES)
def test_every_bad_input_is_played(case: str) -> None:
    """Each case has its place, and in a chat it is answered with a sentence to whoever did it."""
    places = CASES[case]
    assert places
    for place in places:
        if isinstance(place, InChat):
            assert _is_answered(place), f"{case}: {place}"
        else:
            assert _exists(place), f"{case}: there is no {place}"


def test_every_fault_that_is_named_exists() -> None:
    """The faults' own table names tests that are there."""
    assert BAD_INPUT_CASES
    assert [test for test in BAD_INPUT_CASES.values() if not _exists(test)] == []


def _is_answered(place: InChat) -> bool:
    steps = load_script(ROOT / "tests" / "transcripts" / f"{place.chat}.txt").steps
    return any(
        isinstance(step, Act) and re.fullmatch(place.act, step.what) and _is_sentence_to(answer, step.name)
        for step, answer in pairwise(steps)
    )


def _is_sentence_to(answer: object, name: str) -> bool:
    return isinstance(answer, Expectation) and not answer.is_card and answer.name == name and bool(answer.words)


def _exists(test: str) -> bool:
    path, _, name = test.partition("::")
    if not (ROOT / path).is_file():
        return False
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return name in {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
