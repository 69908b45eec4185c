from typing import Literal

import pytest
from pydantic import Field

from bot.brandbook.explained import find_words, read_model
from bot.brandbook.mistakes import BrandErrors
from bot.brandbook.yaml_file import parse_yaml
from bot.domain.frozen import Frozen
from bot.domain.layout import Layout


class Dough(Frozen):
    flour: str
    rest_hours: int = Field(default=1, ge=1)


class Oven(Frozen):
    name: str
    heat: Literal["top", "bottom", "both"] = "both"
    doughs: tuple[Dough, ...] = ()


def read_wrong(text: str) -> list[str]:
    """Read a text as an oven and return what is said about it."""
    with pytest.raises(BrandErrors) as caught:
        read_model(parse_yaml(text, name="oven.yaml"), Oven)
    return [str(mistake) for mistake in caught.value.mistakes]


def test_a_right_file_becomes_its_model() -> None:
    """A file without mistakes is read into the frozen model."""
    oven = read_model(parse_yaml("name: Big\ndoughs:\n  - flour: rye\n", name="oven.yaml"), Oven)
    assert oven == Oven(name="Big", doughs=(Dough(flour="rye"),))


def test_part_of_a_file_is_read_with_its_own_places() -> None:
    """A model may stand for one part of a file; mistakes still name the line in the whole."""
    file = parse_yaml("ovens:\n  - name: A\n  - nam: B\n", name="all.yaml")
    assert read_model(file, Oven, loc=("ovens", 0)).name == "A"
    with pytest.raises(BrandErrors, match=r"all.yaml:3:5: unknown word “nam”; did you mean “name”\?"):
        read_model(file, Oven, loc=("ovens", 1))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nam: Big\n", ["oven.yaml:1:1: unknown word “nam”; did you mean “name”?"]),
        ("name: Big\nheat: botom\n", ["oven.yaml:2:7: unknown heat “botom”; did you mean “bottom”?"]),
        ("name: 12\n", ["oven.yaml:1:7: text is expected: put quotes around 12"]),
        (
            "name: Big\ndoughs:\n  - flour: rye\n    rest_hour: 2\n",
            ["oven.yaml:4:5: unknown word “rest_hour”; did you mean “rest_hours”?"],
        ),
        (
            "name: Big\ndoughs:\n  - flour: rye\n    rest_hours: 0\n",
            ["oven.yaml:4:17: rest_hours: input should be greater than or equal to 1"],
        ),
        ("name: Big\nheat: zzz\n", ["oven.yaml:2:7: unknown heat “zzz”; known: both, bottom, top"]),
        ("", ["oven.yaml:1:1: “name” is missing here"]),
    ],
)
def test_mistakes_name_place_and_nearest_word(text: str, said: list[str]) -> None:
    """Each mistake says file, line, column, what is wrong, and the word that was probably meant."""
    assert read_wrong(text) == said


def test_all_mistakes_are_told_at_once() -> None:
    """Several mistakes in one file come together, in the order of the file."""
    said = read_wrong("heat: topp\nname: 3\ndoughs:\n  - flower: rye\n")
    assert said == [
        "oven.yaml:1:7: unknown heat “topp”; did you mean “top”?",
        "oven.yaml:2:7: text is expected: put quotes around 3",
        "oven.yaml:4:5: unknown word “flower”; did you mean “flour”?",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{kind: txt, text: Hi}", "unknown kind “txt”; did you mean “text”?"),
        ("{kind: text, text: Hi, stlye: {size: [1, 2], color: red}}", "did you mean “style”?"),
        ("{kind: text, text: '{{ oops', style: {size: [1, 2], color: red}}", "not a well-formed text"),
        ("{text: Hi}", "“kind” is missing here"),
        ("{kind: stack, items: [{kind: text, txt: Hi, text: a, style: {size: [1, 2], color: r}}]}", "mean “text”?"),
    ],
)
def test_layers_of_a_layout_are_explained_by_their_kind(line: str, said: str) -> None:
    """In a union told apart by `kind`, the words that count are those of that kind."""
    text = f"formats:\n  square:\n    layers:\n      - {line}\n"
    with pytest.raises(BrandErrors) as caught:
        read_model(parse_yaml(text, name="layout.yaml"), Layout)
    (mistake,) = caught.value.mistakes
    assert mistake.line == 4
    assert said in mistake.detail


def test_place_is_the_wrong_value_even_when_a_key_is_named_like_its_kind() -> None:
    """A layer of kind `text` has a key `text`, too: the column is that of the wrong word itself."""
    text = "formats:\n  square:\n    layers:\n      - kind: text\n        text: Hi\n        valign: midle\n"
    with pytest.raises(BrandErrors) as caught:
        read_model(parse_yaml(text, name="layout.yaml"), Layout)
    assert [(m.line, m.column) for m in caught.value.mistakes] == [(6, 17)]


def test_known_words_follow_the_way_into_the_model() -> None:
    """The words offered are those of the model that stands at this place."""
    assert find_words(Oven, ("doughs", 0, "x")) == {"flour", "rest_hours"}
    assert find_words(Oven, ("x",)) == {"name", "heat", "doughs"}
