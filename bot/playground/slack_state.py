"""What a Slack workspace knows, held in memory: people, places, posts, modals, files.

The API routes and the people of the double change it; panes, tests and the driver read it. Nothing is
kept after the process ends.
"""

import hashlib
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from bot.playground.slack_json import JsonObject
from bot.playground.slack_record import Record

Now = Callable[[], float]


@dataclass(slots=True)
class Person:
    """Somebody with an account in the workspace."""

    id: str
    name: str
    real_name: str
    locale: str = "en-US"
    tz: str = "America/New_York"
    is_bot: bool = False
    deleted: bool = False


@dataclass(slots=True)
class Place:
    """A channel or a direct conversation."""

    id: str
    name: str
    members: list[str]
    is_direct: bool = False
    archived: bool = False


@dataclass(slots=True)
class Post:
    """One post as people see it; `private_to` makes it an ephemeral one."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[JsonObject] = field(default_factory=list)
    thread_ts: str | None = None
    private_to: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    edits: int = 0
    deleted: bool = False


@dataclass(slots=True)
class Modal:
    """A modal one person has open."""

    id: str
    user: str
    view: JsonObject
    hash: str
    channel: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[tuple[str, str], str] = field(default_factory=dict)
    """What was typed, by block and action id: it stays while both do."""


@dataclass(slots=True)
class HeldFile:
    """A file with its bytes; people and blocks see it once it is ready."""

    id: str
    name: str
    title: str
    user: str
    size_bytes: int
    data: bytes = b""
    alt_text: str = ""
    state: Literal["reserved", "processing", "ready"] = "reserved"
    shares: list[tuple[str, str]] = field(default_factory=list)


class Workspace:
    """The state of one workspace, and the unique ids it gives out."""

    def __init__(self, *, team_id: str = "", now: Now = time.time) -> None:
        self.now = now
        self.record = Record(now=now)
        self.team_id = team_id or stable_id("T", "glocal")
        self.app_id = stable_id("A", "glocal")
        self.bot_id = stable_id("B", "glocal")
        self.people: dict[str, Person] = {}
        self.places: dict[str, Place] = {}
        self.posts: list[Post] = []
        self.modals: dict[str, Modal] = {}
        self.files: dict[str, HeldFile] = {}
        self.upload_secrets: dict[str, str] = {}
        self.processing: list[Callable[[], None]] = []
        self._parents: set[tuple[str, str]] = set()
        self._last_ts_us = 0
        self.base_url = ""
        self.bot = self.add_person("glocal", real_name="Glocal", is_bot=True)

    def add_person(
        self,
        name: str,
        *,
        user_id: str = "",
        real_name: str = "",
        locale: str = "en-US",
        is_bot: bool = False,
    ) -> Person:
        """Add a person, or return the one of that id; without an id it follows from the name."""
        user_id = user_id or stable_id("U", name)
        if user_id in self.people:
            return self.people[user_id]
        person = Person(
            id=user_id,
            name=name,
            real_name=real_name or name.title(),
            locale=locale,
            is_bot=is_bot,
        )
        self.people[person.id] = person
        self.record.note()
        return person

    def add_channel(self, name: str, *, channel_id: str = "", members: tuple[str, ...] = ()) -> Place:
        """Add a channel with the bot and these people in it, or add them to the one there is."""
        channel_id = channel_id or stable_id("C", name)
        place = self.places.setdefault(channel_id, Place(channel_id, name, [self.bot.id]))
        place.members += [user for user in members if user not in place.members]
        self.record.note()
        return place

    def open_direct(self, user: str) -> Place:
        """Return the direct conversation of one person with the bot."""
        found = stable_id("D", user)
        if found not in self.places:
            self.places[found] = Place(found, user, [user, self.bot.id], is_direct=True)
            self.record.note()
        return self.places[found]

    def next_ts(self) -> str:
        """Return a `ts` nobody has had."""
        self._last_ts_us = max(int(self.now() * 1_000_000), self._last_ts_us + 1)
        seconds, micros = divmod(self._last_ts_us, 1_000_000)
        return f"{seconds}.{micros:06d}"

    def find_post(self, channel: str, ts: str) -> Post | None:
        """Return the post everybody sees under this channel and ts."""
        return next((post for post in self.standing(channel) if post.ts == ts), None)

    def standing(self, channel: str) -> Iterator[Post]:
        """Yield the posts of a channel that are neither deleted nor ephemeral, oldest first."""
        return (post for post in self.posts if post.channel == channel and post.private_to is None and not post.deleted)

    def has_replies(self, post: Post) -> bool:
        """Tell whether a post has a thread; Slack then names it its own parent."""
        return (post.channel, post.ts) in self._parents

    def seen_by(self, user: str, channel: str) -> list[Post]:
        """Return what one person sees in a channel, oldest first; nothing where they are not."""
        if user not in self.places[channel].members:
            return []
        return [
            post
            for post in self.posts
            if post.channel == channel and not post.deleted and post.private_to in {None, user}
        ]

    def add_post(self, post: Post) -> Post:
        """Let a post appear."""
        self.posts.append(post)
        if post.thread_ts and not post.private_to:
            self._parents.add((post.channel, post.thread_ts))
        self.record.note()
        return post

    def finish_uploads(self) -> None:
        """Let every upload that is being processed become visible now."""
        waiting, self.processing = self.processing, []
        for finish in waiting:
            finish()

    def modals_of(self, user: str) -> list[Modal]:
        """Return the modals a person has open, the topmost last."""
        return [modal for modal in self.modals.values() if modal.user == user]


def stable_id(letter: str, name: str) -> str:
    """Return an id of Slack's form that follows from the name, so that a restart keeps it."""
    return letter + "0" + hashlib.sha256(f"{letter}:{name}".encode()).hexdigest()[:9].upper()


def fresh_id(letters: str) -> str:
    """Return an id of Slack's form that no other process gives out."""
    return letters + "0" + secrets.token_hex(5).upper()
