"""The table's grammar and the pure choice of one route for one event.

A Route says what it answers (`on`), who may (`needs`), and which handler does it. `bot/answer.py`
asks `Router.choose`; nothing here touches the store or a platform.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.chat import (
    Action,
    Commanded,
    Edited,
    Incoming,
    Pressed,
    Reacted,
    Reply,
    Submitted,
    Typed,
    Unsupported,
    Uploaded,
)
from bot.domain.focus import Focus
from bot.domain.member import Permission
from bot.turn import Scene, Turn

Handler = Callable[[Turn], Awaitable[Reply]]
Preparation = Callable[[Scene], Awaitable[object]]


class Event(StrEnum):
    """Kinds of events a route can answer."""

    PRESS = "press"
    FORM = "form"
    COMMAND = "command"
    INTENT = "intent"
    """Localised words typed on their own: prompts/<language>/intents.yaml."""
    ANSWER = "answer"
    """Typed words while a question is open."""
    THREAD_TEXT = "thread_text"
    """Typed words under a card in a shared conversation."""
    FREE_TEXT = "free_text"
    PHOTO = "photo"
    REACTION = "reaction"
    EDITED = "edited"
    UNSUPPORTED = "unsupported"
    UNKNOWN_PRESS = "unknown_press"
    UNKNOWN_COMMAND = "unknown_command"


@dataclass(frozen=True)
class On:
    """One thing a route answers: an event and, where it has one, its name (verb, command word, intent)."""

    event: Event
    name: str = ""


def press(verb: str) -> On:
    """Answer buttons of this verb."""
    return On(Event.PRESS, verb)


def sent_form(verb: str) -> On:
    """Answer forms whose action has this verb."""
    return On(Event.FORM, verb)


def command(word: str) -> On:
    """Answer `/glocal word …`."""
    return On(Event.COMMAND, word)


def intent(name: str) -> On:
    """Answer the localised words listed under this name."""
    return On(Event.INTENT, name)


@dataclass(frozen=True)
class Route:
    """One request people may make: a row of handlers.ROUTES."""

    name: str
    """The handler's file in handlers/, and its help line `help.<name>`."""
    handle: Handler
    on: tuple[On, ...]
    needs: Permission = Permission.CHAT
    is_bound: bool = False
    """A press counts only on the campaign's present revision (confirm, submit, decide, undo)."""
    is_for_strangers: bool = False
    prepare: Preparation | None = None
    """Network and rendering before the write transaction; its result is `turn.prepared`."""


@dataclass(frozen=True)
class Match:
    """The chosen route and what the event gave it."""

    route: Route
    words: str = ""
    """Typed text, or a command's words after its name."""
    action: Action | None = None


Intents = Mapping[str, str]
"""Case-folded words in any of the brand's languages -> intent."""


@dataclass(frozen=True)
class Router:
    """All routes; refuses two that answer the same thing."""

    routes: tuple[Route, ...]
    by_event: dict[On, Route] = field(init=False)

    def __post_init__(self) -> None:
        table: dict[On, Route] = {}
        for route in self.routes:
            for on in route.on:
                if on in table:
                    message = f"{route.name} and {table[on].name} both answer {on.event} {on.name}".rstrip()
                    raise ValueError(message)
                table[on] = route
        object.__setattr__(self, "by_event", table)

    def choose(self, incoming: Incoming, focus: Focus, intents: Intents) -> Match | None:
        """Give the one route for an event, or None when nobody answers it (a reaction on a stranger's post)."""
        match incoming.content:
            case Pressed(action=data):
                return self._by_action(Event.PRESS, data)
            case Submitted(action=data):
                return self._by_action(Event.FORM, data)
            case Commanded(text=text):
                return self._by_command(text)
            case Typed(text=text):
                return self._by_text(incoming, text, focus, intents)
            case Uploaded(caption=caption):
                return self._only(Event.PHOTO, caption)
            case Reacted():
                return self._only(Event.REACTION)
            case Edited(text=text):
                return self._only(Event.EDITED, text)
            case Unsupported():
                return self._only(Event.UNSUPPORTED)

    def _by_action(self, event: Event, data: str) -> Match | None:
        action = Action.parse(data)
        route = self.by_event.get(On(event, action.verb)) if action else None
        return Match(route, action=action) if route else self._only(Event.UNKNOWN_PRESS)

    def _by_command(self, text: str) -> Match | None:
        word, _, rest = text.strip().partition(" ")
        route = self.by_event.get(On(Event.COMMAND, word.casefold() or "help"))
        return Match(route, words=rest.strip()) if route else self._only(Event.UNKNOWN_COMMAND, text)

    def _by_text(self, incoming: Incoming, text: str, focus: Focus, intents: Intents) -> Match | None:
        is_talk = incoming.address.is_direct or focus.asked is not None
        named = self.by_event.get(On(Event.INTENT, intents.get(fold(text), "")))
        if named and is_talk:
            return Match(named, words=text)
        if focus.asked:
            return self._only(Event.ANSWER, text)
        if not incoming.address.is_direct:
            return self._only(Event.THREAD_TEXT, text)
        return self._only(Event.FREE_TEXT, text)

    def _only(self, event: Event, words: str = "") -> Match | None:
        route = self.by_event.get(On(event))
        return Match(route, words=words) if route else None


def fold(text: str) -> str:
    """Make typed words comparable: case, outer spaces and closing marks do not count."""
    return " ".join(text.casefold().replace("\u2019", "'").strip(" .!?\u00a1\u00bf\u2026").split())


def read_intents(phrases: Iterable[tuple[str, str]]) -> Intents:
    """Build the look-up from (intent, words) pairs."""
    return {fold(words): name for name, words in phrases}
