"""Help names what there is, and nothing that there is not."""

from bot.content import prompts_dir
from bot.dialog.words import Words
from bot.router import Event
from handlers import ROUTES
from handlers.help import LINES
from handlers.unknown import COMMANDS

WORDS = Words(prompts_dir(), ("en", "es", "fr"))
LISTED = {line for _, lines in LINES for line in lines}


def names(event: Event) -> set[str]:
    """Name what the table answers of one kind of event."""
    found = {on.name for route in ROUTES for on in route.on if on.event is event}
    assert found
    return found


def test_every_command_has_its_line() -> None:
    """Whoever may use a command finds it in help."""
    assert names(Event.COMMAND) <= LISTED


def test_every_line_is_a_sentence_in_every_language() -> None:
    """No line is listed without words."""
    assert LISTED
    for language in WORDS.languages:
        assert {f"help.{line}" for line in LISTED} <= WORDS.keys(language)


def test_every_intent_is_answered_and_can_be_said() -> None:
    """The words people type on their own and the table name the same intents."""
    assert names(Event.INTENT) == {name for name, _ in WORDS.phrases("intents")}


def test_the_nearest_command_is_one_that_exists() -> None:
    """A misspelt command is compared with the real ones only."""
    assert set(COMMANDS) == names(Event.COMMAND)
