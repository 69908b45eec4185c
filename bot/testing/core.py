"""The core surface: no platform, only Incoming in and Reply out, with the abilities of the platform it stands for."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.chat import (
    Actor,
    Ask,
    Button,
    Card,
    Choose,
    Done,
    FileRef,
    Form,
    Incoming,
    ListOut,
    OpenForm,
    Picture,
    Quiet,
    Refuse,
    Reply,
    Rows,
    Say,
    ShowCard,
    plain,
)  # fmt: skip
from bot.domain.conversation import Address, Post
from bot.ports import Capabilities, Document
from bot.testing.people import Seen

CAPABILITIES = {
    "slack": Capabilities(has_forms=True, has_private_posts=True, has_threads=True),
    "telegram": Capabilities(has_forms=False, has_private_posts=False, has_threads=False),
}


@dataclass
class CorePost:
    """One post with every drawing it has had."""

    post_id: str
    address: Address
    drawings: list[Seen] = field(default_factory=list)
    rows: list[Rows] = field(default_factory=list)
    only_for: str = ""


@dataclass
class CorePlatform:
    """The port Platform as a list of posts."""

    name: str
    posts: list[CorePost] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    """The open form of each user."""
    asked: set[str] = field(default_factory=set)
    """Whom the bot has asked something in a shared conversation: their next words come in."""
    count: int = 0

    capabilities: Capabilities = field(init=False)

    def __post_init__(self) -> None:
        self.capabilities = CAPABILITIES[self.name]

    async def post(self, to: Address, reply: Reply, *, cause: Incoming | None = None) -> None:
        """Show a reply, privately where it says so."""
        actor = cause.actor.user_id if cause else ""
        match reply:
            case Quiet() | ShowCard():
                return
            case OpenForm(form=form):
                self.forms[actor] = form
                return
            case _:
                pass
        self.forms.pop(actor, None)
        if isinstance(reply, Ask) and not to.is_direct:
            self.asked.add(actor)
        only_for = actor if getattr(reply, "is_private", False) else ""
        self._add(to, _seen_reply(reply, is_private=bool(only_for)), _rows_of(reply), only_for=only_for)

    async def place(self, to: Address, card: Card) -> Post:
        """Post a card."""
        post = self._add(to, _seen_card(card), card.rows)
        return Post(address=to, post_id=post.post_id)

    async def redraw(self, post: Post, card: Card) -> None:
        """Draw a card again in its place."""
        found = next(one for one in self.posts if one.post_id == post.post_id)
        found.drawings.append(_seen_card(card))
        found.rows.append(card.rows)

    async def post_document(self, to: Address, document: Document) -> str:
        """Hand over a file."""
        self.files[document.name] = document.data
        seen = Seen(
            key="", words=document.caption, documents=(document.name,),
            pictures=(hashlib.sha256(document.data).hexdigest(),),
        )  # fmt: skip
        return self._add(to, seen, ()).post_id

    async def fetch(self, file: FileRef) -> bytes:
        """Give the bytes a person sent."""
        return self.files[file.file_id]

    async def direct_address(self, actor: Actor, workspace: str) -> Address:
        """Name the chat of the bot with one person."""
        return Address(platform=self.name, workspace=workspace, conversation_id=f"D{actor.user_id}")

    def thread_of(self, post: Post) -> Address:
        """Name the place under a card."""
        return post.address.model_copy(update={"thread_id": post.post_id})

    def _add(self, to: Address, seen: Seen, rows: Rows, *, only_for: str = "") -> CorePost:
        self.count += 1
        post = CorePost(post_id=f"{self.count}", address=to, only_for=only_for)
        post.drawings.append(seen)
        post.rows.append(rows)
        self.posts.append(post)
        return post


def _seen_card(card: Card) -> Seen:
    lines = [plain(card.title), plain(card.status)]
    lines += [f"{line.label}: {plain(line.value)}" + (f" ({line.note})" if line.note else "") for line in card.lines]
    lines += [plain(note.text) for note in card.notes]
    pictures = tuple(picture.digest for picture in card.pictures)
    return Seen(key="", words="\n".join(lines), buttons=labels(card.rows), pictures=pictures, is_card=True)


def _seen_reply(reply: Reply, *, is_private: bool) -> Seen:
    lines: list[str] = []
    pictures: Sequence[Picture | None] = ()
    match reply:
        case Say() | Ask() | Done():
            lines = [plain(reply.text)]
        case Refuse():
            lines = [plain(reply.text), reply.citation]
        case Choose():
            options = [f"{option.title} {option.description}".strip() for option in reply.options]
            lines, pictures = [plain(reply.text), *options], [option.picture for option in reply.options]
        case ListOut():
            lines, pictures = [plain(reply.title), *(plain(line) for line in reply.lines)], [reply.picture]
        case OpenForm() | ShowCard() | Quiet():
            pass
    digests = tuple(picture.digest for picture in pictures if picture)
    words = "\n".join(line for line in lines if line)
    return Seen(key="", words=words, buttons=labels(_rows_of(reply)), pictures=digests, is_private=is_private)


def _rows_of(reply: Reply) -> Rows:
    rows: Rows = getattr(reply, "rows", ())
    if isinstance(reply, Choose):
        rows = (*((option.button,) for option in reply.options), *rows)
    return rows


def labels(rows: Rows) -> tuple[str, ...]:
    """Give the words on buttons, in order."""
    return tuple(button.label for row in rows for button in row)


def find_button(rows: Rows, label: str) -> Button | None:
    """Find a button by its words, whole or by their beginning."""
    buttons = [button for row in rows for button in row]
    exact = [button for button in buttons if button.label == label]
    begins = [button for button in buttons if button.label.startswith(label)]
    return next(iter(exact or begins), None)
