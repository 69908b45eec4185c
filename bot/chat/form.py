"""A form: several questions in one window, where a platform has windows."""

from typing import Literal

from bot.chat.text import Text
from bot.domain.frozen import Frozen


class Input(Frozen):
    """One field of a form; `kind` chooses the widget, the text is read by the slot's parser all the same."""

    name: str
    label: str
    kind: Literal["text", "long_text", "choice", "date"] = "text"
    value: str = ""
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """Of a choice: (key, words)."""
    is_required: bool = False
    error: str = ""
    """Set when the form comes back: what was typed is kept, the field is marked."""


class Form(Frozen):
    """A modal on Slack. Only offered where the platform has forms."""

    action: str
    title: str
    """At most 24 characters on Slack; the drawing shortens."""
    submit_label: str
    inputs: tuple[Input, ...]
    intro: Text = ()
