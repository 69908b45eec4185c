"""What stands in the Telegram double: people, chats, topics, posts, presses and their answers.

The API side changes it, the people side reads and changes it, the panes draw it. Every visible change is also written
to `changes`, a numbered feed.
"""

import itertools
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.playground.telegram_feed import TelegramFeed
from bot.playground.telegram_files import TelegramFile, TelegramFiles
from bot.playground.telegram_html import Entity
from bot.playground.telegram_rules import TelegramRefused

ChatKind = Literal["private", "group", "supergroup"]
ChangeKind = Literal["chat", "posted", "edited", "deleted", "reacted", "answered", "acting"]


@dataclass(frozen=True)
class TelegramUser:
    """One person, or the bot itself."""

    user_id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False


@dataclass(frozen=True)
class Key:
    """One inline button; exactly one of callback data and link is set."""

    label: str
    callback_data: str | None = None
    url: str | None = None
    style: str | None = None


Keyboard = tuple[tuple[Key, ...], ...]


@dataclass(frozen=True)
class PostRef:
    """Where a post stands."""

    chat_id: int
    message_id: int


@dataclass(frozen=True)
class TelegramPost:
    """One post as it stands now; an edit replaces it."""

    ref: PostRef
    sender: TelegramUser
    sent_at_s: int
    text: str | None = None
    caption: str | None = None
    entities: tuple[Entity, ...] = ()
    attachment: TelegramFile | None = None
    keyboard: Keyboard = ()
    other_markup: str | None = None
    reply_to: int | None = None
    topic_id: int | None = None
    album_id: str | None = None
    edited_at_s: int | None = None
    is_migration: bool = False
    reactions: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The text or the caption, whichever the post has."""
        return self.text or self.caption or ""

    @property
    def keys(self) -> tuple[Key, ...]:
        """Every inline button, row by row."""
        return tuple(key for row in self.keyboard for key in row)


@dataclass(frozen=True)
class CallbackQuery:
    """One press; `answer` is None until the bot answers it."""

    query_id: str
    user: TelegramUser
    post: PostRef
    data: str
    asked_at_s: float
    answer: str | None = None
    is_alert: bool = False
    is_expired: bool = False


@dataclass(frozen=True)
class Change:
    """One visible change, for the panes and the tests."""

    kind: ChangeKind
    chat_id: int
    message_id: int | None = None
    user_id: int | None = None


@dataclass
class ChatRoom:
    """One chat with everything in it."""

    chat_id: int
    kind: ChatKind
    title: str
    is_forum: bool = False
    bot_is_admin: bool = False
    bot_is_here: bool = True
    member_ids: set[int] = field(default_factory=set)
    topics: dict[int, str] = field(default_factory=dict)
    posts: dict[int, TelegramPost] = field(default_factory=dict)
    migrated_to: int | None = None


class TelegramState:
    """The whole world of one bot."""

    def __init__(self, *, bot_id: int, bot_username: str, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self._dice = random.Random(bot_id)  # noqa: S311 - ids, not secrets
        self.bot = TelegramUser(bot_id, "Glocal", bot_username, is_bot=True)
        self.users: dict[int, TelegramUser] = {}
        self.chats: dict[int, ChatRoom] = {}
        self.queries: dict[str, CallbackQuery] = {}
        self.commands: dict[str, tuple[tuple[str, str], ...]] = {}
        self.files = TelegramFiles()
        self.changes: TelegramFeed[Change] = TelegramFeed()
        self._account_numbers = itertools.count(self._dice.randrange(100, 9000))
        self._room_numbers: dict[int, itertools.count[int]] = {}

    def add_user(
        self,
        first_name: str,
        *,
        username: str | None = None,
        language_code: str = "en",
        user_id: int | None = None,
    ) -> TelegramUser:
        """Let a person exist; their private chat with the bot opens with their first word."""
        user = TelegramUser(user_id or self._dice.randrange(10**8, 8 * 10**9), first_name, username, language_code)
        self.users[user.user_id] = user
        return user

    def add_group(
        self,
        title: str,
        *,
        members: tuple[TelegramUser, ...],
        is_forum: bool = False,
        is_basic: bool = False,
        bot_is_admin: bool = True,
        chat_id: int | None = None,
    ) -> ChatRoom:
        """Open a supergroup (or a basic group) with the bot in it."""
        number = self._dice.randrange(10**9, 3 * 10**9)
        room = ChatRoom(
            chat_id=chat_id or (-number if is_basic else -(10**12) - number),
            kind="group" if is_basic else "supergroup",
            title=title,
            is_forum=is_forum,
            bot_is_admin=bot_is_admin,
            member_ids={member.user_id for member in members},
        )
        return self._add_room(room)

    def open_private(self, user: TelegramUser) -> ChatRoom:
        """Return the private chat of a person with the bot, opening it at need."""
        room = self.chats.get(user.user_id)
        if room is None:
            room = ChatRoom(user.user_id, "private", user.first_name, member_ids={user.user_id})
            self._add_room(room)
        return room

    def add_topic(self, chat_id: int, title: str) -> int:
        """Open a topic in a forum and return its `message_thread_id`."""
        topic_id = self.next_message_id(chat_id)
        self.chats[chat_id].topics[topic_id] = title
        return topic_id

    def room(self, chat_id: int) -> ChatRoom:
        """Return a chat.

        Raises:
            TelegramRefused: the bot does not know this chat.
        """
        room = self.chats.get(chat_id)
        if room is None:
            raise TelegramRefused("chat not found")
        return room

    def post(self, ref: PostRef) -> TelegramPost:
        """Return a post as it stands; KeyError when there is none."""
        return self.chats[ref.chat_id].posts[ref.message_id]

    def next_message_id(self, chat_id: int) -> int:
        """Take the next number: one row per supergroup, one for everything else, as at Telegram."""
        if self.chats[chat_id].kind == "supergroup":
            return next(self._room_numbers[chat_id])
        return next(self._account_numbers)

    def put(self, post: TelegramPost, change: ChangeKind) -> TelegramPost:
        """Store a post, new or changed, and tell whoever watches."""
        self.chats[post.ref.chat_id].posts[post.ref.message_id] = post
        self.changes.add(Change(change, post.ref.chat_id, post.ref.message_id, post.sender.user_id))
        return post

    def remove(self, ref: PostRef) -> None:
        """Delete a post."""
        del self.chats[ref.chat_id].posts[ref.message_id]
        self.changes.add(Change("deleted", ref.chat_id, ref.message_id))

    def answer_query(self, query: CallbackQuery, text: str, *, is_alert: bool) -> None:
        """Show the bot's answer to the person who pressed."""
        self.queries[query.query_id] = replace(query, answer=text, is_alert=is_alert)
        self.changes.add(Change("answered", query.post.chat_id, query.post.message_id, query.user.user_id))

    def answers_to(self, user_id: int) -> tuple[CallbackQuery, ...]:
        """Return the answered presses of one person, oldest first."""
        return tuple(
            query for query in self.queries.values() if query.user.user_id == user_id and query.answer is not None
        )

    def new_id(self) -> str:
        """Return a long decimal id, as callback queries and albums have."""
        return str(self._dice.randrange(10**17, 10**19))

    def _add_room(self, room: ChatRoom) -> ChatRoom:
        self.chats[room.chat_id] = room
        self._room_numbers[room.chat_id] = itertools.count(self._dice.randrange(2, 90))
        self.changes.add(Change("chat", room.chat_id))
        return room
