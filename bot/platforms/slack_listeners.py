"""The bolt app: every listener reads the payload, commits inbox rows, then acknowledges.

`slack.py` builds it and serves it. Nothing is acknowledged before its row is written: a listener
that fails answers 500, and Slack repeats the event.
"""

import re
from collections.abc import Awaitable, Callable

import structlog
from pydantic import JsonValue, ValidationError
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat import Incoming
from bot.platforms.slack_blocks import FORM, PRESS
from bot.platforms.slack_intake import (
    origin_of,
    read_command,
    read_event,
    read_press,
    read_submission,
)
from bot.platforms.slack_manifest import COMMAND, event_types
from bot.platforms.slack_payload import Envelope, Interaction, Slash
from bot.platforms.slack_views import FORM_CALLBACK
from bot.platforms.slack_windows import Content, Windows
from bot.ports import Clock

Record = Callable[[Incoming], Awaitable[bool]]
Body = dict[str, JsonValue]

log = structlog.get_logger(__name__)


def build_app(
    client: AsyncWebClient, *, signing_secret: str, record: Record, windows: Windows, clock: Clock
) -> AsyncApp:
    """Build the app with all its listeners."""
    app = AsyncApp(
        client=client,
        signing_secret=signing_secret,
        name="glocal",
        process_before_response=True,  # otherwise bolt acknowledges events before the listener runs
    )
    listeners = Listeners(record, windows=windows, clock=clock)
    for event_type in event_types():
        app.event(event_type)(listeners.hear)
    app.event(re.compile(r"."))(listeners.ignore)
    app.command(COMMAND)(listeners.obey)
    app.action(re.compile(rf"^{PRESS}\."))(listeners.press)
    app.action(re.compile(rf"^{FORM}\."))(listeners.press_for_form)
    app.action(re.compile(r"."))(listeners.ignore)
    app.view_submission(FORM_CALLBACK)(listeners.take_form)
    return app


class Listeners:
    """The listeners of one app; each commits before it acknowledges."""

    def __init__(self, record: Record, *, windows: Windows, clock: Clock) -> None:
        self._record = record
        self._windows = windows
        self._clock = clock

    async def hear(self, body: Body, ack: AsyncAck) -> None:
        """Take an event; one of a shape we do not know is not worth repeating."""
        try:
            envelope = Envelope.model_validate(body)
        except ValidationError as failure:
            log.warning("slack_event_unknown", failure=str(failure))
            await ack()
            return
        for incoming in read_event(envelope, received_at=self._clock.now()):
            await self._record(incoming)
        await ack()

    async def ignore(self, ack: AsyncAck) -> None:
        """Acknowledge an event that means nothing to us, so that it is not repeated."""
        await ack()

    async def obey(self, body: Body, ack: AsyncAck) -> None:
        """Take a slash command."""
        slash = Slash.model_validate(body)
        await self._record(read_command(slash, received_at=self._clock.now()))
        await ack()

    async def press(self, body: Body, ack: AsyncAck) -> None:
        """Take a press; one inside a modal is answered in that modal."""
        pressed = Interaction.model_validate(body)
        await self._take(pressed, form_id=pressed.container.view_id)
        await ack()

    async def press_for_form(self, body: Body, ack: AsyncAck) -> None:
        """Take a press that leads to a form: the trigger lives 3 s, so the window opens first."""
        pressed = Interaction.model_validate(body)
        form_id = pressed.container.view_id
        origin = origin_of(pressed)
        if not form_id and origin is not None:
            form_id = await self._windows.open(pressed.trigger_id, origin)
        await self._take(pressed, form_id=form_id)
        await ack()

    async def take_form(self, body: Body, ack: AsyncAck) -> None:
        """Take a filled form, and answer with what came of it when that is known at once."""
        submitted = Interaction.model_validate(body)
        incoming = read_submission(submitted, received_at=self._clock.now())
        if incoming is None or submitted.view is None:
            await ack()
            return
        with self._windows.expecting(submitted.view) as outcome:
            if await self._record(incoming):
                await _acknowledge(ack, await outcome())
            else:
                await ack()

    async def _take(self, pressed: Interaction, *, form_id: str) -> None:
        now = self._clock.now()
        incoming = read_press(pressed, form_id=form_id, received_at=now)
        if incoming is not None:
            await self._record(incoming)


async def _acknowledge(ack: AsyncAck, content: Content) -> None:
    if content.errors:
        await ack(response_action="errors", errors=dict(content.errors))
    elif content.closes:
        await ack()
    else:
        await ack(response_action="update", view=content.view)
