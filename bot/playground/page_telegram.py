"""What a Telegram pane shows of one person: their chats, and the answers to their presses."""

from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from bot.playground.telegram_html import draw_html
from bot.playground.telegram_state import CallbackQuery, ChatRoom, TelegramPost, TelegramState
from bot.testing.people import Person

EMOJI_TO_PICK = ("👌", "👍", "❤", "👀")


@dataclass(frozen=True)
class Bubble:
    """One post, or the posts of one album."""

    posts: tuple[TelegramPost, ...]
    is_mine: bool
    author: str
    replied: str = ""
    """First words of the post it answers."""

    @property
    def last(self) -> TelegramPost:
        """Give the post that carries words and buttons."""
        return self.posts[-1]

    @property
    def key(self) -> str:
        """Name the bubble in the page."""
        return f"{abs(self.last.ref.chat_id)}-{self.last.ref.message_id}"


@dataclass(frozen=True)
class TelegramChat:
    """One chat."""

    room: ChatRoom
    title: str
    bubbles: tuple[Bubble, ...]


@dataclass(frozen=True)
class TelegramView:
    """A whole pane."""

    person: Person
    chats: tuple[TelegramChat, ...]
    answers: tuple[tuple[int, CallbackQuery], ...]
    """Numbered, so that the page shows each toast once."""


def look(state: TelegramState, person: Person) -> TelegramView:
    """Gather what a person sees: the private chat first, then groups."""
    user_id = int(person.user_id)
    rooms = [room for room in state.chats.values() if user_id in room.member_ids]
    answers = [query for query in state.answers_to(user_id) if query.answer]
    return TelegramView(
        person=person,
        chats=tuple(_chat(room, user_id) for room in sorted(rooms, key=lambda room: room.kind != "private")),
        answers=tuple(enumerate(answers, start=1)),
    )


def draw_words(post: TelegramPost) -> Markup:
    """Draw a post's words; line breaks are kept by the style sheet."""
    return Markup(draw_html(post.words, post.entities))  # noqa: S704 - draw_html escapes


def _chat(room: ChatRoom, user_id: int) -> TelegramChat:
    title = "Glocal" if room.kind == "private" else room.title
    groups = groupby(room.posts.values(), key=lambda post: post.album_id or str(post.ref.message_id))
    bubbles = tuple(_bubble(room, tuple(posts), user_id) for _, posts in groups)
    return TelegramChat(room, title, bubbles)


def _bubble(room: ChatRoom, posts: tuple[TelegramPost, ...], user_id: int) -> Bubble:
    sender = posts[-1].sender
    answered = room.posts.get(posts[-1].reply_to or 0)
    first_line = answered.words.strip().split("\n")[0] if answered else ""
    replied = first_line or ("Picture" if answered else "")
    return Bubble(posts, is_mine=sender.user_id == user_id, author=sender.first_name, replied=replied[:60])
