"""Turn Telegram's updates into `Incoming`. Pure, but for the memory of reply chains it is given.

`telegram_transport` commits what this reads. Nothing comes in from bots, or from talk in a group that is not meant for
us: there only commands, mentions and replies in our chains count, whatever the bot is allowed to see.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from telegram import CallbackQuery, Message, MessageReactionUpdated, ReactionTypeEmoji, Update, User
from telegram.constants import ChatType

from bot.chat import (
    Actor,
    Commanded,
    Content,
    Edited,
    FileRef,
    Incoming,
    Pressed,
    Reacted,
    Typed,
    Unsupported,
    Uploaded,
)
from bot.domain.conversation import Address
from bot.platforms.telegram_threads import NAME, Chains, draw_thread

COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
SKIN_TONES = dict.fromkeys(range(0x1F3FB, 0x1F400))
KINDS = {
    "sticker": "sticker",
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "location": "location",
    "venue": "location",
    "contact": "contact",
    "poll": "poll",
}
"""Attribute of a Message -> what `Unsupported` calls it."""


@dataclass(frozen=True)
class Ourselves:
    """Who the bot is."""

    bot_id: int
    username: str


@dataclass(frozen=True)
class Intake:
    """Reads updates for one bot."""

    ourselves: Ourselves
    chains: Chains

    def read(self, update: Update, *, received_at: datetime) -> tuple[Incoming, ...]:
        """Read an update; none when it is not for us."""
        actor = self._actor(update)
        if actor is None:
            return ()
        found = tuple(self._events(update))
        return tuple(
            Incoming(
                event_id=":".join((NAME, str(self.ourselves.bot_id), str(update.update_id), *([str(n)] if n else []))),
                actor=actor,
                address=address,
                content=content,
                received_at=received_at,
                query_id=update.callback_query.id if update.callback_query else "",
            )
            for n, (address, content) in enumerate(found)
        )

    def _actor(self, update: Update) -> Actor | None:
        user: User | None = update.effective_user
        if user is None or user.is_bot:
            return None
        return Actor(user_id=str(user.id), name=user.first_name, language=user.language_code or "")

    def _events(self, update: Update) -> Iterator[tuple[Address, Content]]:
        if update.callback_query:
            yield from self._press(update.callback_query)
        elif update.message_reaction:
            yield from self._reactions(update.message_reaction)
        elif update.message and (content := self._said(update.message)):
            yield self._address(update.message), content
        elif update.edited_message and (content := self._edited(update.edited_message)):
            yield self._address(update.edited_message), content

    def _press(self, query: CallbackQuery) -> Iterator[tuple[Address, Content]]:
        post = query.message
        if post is None or not query.data:
            return
        topic = post.message_thread_id if isinstance(post, Message) and post.is_topic_message else None
        address = self._at(post.chat.id, post.chat.type, draw_thread(topic))
        yield address, Pressed(action=query.data, post_id=str(post.message_id))

    def _reactions(self, change: MessageReactionUpdated) -> Iterator[tuple[Address, Content]]:
        """Read the emoji that are new; taking one away says nothing."""
        before = {each.emoji for each in change.old_reaction if isinstance(each, ReactionTypeEmoji)}
        address = self._at(change.chat.id, change.chat.type)
        for each in change.new_reaction:
            if isinstance(each, ReactionTypeEmoji) and each.emoji not in before:
                plain = each.emoji.translate(SKIN_TONES)
                yield address, Reacted(emoji=plain, post_id=str(change.message_id))

    def _said(self, said: Message) -> Content | None:
        command = COMMAND.fullmatch((said.text or "").strip())
        if command:
            return self._command(command, is_private=said.chat.type == ChatType.PRIVATE)
        if not self._is_for_us(said):
            return None
        if said.photo:
            photo = said.photo[-1]
            file = FileRef(
                file_id=photo.file_id, name="photo.jpg", media_type="image/jpeg", size_bytes=photo.file_size or 0
            )
            return Uploaded(file=file, caption=self._words(said.caption))
        unsupported = next((name for attribute, name in KINDS.items() if getattr(said, attribute)), None)
        if unsupported:
            return Unsupported(what=unsupported)
        if said.document:
            return Uploaded(file=_document(said), caption=self._words(said.caption))
        if said.text:
            words = self._words(said.text)
            return Typed(text=words, reply_to=self._reply_to(said)) if words else None
        return Unsupported(what="other") if said.effective_attachment else None

    def _command(self, command: re.Match[str], *, is_private: bool) -> Content | None:
        """Read a command; in a group, where other bots may live, one must be ours by name or address."""
        word, addressed, rest = command[1].lower(), (command[2] or "").lower(), (command[3] or "").strip()
        is_addressed = addressed == self.ourselves.username.lower()
        if (addressed and not is_addressed) or not (is_private or is_addressed or word == "glocal"):
            return None
        match word:
            case "glocal":
                return Commanded(text=rest)
            case "start":
                return Commanded(text=f"join {rest}" if rest else "help")
            case _:
                return Commanded(text=f"{word} {rest}".strip())

    def _edited(self, edited: Message) -> Content | None:
        words = self._words(edited.text or edited.caption)
        if not words or not self._is_for_us(edited):
            return None
        return Edited(text=words, post_id=str(edited.message_id))

    def _is_for_us(self, said: Message) -> bool:
        if said.chat.type == ChatType.PRIVATE:
            return True
        if said.chat.type == ChatType.CHANNEL:
            return False
        words = (said.text or said.caption or "").lower()
        return f"@{self.ourselves.username.lower()}" in words or bool(self._reply_to(said))

    def _reply_to(self, said: Message) -> str:
        """Give the post that a chain of replies began with; in a group only chains of ours count."""
        answered = said.reply_to_message
        if answered is None or (said.is_topic_message and answered.message_id == said.message_thread_id):
            return self._answered(said)
        root = self.chains.root(said.chat.id, answered.message_id)
        author = answered.from_user.id if answered.from_user else 0
        is_ours = author == self.ourselves.bot_id or root != answered.message_id
        if said.chat.type != ChatType.PRIVATE and not is_ours:
            return ""
        self.chains.note(said.chat.id, said.message_id, root)
        return str(root)

    def _answered(self, said: Message) -> str:
        if said.chat.type == ChatType.PRIVATE or said.from_user is None:
            return ""
        root = self.chains.answer(said.chat.id, said.from_user.id, said.message_id)
        return str(root) if root else ""

    def _words(self, text: str | None) -> str:
        """Leave out the mention that only calls us."""
        mention = re.compile(rf"@{re.escape(self.ourselves.username)}\b[:,]?", re.IGNORECASE)
        return mention.sub("", text or "").strip()

    def _address(self, said: Message) -> Address:
        topic = said.message_thread_id if said.is_topic_message else None
        root = self._reply_to(said) if said.chat.type != ChatType.PRIVATE else ""
        return self._at(said.chat.id, said.chat.type, draw_thread(topic, int(root) if root else None))

    def _at(self, chat_id: int, chat_type: str, thread_id: str = "") -> Address:
        return Address(
            platform=NAME,
            workspace=str(self.ourselves.bot_id),
            conversation_id=str(chat_id),
            thread_id=thread_id,
            is_direct=chat_type == ChatType.PRIVATE,
        )


def _document(said: Message) -> FileRef:
    document = said.document
    if document is None:
        return FileRef(file_id="")
    return FileRef(
        file_id=document.file_id,
        name=document.file_name or "",
        media_type=document.mime_type or "",
        size_bytes=document.file_size or 0,
    )
