"""What a modal shows of a reply, and whether that says it all. Pure.

`slack.py` asks here for every event that came out of a modal or opened one.
"""

from dataclasses import dataclass
from typing import assert_never

from bot.chat import (
    Ask,
    Choose,
    Done,
    Form,
    Incoming,
    ListOut,
    OpenForm,
    Pressed,
    Quiet,
    Refuse,
    Reply,
    Say,
    ShowCard,
    Submitted,
)
from bot.platforms.slack_blocks import draw_reply
from bot.platforms.slack_views import Origin, closing_view, form_errors, form_view
from bot.platforms.slack_windows import Content


@dataclass(frozen=True, slots=True)
class ModalAnswer:
    """Content for the modal; what `must_be_seen` goes to the chat when the person has closed it."""

    content: Content
    says_all: bool = True
    must_be_seen: bool = True


def form_of(cause: Incoming | None) -> str:
    """Return the id of the modal an event belongs to; empty for none."""
    content = cause.content if cause is not None else None
    return content.form_id if isinstance(content, Pressed | Submitted) else ""


def answer_in_modal(reply: Reply, cause: Incoming) -> ModalAnswer:
    """Draw a reply for the modal of its cause."""
    origin = _origin(cause)
    match reply:
        case OpenForm():
            marked = form_errors(reply.form) if _is_same_form(reply.form, cause) else {}
            return ModalAnswer(Content(form_view(reply.form, origin), errors=marked))
        case Say() | Refuse() | Done():
            drawing = draw_reply(reply, {})
            return ModalAnswer(Content(closing_view(origin, drawing.blocks if drawing else [])))
        case Quiet():
            return ModalAnswer(Content(closing_view(origin, []), closes=True), must_be_seen=False)
        case Ask() | Choose() | ListOut() | ShowCard():
            return ModalAnswer(Content(closing_view(origin, []), closes=True), says_all=False)
        case _:
            assert_never(reply)


def _origin(cause: Incoming) -> Origin:
    content = cause.content
    post_id = content.post_id if isinstance(content, Pressed) else ""
    return Origin(address=cause.address, post_id=post_id)


def _is_same_form(form: Form, cause: Incoming) -> bool:
    content = cause.content
    if not isinstance(content, Submitted):
        return False
    return form.action == content.action and [entry.name for entry in form.inputs] == list(content.values)
