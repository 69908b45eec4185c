"""A person at the Slack double: types, presses, fills modals, reacts, uploads, edits."""

from collections.abc import Mapping, Sequence

from bot.playground.slack_controls import fields_of
from bot.playground.slack_double import SlackDouble
from bot.playground.slack_forms import CannotDo
from bot.playground.slack_json import objects_at, read, text_at
from bot.playground.slack_state import Modal, Post
from bot.playground.surfaces.hands import newest
from bot.playground.surfaces.slack_sight import drawings_of, has_inputs, see_modal, see_post
from bot.testing.files import sample_file
from bot.testing.people import Person, Seen

RECORDINGS = {"voice": "voice.m4a", "sticker": "sticker.m4a"}
"""Slack has no stickers; a recording is what it has beside words and pictures."""


class SlackHands:
    """Acts on Slack; `channels`: territory -> the conversation of its requests."""

    def __init__(self, double: SlackDouble, channels: Mapping[str, str]) -> None:
        self._double = double
        self._workspace = double.workspace
        self._people = double.people
        self._channels = channels

    async def says(self, who: Person, text: str, *, where: str) -> None:
        """Type words; an open form with an input takes them."""
        modal = self._modal(who)
        if modal and has_inputs(modal) and not text.startswith("/"):
            await self._submit(who, modal, {fields_of(objects_at(modal.view, "blocks"))[0].block_id: text})
            return
        self._close(who)
        place = self._direct(who) if where == "direct" else self._shared(who)
        if text.startswith("/"):
            await self._people.command(who.user_id, place, text)
            return
        if where == "channel":
            text = f"<@{self._workspace.bot.id}> {text}"
        thread = self._shared_card(who).ts if where == "thread" else None
        self._people.say(who.user_id, place, text, thread_ts=thread)

    async def presses(self, who: Person, label: str, *, drawing: int) -> None:
        """Press a button in the open modal, or on the newest post that has it."""
        modal = self._modal(who)
        if modal and label in see_modal(modal).buttons:
            await self._people.press(who.user_id, modal, label)
            return
        self._close(who)
        for post in reversed(self._posts(who)):
            drawings = drawings_of(self._workspace.record, post)
            control = drawings[drawing].find(label) if -len(drawings) <= drawing < len(drawings) else None
            if control:
                ack = await self._people.press(who.user_id, post, control)
                if not ack.is_ok:
                    raise CannotDo(f"the press was not taken: {ack.status} {ack.problem or ack.body}")
                return
        known = [list(seen.buttons) for seen in self.seen_by(who)][-4:]
        raise LookupError(f"{who.name} sees no button {label!r}, only {known}")

    async def reacts(self, who: Person, emoji: str) -> None:
        """Put an emoji on the newest shared card."""
        self._close(who)
        self._people.react(who.user_id, self._shared_card(who), emoji)

    async def uploads(self, who: Person, name: str, data: bytes, caption: str) -> None:
        """Send a file."""
        self._close(who)
        self._people.upload(who.user_id, self._direct(who), name, data, comment=caption)

    async def fills(self, who: Person, values: dict[str, str]) -> None:
        """Submit the open form; inputs are named as the handler names them."""
        modal = self._modal(who)
        if modal is None:
            raise LookupError(f"{who.name} has no form open")
        listed = read(text_at(modal.view, "private_metadata"))
        names = listed.get("names") if isinstance(listed, dict) else None
        blocks = {str(name): f"field{at}" for at, name in enumerate(names if isinstance(names, list) else [])}
        await self._submit(who, modal, {blocks.get(name, name): words for name, words in values.items()})

    async def edits(self, who: Person, text: str) -> None:
        """Change the words of the last own post."""
        mine = newest(self._posts(who), lambda post: post.user == who.user_id, f"{who.name} has posted nothing")
        self._people.edit(who.user_id, mine, text)

    async def sends(self, who: Person, what: str) -> None:
        """Send a recording."""
        self._people.upload(who.user_id, self._direct(who), RECORDINGS[what], sample_file("empty"))

    def seen_by(self, who: Person) -> Sequence[Seen]:
        """List what stands in the direct chat and the shared conversation, and the modal in front of it."""
        posts = [see_post(self._workspace, post, who.user_id) for post in self._posts(who)]
        return [*posts, *(see_modal(modal) for modal in self._workspace.modals_of(who.user_id))]

    async def _submit(self, who: Person, modal: Modal, values: dict[str, str]) -> None:
        ack = await self._people.submit(who.user_id, modal, values)
        if not ack.is_ok:
            raise CannotDo(f"the form was not taken: {ack.status} {ack.problem or ack.body}")

    def _modal(self, who: Person) -> Modal | None:
        modals = self._workspace.modals_of(who.user_id)
        return modals[-1] if modals else None

    def _close(self, who: Person) -> None:
        for modal in self._workspace.modals_of(who.user_id):
            self._people.dismiss(who.user_id, modal)

    def _direct(self, who: Person) -> str:
        return self._people.direct(who.user_id).id

    def _shared(self, who: Person) -> str:
        return self._channels[who.territory_id]

    def _posts(self, who: Person) -> list[Post]:
        places = [self._direct(who), *([self._shared(who)] if who.territory_id in self._channels else [])]
        found = [post for place in places for post in self._workspace.seen_by(who.user_id, place)]
        return sorted(found, key=lambda post: post.ts)

    def _shared_card(self, who: Person) -> Post:
        def is_card(post: Post) -> bool:
            return any(drawing.is_card for drawing in drawings_of(self._workspace.record, post))

        posts = self._workspace.seen_by(who.user_id, self._shared(who))
        return newest(posts, is_card, f"no card stands in {who.name}'s shared conversation")
