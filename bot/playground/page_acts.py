"""What a visitor of the page does, carried out by the person of the pane at their double.

Each act is a form post: `/act/<platform>/<person>/<act>`. What the platform's own client would not allow comes back as
a sentence.
"""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from multidict import MultiDictProxy

from bot.playground.slack_controls import Control
from bot.playground.slack_forms import CannotDo
from bot.playground.slack_state import Post
from bot.playground.stage import Stage
from bot.playground.telegram_people import PersonCannot
from bot.playground.telegram_rules import TelegramRefused
from bot.playground.telegram_state import PostRef
from bot.testing.people import Person

Form = MultiDictProxy[str | bytes | bytearray | web.FileField]
Act = Callable[[Stage, Person, Form], Awaitable[str]]
"""Gives a sentence when something should be said, else nothing."""
Refused = (CannotDo, PersonCannot, TelegramRefused, LookupError, ValueError)


def text_of(form: Form, name: str) -> str:
    """Read a field, empty when it is not there."""
    found = form.get(name, "")
    return found if isinstance(found, str) else ""


async def act(stage: Stage, person: Person, name: str, form: Form) -> str:
    """Carry an act out; give what the platform's client would say to the person, or nothing."""
    acts = SLACK_ACTS if person.platform == "slack" else TELEGRAM_ACTS
    try:
        return await acts[name](stage, person, form)
    except Refused as refused:
        return str(refused) or type(refused).__name__


# ---------------------------------------------------------------- Slack


async def _slack_say(stage: Stage, person: Person, form: Form) -> str:
    text, place, thread = text_of(form, "text"), text_of(form, "place"), text_of(form, "thread") or None
    if text.startswith("/"):
        ack = await stage.slack.people.command(person.user_id, place, text)
        return "" if ack.is_ok else f"{text.split()[0]} was not taken: {ack.problem or ack.status}"
    if ts := text_of(form, "edits"):
        stage.slack.people.edit(person.user_id, _slack_post(stage, place, ts), text)
        return ""
    stage.slack.people.say(person.user_id, place, text, thread_ts=thread)
    return ""


async def _slack_press(stage: Stage, person: Person, form: Form) -> str:
    """Press what the visitor saw, even if the post has changed since."""
    names = ("label", "kind", "block_id", "action_id", "value")
    label, kind, block_id, action_id, value = (text_of(form, name) for name in names)
    control = Control(label, kind, block_id, action_id, value)
    view = text_of(form, "view")
    target = stage.slack.workspace.modals[view] if view else _seen_post(stage, person, form)
    ack = await stage.slack.people.press(person.user_id, target, control)
    return "" if ack.is_ok else f"The bot did not take it: {ack.problem or ack.status}"


async def _slack_submit(stage: Stage, person: Person, form: Form) -> str:
    modal = stage.slack.workspace.modals[text_of(form, "view")]
    values = {name.removeprefix("field:"): str(value) for name, value in form.items() if name.startswith("field:")}
    ack = await stage.slack.people.submit(person.user_id, modal, values)
    return "" if ack.is_ok else f"The bot did not take it: {ack.problem or ack.status}"


async def _slack_dismiss(stage: Stage, person: Person, form: Form) -> str:
    modal = stage.slack.workspace.modals.get(text_of(form, "view"))
    if modal:
        stage.slack.people.dismiss(person.user_id, modal)
    return ""


async def _slack_react(stage: Stage, person: Person, form: Form) -> str:
    post, emoji = _slack_post(stage, text_of(form, "place"), text_of(form, "post")), text_of(form, "emoji")
    people = stage.slack.people
    change = people.unreact if person.user_id in post.reactions.get(emoji, []) else people.react
    change(person.user_id, post, emoji)
    return ""


async def _slack_upload(stage: Stage, person: Person, form: Form) -> str:
    name, data = _file_of(form)
    thread = text_of(form, "thread") or None
    stage.slack.people.upload(
        person.user_id, text_of(form, "place"), name, data, comment=text_of(form, "text"), thread_ts=thread
    )
    return ""


def _slack_post(stage: Stage, channel: str, ts: str) -> Post:
    post = stage.slack.workspace.find_post(channel, ts)
    if post is None:
        raise LookupError("that post is gone")
    return post


def _seen_post(stage: Stage, person: Person, form: Form) -> Post:
    """Find a post that may also be one that only this person sees."""
    place, ts = text_of(form, "place"), text_of(form, "post")
    for post in stage.slack.workspace.seen_by(person.user_id, place):
        if post.ts == ts:
            return post
    raise LookupError("that post is gone")


# ---------------------------------------------------------------- Telegram


async def _telegram_say(stage: Stage, person: Person, form: Form) -> str:
    me, chat, text = int(person.user_id), int(text_of(form, "place")), text_of(form, "text")
    if edited := text_of(form, "edits"):
        stage.telegram.people.edit(me, PostRef(chat, int(edited)), text)
        return ""
    thread = text_of(form, "thread")
    stage.telegram.people.say(me, chat, text, reply_to=int(thread) if thread else None)
    return ""


async def _telegram_press(stage: Stage, person: Person, form: Form) -> str:
    post = PostRef(int(text_of(form, "place")), int(text_of(form, "post")))
    stage.telegram.people.press_data(int(person.user_id), post, text_of(form, "value"))
    return ""


async def _telegram_react(stage: Stage, person: Person, form: Form) -> str:
    me, emoji = int(person.user_id), text_of(form, "emoji")
    ref = PostRef(int(text_of(form, "place")), int(text_of(form, "post")))
    has_it = emoji in stage.telegram.state.post(ref).reactions.get(me, ())
    stage.telegram.people.react(me, ref, "" if has_it else emoji)
    return ""


async def _telegram_upload(stage: Stage, person: Person, form: Form) -> str:
    name, data = _file_of(form)
    me, chat = int(person.user_id), int(text_of(form, "place"))
    stage.telegram.people.send_photo(me, chat, name, data, text_of(form, "text"))
    return ""


def _file_of(form: Form) -> tuple[str, bytes]:
    sent = form.get("file")
    if isinstance(sent, web.FileField):
        return sent.filename or "file", sent.file.read()
    raise LookupError("no file was chosen")


SLACK_ACTS: Mapping[str, Act] = {
    "say": _slack_say,
    "press": _slack_press,
    "submit": _slack_submit,
    "dismiss": _slack_dismiss,
    "react": _slack_react,
    "upload": _slack_upload,
}
TELEGRAM_ACTS: Mapping[str, Act] = {
    "say": _telegram_say,
    "press": _telegram_press,
    "react": _telegram_react,
    "upload": _telegram_upload,
}
