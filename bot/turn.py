"""What one handler may use: the person, the conversation, the unit of work, the brand book, words and ports.

`bot/answer.py` makes a Turn for every event; handlers in handlers/ take it and return a Reply.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime

from pydantic import JsonValue

from bot.brandbook import BrandBook
from bot.chat import Action, Button, Incoming, Option, Owed, Reply, Text
from bot.dialog.words import Words
from bot.domain.campaign import Campaign, State
from bot.domain.conversation import Address, Placement, Post, View
from bot.domain.draft import Draft
from bot.domain.event import AuditEvent
from bot.domain.finding import Finding
from bot.domain.focus import Asked, Choice, Focus, Pending
from bot.domain.ids import CampaignId, MemberId, PendingId, PlacementId, RequestId, new_id
from bot.domain.location import Location, Places
from bot.domain.member import Member, Membership, Permission
from bot.domain.reading import Reading
from bot.errors import NotAllowed, Stale, WrongState
from bot.guardrails import check
from bot.ports import Capabilities, Engine, Platform, Renderer, Writer
from bot.renditions import Renditions
from bot.store import Media, UnitOfWork

ASKED = frozenset({State.SUBMITTED, State.APPROVED})
"""States whose request no longer counts once the campaign changes."""


@dataclass(frozen=True)
class Scene:
    """What is known before the write transaction: for preparations that fetch, render or ask a model."""

    incoming: Incoming
    member: Member
    focus: Focus
    book: BrandBook
    places: Places
    words: Words
    now: datetime
    words_typed: str
    action: Action | None
    reading: Callable[[], AbstractAsyncContextManager[UnitOfWork]]
    platform: Platform
    renderer: Renderer
    renditions: Renditions
    writer: Writer
    media: Media
    load_book: Callable[[], BrandBook]
    """Read the brand files anew (a blocking call; raises BrandErrors)."""

    def reading_at(self, location: Location) -> Reading:
        """Give a location's surroundings on its own civil day."""
        return Reading.now_at(location, self.now, self.book.brand.link_hosts)

    async def draft(self) -> Draft | None:
        """Load the draft that the press or the focus names; None when the person has none such."""
        named = self.action.subject if self.action else ""
        campaign_id = CampaignId(named) if named.startswith("c") else self.focus.campaign_id
        async with self.reading() as uow:
            campaign = await uow.campaigns.get(campaign_id, self.member, self.places) if campaign_id else None
            template = await uow.templates.load(campaign.template) if campaign else None
        if campaign is None or template is None:
            return None
        location = self.places.location(campaign.location_id)
        return Draft.compose(template, location, self.places, campaign.values, reading=self.reading_at(location))


@dataclass
class Turn:
    """One event being answered inside one write transaction."""

    incoming: Incoming
    member: Member
    focus: Focus
    uow: UnitOfWork
    book: BrandBook
    places: Places
    words: Words
    now: datetime
    capabilities: Capabilities
    engine: Engine
    thread_of: Callable[[Post], Address]
    """Name the place under a card, as its platform does."""
    typed: str = ""
    """Typed words, a command's words after its name, or a caption."""
    action: Action | None = None
    prepared: object = None
    owed: list[Owed] = field(default_factory=list)
    redraws: set[CampaignId] = field(default_factory=set)
    new_book: BrandBook | None = None
    """Set by `/glocal reload`: takes effect after the commit."""

    # ------------------------------------------------------------ words

    @property
    def language(self) -> str:
        """Give the language of the bot's words to this person."""
        return self.member.locale

    def text(self, key: str, /, **facts: object) -> Text:
        """Say it in the person's language, with parts."""
        return self.words.text(key, self.language, **facts)

    def line(self, key: str, /, **facts: object) -> str:
        """Say it in the person's language, as plain characters (labels, hints)."""
        return self.words.line(key, self.language, **facts)

    def button(
        self,
        key: str,
        verb: str,
        campaign: Campaign | None = None,
        index: int | None = None,
        *,
        subject: str = "",
        style: str = "plain",
        opens_form: bool = False,
        **facts: object,
    ) -> Button:
        """Make a button on a campaign at its present revision (or on another subject)."""
        action = Action(
            verb=verb,
            subject=subject or (campaign.id if campaign else ""),
            revision=campaign.revision if campaign else 0,
            index=index,
        )
        return Button.model_validate(
            {"label": self.line(key, **facts), "action": str(action), "style": style, "opens_form": opens_form}
        )

    # ------------------------------------------------------------ campaigns

    async def campaign(self, permission: Permission = Permission.FILL) -> Campaign:
        """Load the campaign that the press, the pending command or the focus names; authorise it afresh."""
        campaign_id = await self._named_campaign()
        if not campaign_id:
            raise WrongState("nothing_open")
        campaign = await self.uow.campaigns.get(campaign_id, self.member, self.places)
        if campaign is None:
            raise NotAllowed("not_your_campaign")
        self.require(permission, self.places.location(campaign.location_id))
        return campaign

    async def _named_campaign(self) -> CampaignId | None:
        subject = self.action.subject if self.action else ""
        if subject.startswith("c"):
            return CampaignId(subject)
        if subject.startswith("p"):
            pending = await self.uow.pendings.get(PendingId(subject))
            return pending.campaign_id if pending else None
        if subject.startswith("q"):
            request = await self.uow.requests.get(RequestId(subject))
            return request.campaign_id if request else None
        return self.focus.campaign_id

    def require(self, permission: Permission, location: Location | None = None) -> None:
        """Raise NotAllowed unless the member holds the permission (at the location)."""
        if not self.member.may(permission, location, self.places):
            raise NotAllowed(f"needs_{permission}")

    def require_governing(self, membership: Membership) -> None:
        """Raise NotAllowed unless the member steers everywhere that a role counts."""
        self.require(Permission.STEER)
        if not self.member.governs(membership, self.places):
            raise NotAllowed("needs_steer_there")

    async def change(self, campaign: Campaign, *, was: Campaign | None = None) -> None:
        """Save the next revision (compare-and-set), void what it voids, log it, and owe its cards a redraw."""
        if not await self.uow.campaigns.save(campaign):
            raise Stale("changed_meanwhile")
        if was and was.state in ASKED and campaign.state in {State.DRAFT, State.WITHDRAWN}:
            await self.uow.requests.void(campaign.id)
        await self.log(f"campaign.{campaign.what}", campaign.id, revision=campaign.revision)
        self.redraws.add(campaign.id)

    async def draft(self, campaign: Campaign) -> Draft:
        """Put a campaign's template version, place and values together."""
        template = await self.uow.templates.load(campaign.template)
        location = self.places.location(campaign.location_id)
        return Draft.compose(template, location, self.places, campaign.values, reading=self.reading(location))

    def reading(self, location: Location) -> Reading:
        """Give the location's surroundings on its own civil day."""
        return Reading.now_at(location, self.now, self.book.brand.link_hosts)

    def findings(self, draft: Draft, *, only: Collection[str] | None = None) -> tuple[Finding, ...]:
        """Run the guardrails in force, in the person's language; `only` names the slots to look at."""
        return check(draft, self.book.policies, self.language, only=only)

    # ------------------------------------------------------------ what the person is doing

    async def focus_on(
        self, campaign_id: CampaignId | None, asked: Asked | None = None, *, is_tour: bool | None = None
    ) -> None:
        """Note the active campaign and the open question in this conversation."""
        tour = self.focus.is_tour if is_tour is None else is_tour
        step = {"campaign_id": campaign_id, "asked": asked, "is_tour": tour}
        self.focus = self.focus.model_copy(update=step)
        await self.uow.focus.put(self.focus)

    async def offer(
        self, verb: str, choices: Iterable[Mapping[str, JsonValue]], campaign: Campaign | None = None
    ) -> Pending:
        """Keep choices so that buttons `verb:<pending>:<revision>:<index>` can stand for them."""
        pending = Pending(
            id=PendingId(new_id("p")),
            verb=verb,
            member_id=self.member.id,
            campaign_id=campaign.id if campaign else None,
            revision=campaign.revision if campaign else 0,
            choices=tuple(Choice(arguments=choice) for choice in choices),
            created_at=self.now,
        )
        await self.uow.pendings.add(pending)
        return pending

    async def pending(self) -> Pending:
        """Load the pending command that was pressed; only its own person may use it."""
        found = await self.uow.pendings.get(PendingId(self.action.subject)) if self.action else None
        if found is None:
            raise Stale("choice_gone")
        if self.action and found.verb != self.action.verb:
            raise Stale("choice_gone")
        if found.member_id != self.member.id:
            raise NotAllowed("not_your_button")
        return found

    async def chosen(self) -> Mapping[str, JsonValue]:
        """Give the arguments of the choice that was pressed."""
        pending = await self.pending()
        index = (self.action.index if self.action else None) or 0
        if index >= len(pending.choices):
            raise Stale("choice_gone")
        return pending.choices[index].arguments

    async def use_up(self) -> Mapping[str, JsonValue]:
        """Give the arguments of a choice that counts once; the second press of it is told so."""
        arguments = await self.chosen()
        if not await self.uow.pendings.use((await self.pending()).id):
            raise WrongState("done_already")
        return arguments

    def options(self, pending: Pending, labels: Iterable[str]) -> tuple[Option, ...]:
        """Give one option for each kept choice, named by its label."""
        return tuple(
            Option(
                title=label,
                button=self.button("buttons.answer", pending.verb, None, index, subject=pending.id, label=label),
            )
            for index, label in enumerate(labels)
        )

    # ------------------------------------------------------------ cards, posts, log

    async def place(self, campaign: Campaign, view: View, address: Address, *, locale: str,
                    request_id: RequestId | None = None, member_id: MemberId | None = None) -> Placement:  # fmt: skip
        """Owe a new copy of the campaign's card to a conversation; drawn after the commit."""
        placement = Placement(
            id=PlacementId(new_id("k")), campaign_id=campaign.id, address=address, view=view, locale=locale,
            request_id=request_id, created_at=self.now, member_id=member_id,
        )  # fmt: skip
        await self.uow.placements.add(placement)
        self.redraws.add(campaign.id)
        return placement

    def tell(self, member_id: MemberId, reply: Reply) -> None:
        """Owe a reply to another member, in their own direct chat."""
        self.owed.append(Owed(reply=reply, to_member=member_id))

    def tell_at(self, address: Address, reply: Reply) -> None:
        """Owe a reply to a place."""
        self.owed.append(Owed(reply=reply, to_address=address))

    async def log(self, what: str, subject: str, **facts: JsonValue) -> None:
        """Append to the audit log."""
        await self.uow.audit.append(
            AuditEvent(what=what, subject=subject, member_id=self.member.id or None, at=self.now, facts=facts)
        )

    def speaking_to(self, member: Member) -> "Turn":
        """Give the same turn with another person's language (for replies told to them)."""
        return replace(self, member=member)

    @property
    def here(self) -> Address:
        """Give the conversation, without its thread."""
        return self.incoming.address.model_copy(update={"thread_id": ""})

    def post_at(self, post_id: str) -> Post:
        """Name a post of this conversation."""
        return Post(address=self.incoming.address, post_id=post_id)
