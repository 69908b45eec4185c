"""What stands in the doubles' chats, looked at from outside: posts with their buttons, found by what they stand for."""

import asyncio
import math
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

from bot.chat import Action
from bot.playground.slack_json import JsonObject, objects_at, text_at
from bot.playground.slack_remote import SlackRemote
from bot.playground.telegram_json import JsonValue
from bot.playground.telegram_remote import TelegramRemote

LOOK_EVERY_S = 0.25
LOOKS_AGAIN_S = 20.0
PATIENCE_S = 120.0
"""How long people wait for something once nobody kills the bot any more; until then they just wait."""
Found = TypeVar("Found")


@dataclass(frozen=True)
class Standing:
    """One post of the bot as it stands."""

    platform: str
    conversation_id: str
    post_id: str
    words: str
    actions: tuple[str, ...] = ()
    """What its buttons stand for."""
    document: str = ""

    def action(self, verb: str, subject: str = "") -> str:
        """Give the data of a button on it by verb and subject, empty when it has none."""
        for data in self.actions:
            action = Action.parse(data)
            if action and action.verb == verb and action.subject.startswith(subject):
                return data
        return ""


@dataclass
class Chats:
    """Both doubles, looked at a few times a second by one task for everybody."""

    slack: SlackRemote
    telegram: TelegramRemote
    channel: str
    """The approvers' channel on Slack."""
    posts: list[Standing] = field(default_factory=list)
    updates_waiting: int = 0
    copies: dict[str, set[str]] = field(default_factory=dict)
    """Campaign or request -> ids of the posts that ever were its card."""
    calm_at: float = math.inf
    """The monotonic instant of the last start."""
    acts: int = 0
    """What people did on Telegram, each of which becomes one event."""
    _looked: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def look_forever(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """Look once and wake whoever waits for something."""
        telegram = await self.telegram.state()
        slack = await self.slack.act("state")
        found = [
            _on_telegram(chat, post) for chat in objects_at(telegram, "chats") for post in objects_at(chat, "posts")
        ]
        found += [_on_slack(post) for post in objects_at(slack, "posts") if text_at(post, "channel") == self.channel]
        waiting = telegram["pending_updates"]
        async with self._looked:
            self.posts = [post for post in found if post]
            self._note_copies()
            self.updates_waiting = waiting if isinstance(waiting, int) else 0
            self._looked.notify_all()

    async def until(self, find: Callable[[], Found | None], what: str) -> Found:
        """Wait until something can be seen and give it.

        Raises:
            AssertionError: it did not come, although nobody killed the bot any more.
        """
        while True:
            deadline = max(time.monotonic(), self.calm_at) + PATIENCE_S
            found = await self.within(LOOKS_AGAIN_S if math.isinf(deadline) else PATIENCE_S, find)
            if found:
                return found
            assert math.isinf(deadline), f"nobody saw {what} in {PATIENCE_S} s"

    async def within(self, seconds: float, find: Callable[[], Found | None]) -> Found | None:
        """Give what can be seen within some seconds, if it can."""
        deadline = time.monotonic() + seconds
        async with self._looked:
            while not (found := find()) and (left_s := deadline - time.monotonic()) > 0:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._looked.wait(), left_s)
            return found

    def _note_copies(self) -> None:
        for post in self.posts:
            for action in filter(None, map(Action.parse, post.actions)):
                if action.is_on_card:
                    self.copies.setdefault(action.subject, set()).add(f"{post.conversation_id}:{post.post_id}")

    def at(self, conversation_id: str) -> list[Standing]:
        """List the posts of one conversation, oldest first."""
        return [post for post in self.posts if post.conversation_id == conversation_id]

    async def say(self, user_id: str, chat_id: str, text: str, *, reply_to: str = "") -> int:
        """Type something on Telegram and give the number of the post."""
        self.acts += 1
        extra: dict[str, JsonValue] = {"reply_to": int(reply_to)} if reply_to else {}
        post = await self.telegram.act("say", user_id=int(user_id), chat_id=int(chat_id), text=text, data=None, **extra)
        assert isinstance(post, dict)
        return int(str(post["message_id"]))

    async def press(self, user_id: str, post: Standing, data: str) -> bool:
        """Press a button; False when Slack shows that the bot could not be reached, or the button is gone."""
        if post.platform == "telegram":
            self.acts += 1
            spot = [int(post.conversation_id), int(post.post_id)]
            await self.telegram.act("press_data", user_id=int(user_id), post=list(spot), data=data)
            return True
        try:
            ack = await self.slack.act("press", user=user_id, channel=post.conversation_id, ts=post.post_id, what=data)
        except LookupError:
            return False
        return bool(ack["ok"])


def _on_telegram(chat: JsonObject, post: JsonObject) -> Standing | None:
    sender = post.get("from")
    if not isinstance(sender, dict) or not sender.get("is_bot"):
        return None
    keyboard = post.get("reply_markup")
    rows = keyboard.get("inline_keyboard") if isinstance(keyboard, dict) else None
    keys = [key for row in rows if isinstance(row, list) for key in row] if isinstance(rows, list) else []
    return Standing(
        platform="telegram", conversation_id=str(chat["id"]), post_id=str(post["message_id"]),
        words=text_at(post, "text") or text_at(post, "caption"),
        actions=tuple(text_at(key, "callback_data") for key in keys if isinstance(key, dict)),
        document=text_at(post, "document", "file_name"),
    )  # fmt: skip


def _on_slack(post: JsonObject) -> Standing:
    controls = objects_at(post, "controls")
    return Standing(
        platform="slack", conversation_id=text_at(post, "channel"), post_id=text_at(post, "ts"),
        words=text_at(post, "text"), actions=tuple(text_at(control, "value") for control in controls),
    )  # fmt: skip
