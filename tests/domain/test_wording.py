import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from bot.domain.wording import fill_words, find_references


def test_values_are_never_templates() -> None:
    """What a person typed is printed as typed, braces and all."""
    assert fill_words("{{ headline }}!", values={"headline": "{{ 7 * 7 }}"}, copy={}) == "{{ 7 * 7 }}!"


def test_slots_and_locked_words_are_filled() -> None:
    """Slots stand by name, locked words under copy, and an optional part may depend on a slot."""
    source = "{{ copy.until }} {{ end | upper }}{% if terms %}, {{ terms }}{% endif %}"
    assert fill_words(source, values={"end": "Friday", "terms": ""}, copy={"until": "until"}) == "until FRIDAY"
    assert find_references(source) == {"copy.until", "end", "terms"}


def test_a_missing_word_is_an_error() -> None:
    """Nothing is silently empty."""
    with pytest.raises(UndefinedError):
        fill_words("{{ headline }}", values={}, copy={})


def test_a_template_cannot_reach_into_python() -> None:
    """The sandbox keeps a layout from calling or changing anything."""
    with pytest.raises((SecurityError, UndefinedError)):
        fill_words("{{ headline.__class__.__mro__ }}", values={"headline": "x"}, copy={})
