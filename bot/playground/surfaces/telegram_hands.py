"""A person at the Telegram double: types, presses, reacts, sends photos and stickers, edits."""

from collections.abc import Mapping, Sequence

from bot.playground.surfaces.hands import newest
from bot.playground.surfaces.telegram_sight import drawings_of, see_answer, see_post
from bot.playground.telegram_double import TelegramDouble
from bot.playground.telegram_state import TelegramPost
from bot.testing.people import Person, Seen

SAME_EMOJI = {"white_check_mark": "👌"}
"""What people put instead of a reaction that Telegram does not have."""


class TelegramHands:
    """Acts on Telegram; `groups`: territory -> the group of its requests."""

    def __init__(self, double: TelegramDouble, groups: Mapping[str, int]) -> None:
        self._double = double
        self._people = double.people
        self._state = double.state
        self._groups = groups

    async def says(self, who: Person, text: str, *, where: str) -> None:
        """Type words; in a group the bot only hears commands, mentions and replies."""
        me = int(who.user_id)
        if where == "direct":
            self._people.say(me, me, text)
        elif where == "thread":
            card = self._shared_card(who)
            self._people.say(me, card.ref.chat_id, text, reply_to=card.ref.message_id)
        else:
            called = text if text.startswith("/") else f"@{self._state.bot.username} {text}"
            self._people.say(me, self._group(who), called)

    async def presses(self, who: Person, label: str, *, drawing: int) -> None:
        """Press a button of the newest post that has it."""
        for post in reversed(self._posts(who)):
            drawings = drawings_of(self._double.traffic, post)
            data = drawings[drawing].find(label) if -len(drawings) <= drawing < len(drawings) else None
            if data:
                self._people.press_data(int(who.user_id), post.ref, data)
                return
        known = [list(seen.buttons) for seen in self.seen_by(who)][-4:]
        raise LookupError(f"{who.name} sees no button {label!r}, only {known}")

    async def reacts(self, who: Person, emoji: str) -> None:
        """Put an emoji on the newest shared card."""
        self._people.react(int(who.user_id), self._shared_card(who).ref, SAME_EMOJI.get(emoji, emoji))

    async def uploads(self, who: Person, name: str, data: bytes, caption: str) -> None:
        """Send a picture as a photo where a client can, else as a file."""
        me = int(who.user_id)
        self._people.send_photo(me, me, name, data, caption)

    async def fills(self, who: Person, values: dict[str, str]) -> None:
        """Telegram has no forms: the one answer is typed."""
        if len(values) != 1:
            raise LookupError(f"{who.name} has no form on Telegram")
        await self.says(who, next(iter(values.values())), where="direct")

    async def edits(self, who: Person, text: str) -> None:
        """Change the words of the last own post."""
        me = int(who.user_id)
        mine = newest(self._posts(who), lambda post: post.sender.user_id == me, f"{who.name} has posted nothing")
        self._people.edit(me, mine.ref, text)

    async def sends(self, who: Person, what: str) -> None:
        """Send a sticker or a voice note."""
        me = int(who.user_id)
        send = {"sticker": self._people.send_sticker, "voice": self._people.send_voice}[what]
        send(me, me)

    def seen_by(self, who: Person) -> Sequence[Seen]:
        """List what stands in the private chat and the group, and the toasts that came up."""
        me = int(who.user_id)
        posts = [see_post(self._double.traffic, post, me) for post in self._posts(who)]
        return [*posts, *(see_answer(query) for query in self._state.answers_to(me) if query.answer)]

    def _group(self, who: Person) -> int:
        return self._groups[who.territory_id]

    def _posts(self, who: Person) -> list[TelegramPost]:
        """List direct posts and the group's, in the order they came."""
        me = int(who.user_id)
        rooms = [me, *([self._group(who)] if who.territory_id in self._groups else [])]
        found = [post for room in rooms if room in self._state.chats for post in self._state.chats[room].posts.values()]
        return sorted(found, key=self._first_seen)

    def _first_seen(self, post: TelegramPost) -> int:
        for number, change in self._state.changes.since(0):
            if (change.chat_id, change.message_id) == (post.ref.chat_id, post.ref.message_id):
                return number
        return 0

    def _shared_card(self, who: Person) -> TelegramPost:
        def is_card(post: TelegramPost) -> bool:
            return any(drawing.is_card for drawing in drawings_of(self._double.traffic, post))

        posts = self._state.chats[self._group(who)].posts.values()
        return newest(posts, is_card, f"no card stands in {who.name}'s shared conversation")
