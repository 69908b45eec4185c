"""One turn on one page, from inbox row to reply: lock, identify, route, prepare, authorise, run, commit, post, redraw.

Platforms call `record`; the row is the promise, the task only keeps it. Open rows are taken up at start.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakValueDictionary

import structlog

from bot.brandbook import BrandBook
from bot.chat import Commanded, Incoming, Owed, Pressed, Quiet, Reply, Say, ShowCard
from bot.crash import crash_point
from bot.dialog.words import Words
from bot.domain.conversation import View
from bot.domain.ids import MemberId
from bot.domain.member import Account, Member
from bot.errors import GlocalError, NotAllowed, Stale, UnknownPerson
from bot.excuses import apologise, refuse
from bot.placing import adopt_copy, refresh_copy
from bot.ports import Clock, Engine, Platform, Renderer, Writer
from bot.redraw import Redrawer
from bot.renditions import Renditions
from bot.replies import Replies
from bot.router import Intents, Match, Router, read_intents
from bot.store import Media, Store, UnitOfWork
from bot.turn import Scene, Turn

log = structlog.get_logger(__name__)


@dataclass
class Answerer:
    """Answers events; many conversations side by side, one turn at a time in each."""

    store: Store
    media: Media
    platforms: Mapping[str, Platform]
    renderer: Renderer
    renditions: Renditions
    writer: Writer
    engine: Engine
    redrawer: Redrawer
    clock: Clock
    words: Words
    router: Router
    book: Callable[[], BrandBook]
    load_book: Callable[[], BrandBook]
    take_book: Callable[[BrandBook], None]
    name: str = "one"
    intents: Intents = field(init=False)
    replies: Replies = field(init=False)
    _locks: "WeakValueDictionary[tuple[str, str, str], asyncio.Lock]" = field(
        init=False, default_factory=WeakValueDictionary
    )
    _tasks: set[asyncio.Task[None]] = field(init=False, default_factory=set)
    _underway: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.intents = read_intents(self.words.phrases("intents"))
        self.replies = Replies(store=self.store, platforms=self.platforms, words=self.words)

    # ------------------------------------------------------------ taking events in

    async def record(self, incoming: Incoming) -> bool:
        """Commit the inbox row and start the turn; False when the event was here before."""
        async with self.store.writing() as uow:
            is_new = await uow.inbox.record(incoming)
            await uow.commit()
        crash_point("after_record_before_ack")
        if is_new:
            self._start(incoming)
        return is_new

    async def take_up(self, *, older_than: datetime | None = None, limit: int = 200) -> None:
        """Answer events that a stopped process left open, and post replies that are still owed."""
        async with self.store.reading() as uow:
            waiting = await uow.inbox.open(limit, older_than=older_than)
            owing = await uow.inbox.owed(limit, older_than=older_than)
        for incoming, owed in owing:
            if incoming.event_id not in self._underway:
                await self.replies.post(incoming, owed)
        for incoming in waiting:
            self._start(incoming)

    async def settle(self) -> None:
        """Wait until every turn underway is answered and drawn."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.redrawer.settle()

    async def stop(self) -> None:
        """Let turns finish that are underway."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, incoming: Incoming) -> None:
        if incoming.event_id in self._underway:
            return
        self._underway.add(incoming.event_id)
        task = asyncio.create_task(self.answer(incoming), name=f"turn {incoming.event_id}")
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        task.add_done_callback(lambda _: self._underway.discard(incoming.event_id))

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("turn.lost", task=task.get_name(), exc_info=error)

    # ------------------------------------------------------------ one turn

    async def answer(self, incoming: Incoming) -> None:
        """Carry out one event exactly once and post what it owes."""
        at = incoming.address
        lock = self._locks.setdefault((at.platform, at.workspace, at.conversation_id), asyncio.Lock())
        async with lock:
            try:
                owed = await self._turn(incoming)
            except GlocalError as error:
                owed = await self._close(incoming, error)
            except Exception as error:
                log.exception("turn.failed", event_id=incoming.event_id)
                owed = await self._close(incoming, error)
            await self.replies.post(incoming, owed)

    async def _turn(self, incoming: Incoming, prepared: object = None) -> tuple[Owed, ...]:
        async with self.store.writing() as uow:
            if not await uow.inbox.claim(incoming.event_id, self.name, self.clock.now()):
                return ()
            turn, match = await self._open(uow, incoming)
            if match and match.route.prepare and prepared is None:
                self._authorise(turn, match)
                scene = self._scene(turn)
            else:
                turn.prepared = prepared
                reply = await self._run(turn, match) if match else Quiet()
                owed = await self._owe(turn, reply)
                crash_point("before_commit")
                await uow.inbox.done(incoming.event_id, owed, turn.now)
                await uow.commit()
                return self._committed(turn, owed)
        result = await match.route.prepare(scene)
        return await self._turn(incoming, result if result is not None else ())

    async def _open(self, uow: UnitOfWork, incoming: Incoming) -> tuple[Turn, Match | None]:
        account = Account(
            platform=incoming.address.platform, workspace=incoming.address.workspace, user_id=incoming.actor.user_id
        )
        member = await uow.members.by_account(account) or self._stranger(incoming)
        turn = Turn(
            incoming=incoming,
            member=member,
            focus=await uow.focus.get(member.id, incoming.address),
            uow=uow,
            book=self.book(),
            places=await uow.places.load(),
            words=self.words,
            now=self.clock.now(),
            capabilities=self.platforms[incoming.address.platform].capabilities,
            engine=self.engine,
            thread_of=lambda post: self.platforms[post.address.platform].thread_of(post),
        )
        match = self.router.choose(incoming, turn.focus, self.intents)
        if match:
            turn.typed, turn.action = match.words, match.action
        return turn, match

    def _stranger(self, incoming: Incoming) -> Member:
        language = incoming.actor.language.split("-")[0]
        known = language if language in self.words.languages else self.words.languages[0]
        return Member(id=MemberId(""), name=incoming.actor.name, locale=known)

    def _authorise(self, turn: Turn, match: Match) -> None:
        if match.route.is_for_strangers:
            return
        if not turn.member.id:
            raise UnknownPerson
        if not turn.member.may(match.route.needs):
            raise NotAllowed(f"needs_{match.route.needs}")

    async def _run(self, turn: Turn, match: Match) -> Reply:
        if not turn.member.id and not match.route.is_for_strangers and not is_addressed(turn.incoming):
            return Quiet()
        self._authorise(turn, match)
        if turn.member.id and turn.incoming.address.is_direct:
            await turn.uow.conversations.note_direct(turn.member.id, turn.here, turn.now)
        if turn.action and turn.action.is_on_card:
            await adopt_copy(turn)
        if match.route.is_bound and turn.action:
            await self._require_present(turn)
        return await match.route.handle(turn)

    async def _require_present(self, turn: Turn) -> None:
        campaign = await turn.campaign()
        if turn.action and turn.action.revision != campaign.revision:
            changed_by = await turn.uow.members.get(campaign.changed_by)
            raise Stale(
                what=turn.line(f"words.what_{campaign.what}"),
                name=changed_by.name if changed_by else turn.line("words.headquarters"),
            )

    async def _owe(self, turn: Turn, reply: Reply) -> tuple[Owed, ...]:
        if isinstance(reply, ShowCard):
            campaign = await turn.uow.campaigns.load(reply.campaign_id)
            member_id = turn.member.id
            await turn.place(campaign, View.OWNER, turn.here, locale=turn.language, member_id=member_id)
            reply = Say(text=reply.text, rows=reply.rows) if reply.text else Quiet()
        return (Owed(reply=reply), *turn.owed)

    def _committed(self, turn: Turn, owed: tuple[Owed, ...]) -> tuple[Owed, ...]:
        crash_point("after_commit_before_post")
        if turn.new_book:
            self.take_book(turn.new_book)
        for campaign_id in turn.redraws:
            self.redrawer.wake(campaign_id)
        return owed

    async def _close(self, incoming: Incoming, error: Exception) -> tuple[Owed, ...]:
        """Answer a turn that came to nothing: its changes are rolled back, the event is done."""
        async with self.store.writing() as uow:
            turn, _ = await self._open(uow, incoming)
            if turn.member.id and turn.action and turn.action.is_on_card:
                await adopt_copy(turn)  # what the turn adopted was rolled back with it
            if isinstance(error, Stale):
                await refresh_copy(turn)
            reply = refuse(turn, error) if isinstance(error, GlocalError) else apologise(turn)
            owed = (Owed(reply=reply),)
            await uow.inbox.done(incoming.event_id, owed, turn.now)
            await uow.commit()
        return self._committed(turn, owed)

    def _scene(self, turn: Turn) -> Scene:
        return Scene(
            incoming=turn.incoming, member=turn.member, focus=turn.focus, book=turn.book, places=turn.places,
            words=self.words, now=turn.now, words_typed=turn.typed, action=turn.action, reading=self.store.reading,
            platform=self.platforms[turn.incoming.address.platform], renderer=self.renderer,
            renditions=self.renditions, writer=self.writer, media=self.media, load_book=self.load_book,
        )  # fmt: skip


def is_addressed(incoming: Incoming) -> bool:
    """Tell whether somebody speaks to the bot, and not only where the bot can hear it."""
    return incoming.address.is_direct or isinstance(incoming.content, (Pressed, Commanded))
