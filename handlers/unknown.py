"""Buttons nobody answers any more, and commands nobody knows."""

from rapidfuzz import fuzz, process

from bot.chat import Quoted, Refuse, Reply
from bot.turn import Turn

COMMANDS = ("help", "people", "invite", "join", "role", "here", "templates", "queue", "stats", "reload", "language")
NEAR = 60
"""Likeness in percent from which a word is offered as the one that was meant."""


async def unknown_press(turn: Turn) -> Reply:
    """Say that the button is from an earlier day."""
    row = (turn.button("buttons.resume", "resume"), turn.button("buttons.help", "help"))
    return Refuse(text=turn.text("refused.unknown_press"), rows=(row,), is_private=True)


async def unknown_command(turn: Turn) -> Reply:
    """Offer the nearest command."""
    word = turn.typed.split(" ")[0]
    near = process.extractOne(word, COMMANDS, scorer=fuzz.ratio, score_cutoff=NEAR)
    key = "refused.unknown_command_near" if near else "refused.unknown_command"
    said = turn.text(key, word=Quoted(text=word[:40]), near=near[0] if near else "")
    return Refuse(text=said, rows=((turn.button("buttons.help", "help"),),), is_private=True)
