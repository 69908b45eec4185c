"""What people do in the Telegram double: type, press, react, send pictures, edit, open a deep link.

Used by the driver, the panes and the tests (over HTTP through `telegram_control`). Each act changes the chats and gives
the bot the updates that Telegram would give it, no more: in a group with privacy mode a bot that is no admin sees
commands, mentions and replies to itself only.
"""

import mimetypes
from dataclasses import dataclass, replace

from bot.playground.telegram_files import FileKind, TelegramFile, picture_size_px
from bot.playground.telegram_json import (
    JsonObject,
    draw_chat,
    draw_post,
    draw_query,
    draw_reaction,
    draw_user,
    read_entities,
)
from bot.playground.telegram_rules import (
    PHOTO_SIDES_LIMIT_PX,
    REACTIONS,
    TEXT_LIMIT,
    check_start_payload,
    utf16_length,
)
from bot.playground.telegram_sending import World
from bot.playground.telegram_state import (
    CallbackQuery,
    ChatRoom,
    Key,
    PostRef,
    TelegramPost,
    TelegramUser,
)


class PersonCannot(Exception):
    """A person tries what a Telegram client does not offer: press a button that is not there, and the like."""


@dataclass(frozen=True)
class TelegramPeople:
    """The hands of every person; ids are Telegram's."""

    world: World

    def say(
        self, user_id: int, chat_id: int, text: str, *, reply_to: int | None = None, topic_id: int | None = None
    ) -> TelegramPost:
        """Type a text; a client splits what is longer than 4096 into several posts, the last is returned."""
        if not text.strip():
            raise PersonCannot("a Telegram client does not send an empty text")
        parts = _split(text)
        posts = [self._write(user_id, chat_id, part, reply_to=reply_to, topic_id=topic_id) for part in parts]
        return posts[-1]

    def start(self, user_id: int, payload: str = "") -> TelegramPost:
        """Open the bot by its link `t.me/<bot>?start=<payload>` and press Start."""
        if payload:
            check_start_payload(payload)
        return self.say(user_id, user_id, f"/start {payload}".strip())

    def press(
        self, user_id: int, post: PostRef, *, data: str | None = None, label: str | None = None
    ) -> CallbackQuery | None:
        """Press a button by its data or its label; None when the button is a link."""
        standing = self._standing(post)
        self._enter(user_id, post.chat_id)
        key = _find_key(standing, data=data, label=label)
        if key.callback_data is None:
            return None
        return self.press_data(user_id, post, key.callback_data)

    def press_data(self, user_id: int, post: PostRef, data: str) -> CallbackQuery:
        """Send any callback data for a post, as a changed client or an old screen can."""
        state = self.world.state
        user = state.users[user_id]
        query = CallbackQuery(state.new_id(), user, post, data, state.now())
        state.queries[query.query_id] = query
        self.world.updates.add("callback_query", draw_query(state, query))
        return query

    def react(self, user_id: int, post: PostRef, emoji: str = "") -> None:
        """Put one emoji on a post, or none; Telegram offers a fixed set, and ✅ is not in it."""
        if emoji and emoji not in REACTIONS:
            raise PersonCannot(f"Telegram offers no reaction {emoji}")
        standing, room = self._standing(post), self._enter(user_id, post.chat_id)
        before = standing.reactions.get(user_id, ())
        after = (emoji,) if emoji else ()
        state = self.world.state
        state.put(replace(standing, reactions={**standing.reactions, user_id: after}), "reacted")
        if room.kind == "private" or room.bot_is_admin:
            content: JsonObject = {
                "chat": draw_chat(state, room),
                "message_id": post.message_id,
                "user": draw_user(state.users[user_id]),
                "date": int(state.now()),
                "old_reaction": draw_reaction(before),
                "new_reaction": draw_reaction(after),
            }
            self.world.updates.add("message_reaction", content)

    def send_photo(self, user_id: int, chat_id: int, name: str, data: bytes, caption: str = "") -> TelegramPost:
        """Send a picture as a photo; what a client cannot send so goes as a document."""
        size_px = picture_size_px(data)
        if size_px is None or sum(size_px) > PHOTO_SIDES_LIMIT_PX:
            return self.send_document(user_id, chat_id, name, data, caption)
        return self._send(user_id, chat_id, self._keep("photo", name, "image/jpeg", data), caption)

    def send_document(self, user_id: int, chat_id: int, name: str, data: bytes, caption: str = "") -> TelegramPost:
        """Send a file as it is."""
        mime_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self._send(user_id, chat_id, self._keep("document", name, mime_type, data), caption)

    def send_sticker(self, user_id: int, chat_id: int) -> TelegramPost:
        """Send a sticker."""
        sticker = self._keep("sticker", "sticker.webp", "image/webp", b"RIFF")
        return self._send(user_id, chat_id, sticker)

    def send_voice(self, user_id: int, chat_id: int) -> TelegramPost:
        """Send a voice note."""
        return self._send(user_id, chat_id, self._keep("voice", "voice.ogg", "audio/ogg", b"OggS"))

    def edit(self, user_id: int, post: PostRef, text: str) -> TelegramPost:
        """Change the text or caption of an own post."""
        state = self.world.state
        standing, room = self._standing(post), self._enter(user_id, post.chat_id)
        if standing.sender.user_id != user_id:
            raise PersonCannot("one can only edit one's own posts")
        edited = replace(
            standing,
            text=text if standing.text is not None else None,
            caption=text if standing.text is None else None,
            entities=read_entities(text),
            edited_at_s=int(state.now()),
        )
        state.put(edited, "edited")
        if self._is_seen(room, edited):
            self.world.updates.add("edited_message", draw_post(state, edited))
        return edited

    def expire_presses(self) -> None:
        """Make every unanswered press too old to answer."""
        for query in self.world.state.queries.values():
            if query.answer is None:
                self.world.state.queries[query.query_id] = replace(query, is_expired=True)

    def _write(
        self, user_id: int, chat_id: int, text: str, *, reply_to: int | None, topic_id: int | None
    ) -> TelegramPost:
        room = self._enter(user_id, chat_id)
        user = self.world.state.users[user_id]
        draft = self._draft(user, room, text=text, reply_to=reply_to, topic_id=topic_id)
        return self._deliver(room, self.world.state.put(draft, "posted"))

    def _keep(self, kind: FileKind, name: str, mime_type: str, data: bytes) -> TelegramFile:
        return self.world.state.files.keep(kind, name=name, mime_type=mime_type, data=data)

    def _send(self, user_id: int, chat_id: int, kept: TelegramFile, caption: str = "") -> TelegramPost:
        room = self._enter(user_id, chat_id)
        draft = self._draft(self.world.state.users[user_id], room, caption=caption)
        return self._deliver(room, self.world.state.put(replace(draft, attachment=kept), "posted"))

    def _draft(
        self,
        user: TelegramUser,
        room: ChatRoom,
        *,
        text: str | None = None,
        caption: str = "",
        reply_to: int | None = None,
        topic_id: int | None = None,
    ) -> TelegramPost:
        if reply_to is not None and reply_to in room.posts:
            topic_id = topic_id or room.posts[reply_to].topic_id
        return TelegramPost(
            ref=PostRef(room.chat_id, self.world.state.next_message_id(room.chat_id)),
            sender=user,
            sent_at_s=int(self.world.state.now()),
            text=text,
            caption=caption or None,
            entities=read_entities(text or caption),
            reply_to=reply_to,
            topic_id=topic_id,
        )

    def _deliver(self, room: ChatRoom, post: TelegramPost) -> TelegramPost:
        if self._is_seen(room, post):
            self.world.updates.add("message", draw_post(self.world.state, post))
        return post

    def _is_seen(self, room: ChatRoom, post: TelegramPost) -> bool:
        if room.kind == "private" or room.bot_is_admin:
            return True
        bot = self.world.state.bot
        is_mentioned = f"@{bot.username}".lower() in post.words.lower()
        replied = room.posts.get(post.reply_to or 0)
        is_reply = replied is not None and replied.sender == bot
        return is_mentioned or is_reply or post.words.startswith("/")

    def _enter(self, user_id: int, chat_id: int) -> ChatRoom:
        state = self.world.state
        if user_id not in state.users:
            raise PersonCannot(f"there is no person {user_id}")
        if chat_id == user_id:
            state.open_private(state.users[user_id])
        room = state.chats.get(chat_id)
        if room is None or user_id not in room.member_ids:
            raise PersonCannot(f"person {user_id} is not in chat {chat_id}")
        return room

    def _standing(self, post: PostRef) -> TelegramPost:
        try:
            return self.world.state.post(post)
        except KeyError:
            raise PersonCannot(f"there is no post {post}") from None


def _find_key(post: TelegramPost, *, data: str | None, label: str | None) -> Key:
    for key in post.keys:
        if (data is not None and key.callback_data == data) or (label is not None and key.label == label):
            return key
    offered = ", ".join(key.label for key in post.keys) or "none"
    raise PersonCannot(f"there is no button {label or data!r} on post {post.ref}; it has: {offered}")


def _split(text: str) -> list[str]:
    parts, part = [], ""
    for character in text:
        if utf16_length(part) + utf16_length(character) > TEXT_LIMIT:
            parts.append(part)
            part = ""
        part += character
    return [*parts, part]
