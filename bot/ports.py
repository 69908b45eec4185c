"""What the core needs from outside, on one page: platforms, renderer, writer, engine, clock, channels.

Concrete parts live one floor up and are joined in bot/app.py; tests join fakes.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from pydantic import Field

from bot.chat import Actor, Card, FileRef, Incoming, Reply
from bot.domain.approval import ApprovalRequest
from bot.domain.brand import Brand
from bot.domain.campaign import Campaign
from bot.domain.conversation import Address, Post
from bot.domain.draft import Draft
from bot.domain.frozen import Frozen
from bot.domain.rendition import Kind, Photo, Rendition

if TYPE_CHECKING:
    from bot.store import UnitOfWork


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """Give the instant, UTC-aware."""
        ...


class Capabilities(Frozen):
    """What a platform can do; handlers ask this, never its name."""

    has_forms: bool
    has_private_posts: bool
    """Ephemeral posts in shared conversations."""
    has_threads: bool


class Document(Frozen):
    """A file to hand over in full quality."""

    name: str
    media_type: str
    data: bytes
    caption: str = ""


class Platform(Protocol):
    """One chat platform. Every call raises Unreachable, RateLimited or TryLater when it cannot."""

    name: str
    capabilities: Capabilities

    async def post(self, to: Address, reply: Reply, *, cause: Incoming | None = None) -> None:
        """Draw a reply. `cause` is the event it answers: private replies, toasts and open forms need it."""
        ...

    async def place(self, to: Address, card: Card) -> Post:
        """Post a card for the first time; its thread is where its talk belongs."""
        ...

    async def redraw(self, post: Post, card: Card) -> None:
        """Bring a posted card up to date; raises PostGone when it cannot be edited any more."""
        ...

    async def post_document(self, to: Address, document: Document) -> str:
        """Hand over an original as a file; give the post id."""
        ...

    async def fetch(self, file: FileRef) -> bytes:
        """Load a person's file, at most 20 MB; raises PhotoRefused(`too_large`)."""
        ...

    async def direct_address(self, actor: Actor, workspace: str) -> Address:
        """Give the one-to-one chat with a person; raises Unreachable when they never opened it (Telegram)."""
        ...

    def thread_of(self, post: Post) -> Address:
        """Give the address under a card: Slack's thread, Telegram's reply chain."""
        ...


class RenderJob(Frozen):
    """One picture to make. The same job gives the same bytes."""

    brand: Brand
    draft: Draft
    format: str
    kind: Kind = Kind.PREVIEW
    marks_unconfirmed: bool = True
    """Draw unconfirmed values marked (previews of drafts)."""


class Bar(Frozen):
    """One bar of a chart; `parts` are (name, count) in drawing order."""

    label: str
    parts: tuple[tuple[str, int], ...]


class Chart(Frozen):
    """A stacked bar chart in the brand's colours."""

    title: str
    bars: tuple[Bar, ...]
    legend: Mapping[str, str] = Field(default_factory=dict)
    """Part name -> words."""


class Renderer(Protocol):
    """Makes pictures; work happens in child processes."""

    async def render(self, job: RenderJob) -> tuple[Rendition, bytes]:
        """Draw one format of a draft: JPEG preview or PNG original."""
        ...

    async def ingest(self, data: bytes) -> tuple[Photo, bytes]:
        """Check, orient, strip and re-encode a person's picture; raises PhotoRefused."""
        ...

    async def chart(self, brand: Brand, chart: Chart) -> tuple[Rendition, bytes]:
        """Draw a chart as PNG."""
        ...


class Job(Frozen):
    """Durable work: `name` is a key of the table of jobs, `key` makes it happen once."""

    name: str
    key: str
    """Deterministic: `<request>:remind:1`; lower case, digits, dash, underscore, colon."""
    arguments: Mapping[str, str] = Field(default_factory=dict)

    @classmethod
    def deliver(cls, campaign: Campaign) -> "Job":
        """Hand the originals of an approved campaign to its owner; once per approval or "Send again"."""
        return cls(
            name="deliver", key=f"{campaign.id}:deliver:{campaign.revision}", arguments={"campaign_id": campaign.id}
        )

    @classmethod
    def remind(cls, request: ApprovalRequest, number: int = 1) -> "Job":
        """Tell the approvers that a request still waits; the job schedules the next reminder itself."""
        arguments = {"request_id": request.id, "number": str(number)}
        return cls(name="remind", key=f"{request.id}:remind:{number}", arguments=arguments)

    @classmethod
    def time_out(cls, request: ApprovalRequest) -> "Job":
        """Do what the lane says when a request's time is up: escalate or expire."""
        return cls(name="time_out", key=f"{request.id}:time-out", arguments={"request_id": request.id})


class Engine(Protocol):
    """Durable work, committed with the turn that causes it."""

    async def enqueue(self, uow: "UnitOfWork", job: Job) -> None:
        """Start soon after the commit; the same key starts nothing twice."""
        ...

    async def schedule_at(self, uow: "UnitOfWork", job: Job, at: datetime) -> None:
        """Start at an instant; the job checks the state when it fires."""
        ...

    async def cancel(self, uow: "UnitOfWork", key: str) -> None:
        """Forget scheduled work; nothing happens when it has run or never was."""
        ...


class Suggestion(Frozen):
    """What a writer is asked for: one text slot of a draft."""

    draft: Draft
    slot: str
    tone: str = ""
    count: int = 3


class Writer(Protocol):
    """Suggests texts; the template's own examples when no model is configured."""

    async def suggest(self, wish: Suggestion) -> tuple[str, ...]:
        """Give up to `count` texts, best first; never raises for a slow or failing model."""
        ...
