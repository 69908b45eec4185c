"""People on the core surface: each act becomes one Incoming, answered before the call returns."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace

from bot.answer import Answerer
from bot.chat import (
    Actor,
    Commanded,
    Content,
    Edited,
    FileRef,
    Incoming,
    Pressed,
    Reacted,
    Submitted,
    Typed,
    Unsupported,
    Uploaded,
)  # fmt: skip
from bot.domain.conversation import Address
from bot.ports import Clock
from bot.testing.core import CorePlatform, CorePost, find_button
from bot.testing.people import Person, Seen

WORKSPACE = "CORE"
MENTION = "@glocal"


@dataclass
class CoreSurface:
    """The port Surface over CorePlatform."""

    answerer: Answerer
    platforms: dict[str, CorePlatform]
    clock: Clock
    settles: Callable[[], Awaitable[None]]
    channels: dict[str, tuple[str, str]]
    """Territory -> (platform, conversation id)."""
    name: str = "core"
    events: int = 0
    said: dict[str, str] = field(default_factory=dict)
    """Last words of each person."""

    async def says(self, who: Person, text: str, *, where: str = "direct") -> None:
        """Type words; an open form with one input takes them."""
        form = self.platforms[who.platform].forms.get(who.user_id)
        if form and not text.startswith("/"):
            await self.fills(who, {form.inputs[0].name: text})
            return
        self.said[who.name] = text
        if text.startswith("/glocal"):
            content: Content = Commanded(text=text.removeprefix("/glocal").strip())
            await self._happens(who, content, self._address(who, where))
            return
        asked = self.platforms[who.platform].asked
        if where == "channel" and not text.startswith(MENTION) and who.user_id not in asked:
            return  # neither platform hands a bot what people say among themselves
        asked.discard(who.user_id)
        text = text.removeprefix(MENTION).strip()
        thread = self._newest_shared_card(who).post_id if where == "thread" else ""
        address = self._address(who, where).model_copy(update={"thread_id": thread})
        await self._happens(who, Typed(text=text, reply_to=thread), address)

    async def presses(self, who: Person, label: str, *, drawing: int = -1) -> None:
        """Press the newest visible button of this label."""
        for post in reversed(self._visible(who)):
            button = find_button(post.rows[drawing], label) if -len(post.rows) <= drawing < len(post.rows) else None
            if button:
                form_id = f"F{post.post_id}" if button.opens_form and who.platform == "slack" else ""
                content = Pressed(action=button.action, post_id=post.post_id, form_id=form_id)
                await self._happens(who, content, post.address.model_copy(update={"thread_id": ""}))
                return
        known = [list(seen.buttons) for seen in self.seen_by(who)][-4:]
        message = f"{who.name} sees no button {label!r}, only {known}"
        raise LookupError(message)

    async def reacts(self, who: Person, emoji: str) -> None:
        """Put an emoji on the newest shared card."""
        post = self._newest_shared_card(who)
        await self._happens(who, Reacted(emoji=emoji, post_id=post.post_id), post.address)

    async def uploads(self, who: Person, name: str, data: bytes, caption: str = "") -> None:
        """Send a file."""
        self.platforms[who.platform].files[name] = data
        file = FileRef(file_id=name, name=name, size_bytes=len(data))
        await self._happens(who, Uploaded(file=file, caption=caption), self._address(who, "direct"))

    async def fills(self, who: Person, values: dict[str, str]) -> None:
        """Submit the open form, with what stood in the other inputs."""
        form = self.platforms[who.platform].forms.pop(who.user_id)
        kept = {one.name: one.value for one in form.inputs}
        content = Submitted(action=form.action, values={**kept, **values}, form_id="F")
        await self._happens(who, content, self._address(who, "direct"))

    async def edits(self, who: Person, text: str) -> None:
        """Change the last own post."""
        await self._happens(who, Edited(text=text, post_id="own"), self._address(who, "direct"))

    async def sends(self, who: Person, what: str) -> None:
        """Send something unreadable."""
        await self._happens(who, Unsupported(what=what), self._address(who, "direct"))

    def seen_by(self, who: Person) -> Sequence[Seen]:
        """List what is visible, oldest first."""
        return [replace(post.drawings[-1], key=f"{who.platform}:{post.post_id}") for post in self._visible(who)]

    def incoming(self, who: Person, content: Content, address: Address) -> Incoming:
        """Make the event of an act (fault tests deliver it several times)."""
        self.events += 1
        return Incoming(
            event_id=f"{who.platform}:{WORKSPACE}:{self.events}",
            actor=Actor(user_id=who.user_id, name=who.name),
            address=address,
            content=content,
            received_at=self.clock.now(),
        )

    async def _happens(self, who: Person, content: Content, address: Address) -> None:
        await self.answerer.record(self.incoming(who, content, address))
        await self.settles()

    def _address(self, who: Person, where: str) -> Address:
        if where == "direct":
            return Address(platform=who.platform, workspace=WORKSPACE, conversation_id=f"D{who.user_id}")
        platform, channel = self.channels[who.territory_id]
        return Address(platform=platform, workspace=WORKSPACE, conversation_id=channel, is_direct=False)

    def _visible(self, who: Person) -> list[CorePost]:
        mine = {f"D{who.user_id}"}
        platform, channel = self.channels.get(who.territory_id, ("", ""))
        if platform == who.platform:
            mine.add(channel)
        return [
            post
            for post in self.platforms[who.platform].posts
            if post.address.conversation_id in mine and post.only_for in {"", who.user_id}
        ]

    def _newest_shared_card(self, who: Person) -> CorePost:
        shared = [post for post in self._visible(who) if not post.address.is_direct and post.drawings[-1].is_card]
        if not shared:
            message = f"no card stands in {who.name}'s shared conversation"
            raise LookupError(message)
        return shared[-1]
