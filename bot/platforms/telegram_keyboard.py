"""Buttons under a Telegram post: rows that fit a phone, labels and data inside the limits. Pure.

Limits: Bot API, InlineKeyboardMarkup and InlineKeyboardButton; a client shows at most eight buttons in a row.
"""

from collections.abc import Iterator

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle

from bot.chat import ACTION_BYTES, Button, Rows
from bot.platforms.telegram_text import ELLIPSIS, clean, cut, units

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
MOST_LABEL = 64
ROW_CHARACTERS = 38
"""What a phone of 390 px shows of the labels in one row before it cuts them."""

STYLES = {"plain": None, "primary": KeyboardButtonStyle.PRIMARY, "danger": KeyboardButtonStyle.DANGER}


def draw_keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Draw rows of buttons; None when there is none that works."""
    drawn = [tuple(_key(button) for button in row) for row in _fitted(rows)]
    return InlineKeyboardMarkup(drawn) if drawn else None


def _fitted(rows: Rows) -> Iterator[tuple[Button, ...]]:
    left = MOST_BUTTONS
    for row in rows:
        working = [button for button in row if 1 <= len(button.action.encode()) <= ACTION_BYTES][:left]
        left -= len(working)
        yield from _broken(working)


def _broken(row: list[Button]) -> Iterator[tuple[Button, ...]]:
    """Break a row where its equal columns would cut the longest label."""
    kept: list[Button] = []
    for button in row:
        widest = max(len(each.label) for each in (*kept, button))
        if kept and (len(kept) == MOST_IN_A_ROW or (len(kept) + 1) * (widest + 2) > ROW_CHARACTERS):
            yield tuple(kept)
            kept = []
        kept.append(button)
    if kept:
        yield tuple(kept)


def _key(button: Button) -> InlineKeyboardButton:
    label = " ".join(clean(button.label).split()) or ELLIPSIS
    shown = label if units(label) <= MOST_LABEL else cut(label, MOST_LABEL - 1) + ELLIPSIS
    return InlineKeyboardButton(shown, callback_data=button.action, style=STYLES[button.style])
