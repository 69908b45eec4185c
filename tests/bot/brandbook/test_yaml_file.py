from pathlib import Path

import pytest

from bot.brandbook.mistakes import BrandErrors, Mistake, describe_unknown, find_nearest
from bot.brandbook.yaml_file import parse_yaml, read_yaml


def test_places_count_from_one_and_can_be_the_key() -> None:
    """A value and its key each have a line and a column, as an editor shows them."""
    file = parse_yaml("a:\n  b: [1, two]\n", name="f.yaml")
    assert file.place(("a", "b", 1)) == (2, 10)
    assert file.place(("a", "b"), of_key=True) == (2, 3)
    assert file.place(("a", "nothing")) == (2, 3)
    assert file.place(()) == (1, 1)


def test_yaml_is_1_2() -> None:
    """`on` and `no` are words, as YAML 1.2 has it; an empty file is an empty mapping."""
    assert parse_yaml("a: on\nb: no\n", name="f.yaml").data == {"a": "on", "b": "no"}
    assert parse_yaml("", name="f.yaml").data == {}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\na: 2\n", 2, "duplicate key"),
        ("a: b: c\n", 1, "mapping values are not allowed"),
        ("\ta: 1\n", 1, "cannot start any token"),
        ("a: !!python/object:os.system 1\n", 1, "could not determine a constructor"),
        ("a: 1\n---\nb: 2\n", 2, "another document"),
    ],
)
def test_unreadable_yaml_names_its_line(text: str, line: int, said: str) -> None:
    """Text that is not one safe YAML document is refused with its line."""
    with pytest.raises(BrandErrors) as caught:
        parse_yaml(text, name="f.yaml")
    (mistake,) = caught.value.mistakes
    assert mistake.line == line
    assert said in mistake.detail


def test_missing_and_undecodable_files_are_mistakes(tmp_path: Path) -> None:
    """A file that is missing or not UTF-8 is told by its name."""
    with pytest.raises(BrandErrors, match=r"^x\.yaml: the file is missing$"):
        read_yaml(tmp_path / "x.yaml", name="x.yaml")
    (tmp_path / "y.yaml").write_bytes(b"a: \xff\n")
    with pytest.raises(BrandErrors, match=r"^y\.yaml: not UTF-8 at byte 3$"):
        read_yaml(tmp_path / "y.yaml", name="y.yaml")


def test_errors_are_sorted_and_told_once() -> None:
    """The same mistake found twice is told once, in the order of file and line."""
    second, first = Mistake("b.yaml", 2, 1, "x"), Mistake("b.yaml", 1, 9, "y")
    error = BrandErrors([second, first, second])
    assert str(error) == "b.yaml:1:9: y\nb.yaml:2:1: x"
    assert error.facts["line"] == 1


def test_nearest_word() -> None:
    """A near word is offered; a far one brings the list of what is known."""
    assert find_nearest("Headine", ["headline", "price"]) == "headline"
    assert find_nearest("zzz", ["headline"]) is None
    assert describe_unknown("slot", "qqq", ["b", "a"]) == "unknown slot “qqq”; known: a, b"
    assert describe_unknown("slot", "qqq", []) == "unknown slot “qqq”; none is known here"
