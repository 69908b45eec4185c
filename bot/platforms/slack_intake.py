"""Turn Slack's events, presses, submissions and commands into `Incoming`. Pure.

The listeners in `slack_listeners` commit what this reads. Nothing comes in from bots, from ourselves,
or from talk in a channel that is not meant for us.
"""

from datetime import datetime

from bot.chat import (
    Actor,
    Commanded,
    Content,
    Edited,
    FileRef,
    Incoming,
    Pressed,
    Reacted,
    Submitted,
    Typed,
    Unsupported,
    Uploaded,
)
from bot.domain.conversation import Address
from bot.platforms.slack_payload import Envelope, Event, Interaction, SlackFile, Slash, Words
from bot.platforms.slack_text import read
from bot.platforms.slack_views import Origin, read_values

NAME = "slack"
SLACKBOT = "USLACKBOT"
PRIVATE_MARK = "#private"
SAID = {"", "file_share", "thread_broadcast", "me_message"}
"""Subtypes of `message` in which a person says something."""
RECORDINGS = {"audio": "voice", "video": "video"}
SAME_EMOJI = {"thumbsup": "+1", "thumbsdown": "-1"}


def read_event(envelope: Envelope, *, received_at: datetime) -> tuple[Incoming, ...]:
    """Read an event; several when a post holds several files, none when it is not for us."""
    event = envelope.event
    contents = _contents(envelope)
    said = event.message if event.subtype == "message_changed" and event.message else event
    if not contents or _is_bot(said, envelope):
        return ()
    return tuple(
        Incoming(
            event_id=_named(envelope.event_id, *([number] if number else [])),
            actor=Actor(user_id=said.user),
            address=_address_of_event(envelope, said),
            content=content,
            received_at=received_at,
        )
        for number, content in enumerate(contents)
    )


def read_press(press: Interaction, *, form_id: str, received_at: datetime) -> Incoming | None:
    """Read a pressed button; `form_id` names the modal that was opened for it, if any."""
    address, post_id = _pressed_at(press)
    if address is None or not press.actions:
        return None
    action = press.actions[0]
    return Incoming(
        event_id=_named("press", press.user.id, action.action_ts),
        actor=_actor(press),
        address=address,
        content=Pressed(action=action.value, post_id=post_id, form_id=form_id),
        received_at=received_at,
        response_url=_marked_url(press),
    )


def is_on_private_post(cause: Incoming) -> bool:
    """Tell whether the press was on a post that only this person sees."""
    return cause.response_url.endswith(PRIVATE_MARK)


def read_submission(submission: Interaction, *, received_at: datetime) -> Incoming | None:
    """Read a filled modal; each sending has its own trigger, while the view's hash outlives its errors."""
    view = submission.view
    origin = Origin.load(view.private_metadata) if view else None
    if view is None or origin is None or not origin.action:
        return None
    return Incoming(
        event_id=_named("view", submission.trigger_id),
        actor=_actor(submission),
        address=origin.address,
        content=Submitted(action=origin.action, values=read_values(view.state.values, origin.names), form_id=view.id),
        received_at=received_at,
    )


def read_command(slash: Slash, *, received_at: datetime) -> Incoming:
    """Read a slash command."""
    return Incoming(
        event_id=_named("command", slash.trigger_id),
        actor=Actor(user_id=slash.user_id, name=slash.user_name),
        address=_address(slash.team_id, slash.channel_id),
        content=Commanded(text=read(slash.text, {})),
        received_at=received_at,
        response_url=slash.response_url,
    )


def origin_of(press: Interaction) -> Origin | None:
    """Return where a modal opened by this press belongs."""
    address, post_id = _pressed_at(press)
    action = press.actions[0].value if press.actions else ""
    return Origin(address=address, post_id=post_id, action=action) if address else None


def plain_emoji(name: str) -> str:
    """Return an emoji's name without its skin tone, and the one name for aliases."""
    bare = name.partition("::")[0]
    return SAME_EMOJI.get(bare, bare)


def _named(*parts: str | int) -> str:
    return ":".join((NAME, *(str(part) for part in parts)))


def _contents(envelope: Envelope) -> tuple[Content, ...]:
    event = envelope.event
    if event.type == "reaction_added" and event.item.type == "message":
        return (Reacted(emoji=plain_emoji(event.reaction), post_id=event.item.ts),)
    if event.type == "app_mention":
        return _said(event, envelope.bot_user_id)
    if event.type != "message" or not _is_for_us(event, envelope.bot_user_id):
        return ()
    if event.subtype == "message_changed":
        return _edited(event, envelope.bot_user_id)
    return _said(event, envelope.bot_user_id) if event.subtype in SAID else ()


def _is_for_us(event: Event, bot_user_id: str) -> bool:
    """In a channel only replies in threads; what mentions us comes as `app_mention` as well."""
    if event.channel.startswith("D"):
        return True
    said = event.message or event
    is_mention = bool(bot_user_id) and f"<@{bot_user_id}>" in said.text
    return bool(said.thread_ts) and not is_mention


def _said(words: Words, bot_user_id: str) -> tuple[Content, ...]:
    text = read(words.text, words.emoji(), bot_user_id=bot_user_id)
    if words.files:
        return tuple(_file(file, caption=text if number == 0 else "") for number, file in enumerate(words.files))
    if not text:
        return ()
    return (Typed(text=text, reply_to=_parent(words)),)


def _file(file: SlackFile, *, caption: str) -> Content:
    recording = RECORDINGS.get(file.mimetype.partition("/")[0])
    if recording:
        return Unsupported(what=recording)
    return Uploaded(
        file=FileRef(file_id=file.id, name=file.name, media_type=file.mimetype, size_bytes=file.size),
        caption=caption,
    )


def _edited(event: Event, bot_user_id: str) -> tuple[Content, ...]:
    """A changed text is an edit; an unfurled link or a new reply changes other fields only."""
    now, before = event.message, event.previous_message
    if now is None or before is None or now.text == before.text:
        return ()
    return (Edited(text=read(now.text, now.emoji(), bot_user_id=bot_user_id), post_id=now.ts),)


def _is_bot(said: Words, envelope: Envelope) -> bool:
    return bool(said.bot_id) or said.user in {"", SLACKBOT, envelope.bot_user_id}


def _parent(words: Words) -> str:
    return words.thread_ts if words.thread_ts != words.ts else ""


def _address_of_event(envelope: Envelope, said: Words) -> Address:
    event = envelope.event
    return _address(envelope.team_id, event.channel or event.item.channel, thread=_parent(said))


def _pressed_at(press: Interaction) -> tuple[Address | None, str]:
    if press.channel is None:
        origin = Origin.load(press.view.private_metadata) if press.view else None
        return (origin.address, origin.post_id) if origin else (None, "")
    ts, thread = press.container.message_ts, press.container.thread_ts
    within = thread if thread != ts else ""
    return _address(press.team.id, press.channel.id, thread=within), ts


def _address(workspace: str, channel: str, *, thread: str = "") -> Address:
    return Address(
        platform=NAME,
        workspace=workspace,
        conversation_id=channel,
        thread_id=thread,
        is_direct=channel.startswith("D"),
    )


def _marked_url(press: Interaction) -> str:
    """Note in the URL's fragment, which is never sent, that its post is private and should not stay."""
    return press.response_url + (PRIVATE_MARK if press.response_url and press.container.is_ephemeral else "")


def _actor(interaction: Interaction) -> Actor:
    user = interaction.user
    return Actor(user_id=user.id, name=user.name or user.username)
