"""Take the words of a change request or a rejection, from the form or from the answer to the question."""

from bot.chat import Done, OpenForm, Refuse, Reply, Submitted
from bot.decisions import decide, kept_request
from bot.domain.approval import Outcome
from bot.domain.focus import Pending
from bot.errors import Stale
from bot.turn import Turn
from handlers.request_changes import words_form

OUTCOMES = {"changes_words": Outcome.REQUEST_CHANGES, "reject_words": Outcome.REJECT}
WORDS_CHARACTERS = 1000
"""Longer words would not fit a card on either platform."""


async def request_words(turn: Turn) -> Reply:
    """Read the form."""
    content = turn.incoming.content
    words = content.values.get("words", "") if isinstance(content, Submitted) else ""
    return await _take(turn, await turn.pending(), words)


async def answer_pending(turn: Turn) -> Reply:
    """Read typed words that answer a pending command's question."""
    asked = turn.focus.asked
    pending = await turn.uow.pendings.get(asked.pending_id) if asked and asked.pending_id else None
    if pending is None or pending.member_id != turn.member.id or pending.verb not in OUTCOMES:
        await turn.focus_on(turn.focus.campaign_id, None)
        raise Stale("choice_gone")
    return await _take(turn, pending, turn.typed)


async def _take(turn: Turn, pending: Pending, written: str) -> Reply:
    words = " ".join(written.split())
    problem = "approval.no_words" if not words else "approval.too_many_words" if len(words) > WORDS_CHARACTERS else ""
    if problem:
        error = turn.line(problem, limit=WORDS_CHARACTERS)
        if isinstance(turn.incoming.content, Submitted):
            return OpenForm(form=words_form(turn, pending.verb, pending.id, value=written, error=error))
        return Refuse(text=(error,), rows=((turn.button("buttons.never_mind", "back"),),))
    arguments = {name: str(value) for name, value in pending.choices[0].arguments.items()}
    request, placement = await kept_request(turn, arguments)
    await decide(turn, request, placement, OUTCOMES[pending.verb], words=words)
    await turn.uow.pendings.use(pending.id)
    await turn.focus_on(turn.focus.campaign_id, None)
    return Done(text=turn.text(f"approval.done_{pending.verb}"), is_private=not turn.incoming.address.is_direct)
