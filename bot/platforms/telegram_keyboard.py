"""Buttons under a Telegram post: rows that fit a phone, labels and data inside the limits. Pure.

Limits: Bot API, InlineKeyboardMarkup and InlineKeyboardButton; a client shows at most eight buttons in a row.
"""

import math
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


def _broken(row: list[Button]) -> list[tuple[Button, ...]]:
    """Break a row where its equal columns would cut the longest label, into parts of even length if that fits."""
    greedy: list[tuple[Button, ...]] = []
    for button in row:
        if greedy and _fits((*greedy[-1], button)):
            greedy[-1] = (*greedy[-1], button)
        else:
            greedy.append((button,))
    size = math.ceil(len(row) / max(1, len(greedy)))
    even = [tuple(row[start : start + size]) for start in range(0, len(row), size or 1)]
    return even if all(_fits(part) for part in even) else greedy


def _fits(row: tuple[Button, ...]) -> bool:
    widest = max(len(button.label) for button in row)
    return len(row) == 1 or (len(row) <= MOST_IN_A_ROW and len(row) * (widest + 2) <= ROW_CHARACTERS)


def _key(button: Button) -> InlineKeyboardButton:
    label = " ".join(clean(button.label).split()) or ELLIPSIS
    shown = label if units(label) <= MOST_LABEL else cut(label, MOST_LABEL - 1) + ELLIPSIS
    return InlineKeyboardButton(shown, callback_data=button.action, style=STYLES[button.style])
