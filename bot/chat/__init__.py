"""The chat vocabulary: what comes in (Incoming), what a handler returns (Reply), and what a card is made of.

Platforms turn their events into Incoming and draw Reply and Card; nobody else speaks their dialect.
Everything here is JSON by pydantic: incoming rows and owed replies live in the store.
"""

from bot.chat.button import ACTION_BYTES, CARD_PREFIX, Action, Button, Rows
from bot.chat.card import Card, Line, Note, Tone
from bot.chat.form import Form, Input
from bot.chat.incoming import (
    Actor,
    Commanded,
    Content,
    Edited,
    FileRef,
    Incoming,
    Pressed,
    Reacted,
    Submitted,
    Typed,
    Unsupported,
    Uploaded,
)
from bot.chat.picture import Picture
from bot.chat.reply import Ask, Choose, Done, ListOut, OpenForm, Option, Owed, Quiet, Refuse, Reply, Say, ShowCard
from bot.chat.text import Linked, Quoted, Span, Strong, Text, plain

__all__ = [
    "ACTION_BYTES",
    "CARD_PREFIX",
    "Action",
    "Actor",
    "Ask",
    "Button",
    "Card",
    "Choose",
    "Commanded",
    "Content",
    "Done",
    "Edited",
    "FileRef",
    "Form",
    "Incoming",
    "Input",
    "Line",
    "Linked",
    "ListOut",
    "Note",
    "OpenForm",
    "Option",
    "Owed",
    "Picture",
    "Pressed",
    "Quiet",
    "Quoted",
    "Reacted",
    "Refuse",
    "Reply",
    "Rows",
    "Say",
    "ShowCard",
    "Span",
    "Strong",
    "Submitted",
    "Text",
    "Tone",
    "Typed",
    "Unsupported",
    "Uploaded",
    "plain",
]
