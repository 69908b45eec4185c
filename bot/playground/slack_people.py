"""What people do in the double's Slack: say, press, react, command, upload, edit, fill a modal.

The driver, the panes and the tests act through this class. Each act changes what everybody sees and
tells the bot in the way Slack would; what a person could not do in Slack raises `CannotDo`.
"""

from bot.playground.slack_call import Call
from bot.playground.slack_chat import announce, announce_edit
from bot.playground.slack_controls import Control, controls_of
from bot.playground.slack_events import Ack, Sender
from bot.playground.slack_forms import CannotDo, Forms
from bot.playground.slack_json import Json, JsonObject, read, text_at
from bot.playground.slack_shapes import post_json
from bot.playground.slack_state import HeldFile, Modal, Place, Post, fresh_id
from bot.playground.slack_typing import encode


class People:
    """The acting side of one workspace."""

    def __init__(self, call: Call, sender: Sender) -> None:
        self._call = call
        self._workspace = call.workspace
        self._sender = sender
        self._forms = Forms(call, sender)

    def say(self, user: str, channel: str, text: str, *, thread_ts: str | None = None) -> Post:
        """Type into a channel, a direct conversation or a thread."""
        place = self._place(user, channel)
        if not text.strip():
            raise CannotDo("nothing to send")
        typed = encode(text)
        post = Post(place.id, self._workspace.next_ts(), user, typed.text, typed.blocks, thread_ts=thread_ts)
        self._workspace.add_post(post)
        announce(self._call, post)
        self._mention(post)
        return post

    def upload(
        self,
        user: str,
        channel: str,
        name: str,
        data: bytes,
        *,
        comment: str = "",
        thread_ts: str | None = None,
    ) -> Post:
        """Send a file with an optional comment."""
        place = self._place(user, channel)
        held = HeldFile(fresh_id("F"), name, name, user, len(data), data, state="ready")
        self._workspace.files[held.id] = held
        post = Post(
            place.id,
            self._workspace.next_ts(),
            user,
            encode(comment).text,
            encode(comment).blocks,
            thread_ts=thread_ts,
            files=[held.id],
        )
        held.shares.append((place.id, post.ts))
        self._workspace.add_post(post)
        body = post_json(self._workspace, post)
        more: JsonObject = {"subtype": "file_share", "channel": place.id, "event_ts": post.ts}
        self._call.emit({**body, **more})
        return post

    def edit(self, user: str, post: Post, text: str) -> None:
        """Edit one's own post."""
        if post.user != user:
            raise CannotDo("only the author may edit a post")
        before = post_json(self._workspace, post)
        typed = encode(text)
        post.text, post.blocks, post.edits = typed.text, typed.blocks, post.edits + 1
        self._workspace.record.note()
        announce_edit(self._call, post, before=before)

    def react(self, user: str, post: Post, emoji: str) -> None:
        """React; the emoji without colons, a skin tone as `::skin-tone-3`."""
        self._visible(user, post)
        users = post.reactions.setdefault(emoji, [])
        if user in users:
            raise CannotDo("already reacted")
        users.append(user)
        self._tell_reaction("reaction_added", user, post, emoji)

    def unreact(self, user: str, post: Post, emoji: str) -> None:
        """Take one's own reaction back."""
        if user not in post.reactions.get(emoji, []):
            raise CannotDo("no such reaction")
        post.reactions[emoji].remove(user)
        self._tell_reaction("reaction_removed", user, post, emoji)

    async def press(self, user: str, target: Post | Modal, what: str | Control) -> Ack:
        """Press a button or choose an option, named by its label, action id or value.

        A `Control` seen earlier may be pressed after the post has changed, as a slow client would.
        """
        if isinstance(target, Post):
            self._visible(user, target)
        elif target.id not in self._workspace.modals or target.user != user:
            raise CannotDo("that modal is not open")
        control = what if isinstance(what, Control) else self._named(target, what)
        return await self._forms.press(user, target, control)

    async def submit(self, user: str, modal: Modal, values: dict[str, str]) -> Ack:
        """Fill inputs (named by label, block id or action id) and submit the modal."""
        return await self._forms.submit(user, modal, values)

    def dismiss(self, user: str, modal: Modal) -> None:
        """Close a modal without submitting it."""
        if modal.user == user:
            self._workspace.modals.pop(modal.id, None)
            self._workspace.record.note()

    async def command(self, user: str, channel: str, text: str) -> Ack:
        """Type a slash command, `/glocal help`; a text in the answer is shown to the person."""
        place = self._place(user, channel)
        word, _, rest = text.partition(" ")
        secret = self._call.tickets.issue_response(user, channel=place.id, post=None)
        fields = {
            "token": "made-up",
            "team_id": self._workspace.team_id,
            "team_domain": "glocal",
            "channel_id": place.id,
            "channel_name": "directmessage" if place.is_direct else place.name,
            "user_id": user,
            "user_name": self._workspace.people[user].name,
            "command": word,
            "text": rest.strip(),
            "api_app_id": self._workspace.app_id,
            "is_enterprise_install": "false",
            "response_url": f"{self._call.base_url}/actions/{self._workspace.team_id}/{secret}",
            "trigger_id": self._call.tickets.issue_trigger(user, channel=place.id),
        }
        ack = await self._sender.command(fields)
        shown = text_at(read(ack.body), "text") or ("" if ack.body.startswith("{") else ack.body)
        if ack.is_ok and shown:
            ts = self._workspace.next_ts()
            me = self._workspace.bot.id
            self._workspace.add_post(Post(place.id, ts, me, shown, private_to=user))
        return ack

    def join(self, user: str, channel: str) -> None:
        """Come into a channel."""
        place = self._workspace.places[channel]
        if user not in place.members:
            place.members.append(user)
            self._workspace.record.note()
            event: JsonObject = {"type": "member_joined_channel", "user": user, "channel": channel}
            self._call.emit({**event, "event_ts": self._workspace.next_ts()})

    def direct(self, user: str) -> Place:
        """Return one's direct conversation with the bot."""
        return self._workspace.open_direct(user)

    def _place(self, user: str, channel: str) -> Place:
        place = self._workspace.places.get(channel)
        if place is None or user not in place.members:
            raise CannotDo(f"{user} is not in {channel}")
        return place

    def _visible(self, user: str, post: Post) -> None:
        if post.deleted or post not in self._workspace.seen_by(user, post.channel):
            raise CannotDo("that post is not visible")

    def _named(self, target: Post | Modal, name: str) -> Control:
        blocks = _blocks_of(target)
        found = [control for control in controls_of(blocks) if control.is_called(name)]
        if not found:
            there = ", ".join(control.label for control in controls_of(blocks)) or "nothing"
            raise CannotDo(f"no “{name}” to press; there is {there}")
        return found[0]

    def _mention(self, post: Post) -> None:
        if f"<@{self._workspace.bot.id}>" not in post.text:
            return
        body = post_json(self._workspace, post)
        more: JsonObject = {"type": "app_mention", "channel": post.channel, "event_ts": post.ts}
        if not self._workspace.places[post.channel].is_direct:
            self._call.emit({**body, **more})

    def _tell_reaction(self, kind: str, user: str, post: Post, emoji: str) -> None:
        self._workspace.record.note()
        item: Json = {"type": "message", "channel": post.channel, "ts": post.ts}
        self._call.emit(
            {
                "type": kind,
                "user": user,
                "reaction": emoji,
                "item": item,
                "item_user": post.user,
                "event_ts": self._workspace.next_ts(),
            }
        )


def _blocks_of(target: Post | Modal) -> list[JsonObject]:
    if isinstance(target, Post):
        return target.blocks
    listed = target.view.get("blocks")
    return [b for b in listed if isinstance(b, dict)] if isinstance(listed, list) else []
