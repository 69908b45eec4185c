"""What the bot says when a turn came to nothing: the error's own sentence, and something to press."""

import structlog

from bot.chat import Button, Refuse, Rows
from bot.domain.member import Permission
from bot.errors import AskAgain, GlocalError, Misconfigured, TryLater, UnknownPerson
from bot.turn import Turn

log = structlog.get_logger(__name__)


def refuse(turn: Turn, error: GlocalError) -> Refuse:
    """Say an error in the person's language; private wherever others could read along."""
    key = error.sentence
    if not turn.words.has(key):
        log.error("words.missing", key=key)
        key = "errors.unexpected"
    if isinstance(error, Misconfigured):
        log.error("turn.misconfigured", detail=str(error))
    is_private = not isinstance(error, AskAgain)
    return Refuse(text=turn.text(key, **error.facts), rows=_ways_out(turn, error), is_private=is_private)


def apologise(turn: Turn) -> Refuse:
    """Own up to a fault of ours: nothing was changed."""
    return Refuse(text=turn.text("errors.unexpected"), rows=_ways_out(turn, TryLater()), is_private=True)


def _ways_out(turn: Turn, error: GlocalError) -> Rows:
    if isinstance(error, UnknownPerson):
        return ()
    help_button: Button = turn.button("buttons.help", "help")
    if turn.focus.campaign_id:
        return ((turn.button("buttons.show_card", "show_card", subject=turn.focus.campaign_id), help_button),)
    if turn.member.may(Permission.FILL):
        return ((turn.button("buttons.menu", "menu"), help_button),)
    return ((help_button,),)
