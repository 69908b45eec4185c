"""What a Slack pane shows of one person: their conversations with threads, and the modal in front."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.playground.slack_json import JsonObject, objects_at
from bot.playground.slack_state import HeldFile, Modal, Place, Post, Workspace
from bot.testing.people import Person

EMOJI_TO_PICK = ("white_check_mark", "eyes", "+1", "x")


@dataclass(frozen=True)
class SlackPost:
    """One post as a pane draws it."""

    post: Post
    author: str
    is_bot: bool
    is_mine: bool
    files: tuple[HeldFile, ...]
    replies: tuple["SlackPost", ...] = ()

    @property
    def key(self) -> str:
        """Name the post in the page."""
        return f"{self.post.channel}-{self.post.ts.replace('.', '-')}"


@dataclass(frozen=True)
class SlackPlace:
    """One conversation."""

    place: Place
    title: str
    posts: tuple[SlackPost, ...]


@dataclass(frozen=True)
class SlackView:
    """A whole pane."""

    person: Person
    places: tuple[SlackPlace, ...]
    modal: Modal | None
    names: Mapping[str, str]

    def blocks(self) -> list[JsonObject]:
        """Give the blocks of the modal in front."""
        return objects_at(self.modal.view, "blocks") if self.modal else []


def look(workspace: Workspace, person: Person) -> SlackView:
    """Gather what a person sees: channels first, then the direct conversation."""
    inside = [place for place in workspace.places.values() if person.user_id in place.members]
    ordered = sorted(inside, key=lambda place: place.is_direct)
    modals = workspace.modals_of(person.user_id)
    return SlackView(
        person=person,
        places=tuple(_place(workspace, place, person.user_id) for place in ordered),
        modal=modals[-1] if modals else None,
        names={user.id: user.real_name for user in workspace.people.values()},
    )


def _place(workspace: Workspace, place: Place, user: str) -> SlackPlace:
    posts = workspace.seen_by(user, place.id)
    roots = [post for post in posts if not post.thread_ts or post.thread_ts == post.ts]
    known = {post.ts for post in roots}
    alone = [post for post in posts if post.thread_ts and post.thread_ts not in known]
    drawn = tuple(
        _post(workspace, post, user, [reply for reply in posts if reply.thread_ts == post.ts and reply is not post])
        for post in sorted((*roots, *alone), key=lambda post: post.ts)
    )
    return SlackPlace(place, "Glocal" if place.is_direct else place.name, drawn)


def _post(workspace: Workspace, post: Post, user: str, replies: list[Post]) -> SlackPost:
    author = workspace.people[post.user]
    return SlackPost(
        post=post,
        author=author.real_name,
        is_bot=author.is_bot,
        is_mine=post.user == user,
        files=tuple(workspace.files[file_id] for file_id in post.files),
        replies=tuple(_post(workspace, reply, user, []) for reply in replies),
    )
