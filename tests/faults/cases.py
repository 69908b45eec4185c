"""Which of the bad inputs that Glocal promises to bear are faults, and the test that shows each."""

from collections.abc import Mapping

_HERE = "tests/faults/test_bad_input.py::"

BAD_INPUT_CASES: Mapping[str, str] = {
    "the same event five times": _HERE + "test_an_event_that_comes_five_times_is_answered_once",
    "two people pressing in the same instant": _HERE + "test_of_two_presses_in_the_same_instant_one_wins",
    "a template whose image is missing": _HERE + "test_a_missing_image_is_named_by_the_check",
    "a template whose image is missing, while running": _HERE + "test_a_missing_image_costs_a_running_house_a_sentence",
    "a brand file with a typo": _HERE + "test_a_typo_is_refused_with_file_and_line",
    "a full disk for media": _HERE + "test_a_full_disk_is_said_and_nothing_is_lost",
    "a full disk for media, while writing": _HERE + "test_words_are_taken_while_the_disk_is_full",
    "a full disk for media, under a card": _HERE + "test_a_card_without_its_pictures_cannot_be_approved",
    "a database that is locked for two seconds": _HERE + "test_a_database_locked_for_two_seconds_is_waited_for",
    "a render child killed in the middle": _HERE + "test_a_render_child_that_is_killed_is_replaced",
}
"""Case -> test id. The cases that are chats are transcripts (tests/transcripts/)."""
