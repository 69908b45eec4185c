"""A sticker, a voice note, a video: say kindly what to send instead, and keep the open question open."""

from bot.chat import Quiet, Reply, Say, Unsupported
from bot.turn import Turn
from handlers.ask import ask_slot
from handlers.sentence import ways_in


async def unsupported(turn: Turn) -> Reply:
    """Say what cannot be read here and what can."""
    if not turn.incoming.address.is_direct:
        return Quiet()
    content = turn.incoming.content
    what = content.what if isinstance(content, Unsupported) else ""
    key = f"menu.unsupported_{what}" if turn.words.has(f"menu.unsupported_{what}") else "menu.unsupported"
    if turn.focus.asked and turn.focus.asked.slot:
        question = await ask_slot(turn, await turn.campaign(), turn.focus.asked.slot)
        return Say(text=turn.text(key), rows=question.rows)
    return Say(text=turn.text(key), rows=ways_in(turn))
