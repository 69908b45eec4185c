"""Draw a campaign's card for Telegram: words that fit a caption or a post, with every value. Pure.

An owner's card is one photo with its caption and buttons. An approver's card shows every format: an album, which can
have no buttons, and under it the card's own post with words and buttons.
"""

from bot.chat import Card, Line, Note, Text
from bot.platforms.telegram_text import Piece, Words, bold, italic, join, length, read_text, shorten

MARKS = {"": "", "unconfirmed": "◌ ", "missing": "○ ", "changed": "✎ ", "locked": "🔒 "}
TONES = {"ok": "✅ ", "info": "ℹ️ ", "warn": "⚠️ ", "block": "⛔ "}
VALUE_LIMITS = (4096, 300, 160, 90, 48)
"""How much of each value is shown, tried in turn until the card fits."""


def read_card(card: Card, most: int) -> Words:
    """Put a card's words together inside a limit; long values give way before anything else does."""
    for value_limit in VALUE_LIMITS:
        words = _compose(card, value_limit, has_remarks=True)
        if length(words) <= most:
            return words
    return shorten(_compose(card, VALUE_LIMITS[-1], has_remarks=False), most)


def _compose(card: Card, value_limit: int, *, has_remarks: bool) -> Words:
    head = join((_title(card.title), read_text(card.status)), "\n")
    lines = join((_line(line, value_limit, has_remark=has_remarks) for line in card.lines), "\n")
    notes = join((_note(note) for note in card.notes), "\n")
    return join((head, notes, lines) if not has_remarks else (head, lines, notes), "\n\n")


def _title(title: Text) -> Words:
    return tuple(Piece(piece.text, "b") for piece in read_text(title))


def _line(line: Line, value_limit: int, *, has_remark: bool) -> Words:
    value = shorten(read_text(line.value), value_limit)
    label = (Piece(MARKS[line.mark]), *bold(f"{line.label}:"), Piece(" "))
    remark = (Piece(" "), *italic(f"({line.note})")) if line.note and has_remark else ()
    return tuple(piece for piece in (*label, *value, *remark) if piece.text)


def _note(note: Note) -> Words:
    return (Piece(TONES[note.tone]), *read_text(note.text))
