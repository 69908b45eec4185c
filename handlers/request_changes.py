"""Ask for the words of a change request or a rejection: a form where there are forms, a question elsewhere."""

from bot.chat import Action, Ask, Form, Input, OpenForm, Reply
from bot.decisions import pressed_request
from bot.domain.focus import Asked
from bot.turn import Turn


async def request_changes(turn: Turn) -> Reply:
    """Ask what should change."""
    return await ask_for_words(turn, "changes_words")


async def request_reject(turn: Turn) -> Reply:
    """Ask for the reason."""
    return await ask_for_words(turn, "reject_words")


async def ask_for_words(turn: Turn, verb: str) -> Reply:
    """Keep what the words will be about, then ask for them."""
    request, placement = await pressed_request(turn)
    pending = await turn.offer(verb, [{"request": request.id, "placement": placement.id}])
    if turn.capabilities.has_forms:
        return OpenForm(form=words_form(turn, verb, pending.id))
    await turn.focus_on(turn.focus.campaign_id, Asked(pending_id=pending.id))
    back = turn.button("buttons.never_mind", "back", subject=request.campaign_id)
    return Ask(text=turn.text(f"approval.ask_{verb}"), hint=turn.line(f"approval.hint_{verb}"), rows=((back,),))


def words_form(turn: Turn, verb: str, pending_id: str, *, value: str = "", error: str = "") -> Form:
    """Give the one-field form, with what was typed and what is wrong with it."""
    return Form(
        action=str(Action(verb=verb, subject=pending_id)),
        title=turn.line(f"approval.title_{verb}"),
        submit_label=turn.line(f"approval.submit_{verb}"),
        inputs=(
            Input(
                name="words", label=turn.line(f"approval.ask_{verb}"), kind="long_text", value=value,
                hint=turn.line(f"approval.hint_{verb}"), is_required=True, error=error,
            ),
        ),
    )  # fmt: skip
