"""The Slack platform: what it can do for the core, behind the port `Platform`.

`bot/app.py` starts it and mounts its routes; the listeners of `slack_listeners` feed the inbox, the
answerer calls `post`, and the redrawing of cards calls `place` and `redraw`.
"""

import secrets
from dataclasses import dataclass

import aiohttp
import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat import (
    Actor,
    Button,
    Card,
    Done,
    FileRef,
    Form,
    Incoming,
    ListOut,
    OpenForm,
    Pressed,
    Refuse,
    Reply,
    Say,
)
from bot.domain.conversation import Address, Post
from bot.errors import TryLater, Unreachable
from bot.platforms.slack_blocks import Drawing, FileIds, draw_card, draw_reply, pictures_of
from bot.platforms.slack_calls import translated
from bot.platforms.slack_files import SlackFiles
from bot.platforms.slack_intake import NAME, is_on_private_post
from bot.platforms.slack_listeners import Record, build_app
from bot.platforms.slack_manifest import EVENTS_PATH
from bot.platforms.slack_modal_answers import answer_in_modal, form_of
from bot.platforms.slack_posting import Posting
from bot.platforms.slack_socket import SocketIntake
from bot.platforms.slack_windows import Windows
from bot.ports import Capabilities, Clock, Document
from bot.store import Media

PATHS = (EVENTS_PATH, "/slack/commands", "/slack/interactive")
CALL_TIMEOUT_S = 30

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Running:
    """What lives from start to close."""

    session: aiohttp.ClientSession
    client: AsyncWebClient
    app: AsyncApp
    files: SlackFiles
    posting: Posting
    windows: Windows


class SlackPlatform:
    """Slack through slack-bolt's `AsyncApp` and one `AsyncWebClient`.

    With an app-level token events come in by Socket Mode, and no public address is needed. `record`
    writes the inbox row and wakes the answerer; when it raises, Slack is not acknowledged.
    """

    name = NAME
    capabilities = Capabilities(has_forms=True, has_private_posts=True, has_threads=True)

    def __init__(
        self,
        token: str,
        signing_secret: str,
        *,
        media: Media,
        record: Record,
        clock: Clock,
        base_url: str = "https://slack.com/api/",
        app_token: str = "",
    ) -> None:
        self._token = token
        self._signing_secret = signing_secret or secrets.token_hex(32)  # without one no HTTP request is Slack's
        self._media = media
        self._record = record
        self._clock = clock
        self._base_url = base_url
        self._app_token = app_token
        self._direct: dict[tuple[str, str], str] = {}
        self._now: _Running | None = None
        self._socket: SocketIntake | None = None

    async def start(self, *, listens: bool = True) -> None:
        """Open the one HTTP session and check the token; a process that does not listen opens no socket.

        Raises:
            Misconfigured: Slack refuses the token.
        """
        session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_TIMEOUT_S))
        client = AsyncWebClient(
            token=self._token,
            base_url=self._base_url,
            session=session,
            retry_handlers=[
                AsyncConnectionErrorRetryHandler(max_retry_count=1),
                AsyncRateLimitErrorRetryHandler(max_retry_count=1),
            ],
        )
        files, windows = SlackFiles(client, session, self._media), Windows(client)
        app = build_app(
            client,
            signing_secret=self._signing_secret,
            record=self._record,
            windows=windows,
            clock=self._clock,
        )
        posting = Posting(client, session, files=files, media=self._media)
        self._now = _Running(session, client, app, files, posting, windows)
        await self._check_token()
        if self._app_token and listens:
            self._socket = SocketIntake(app, self._app_token, session=session, base_url=self._base_url)
            self._socket.start()

    async def stop_intake(self) -> None:
        """Take nothing in by socket any more; what is under way may still be answered."""
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    async def close(self) -> None:
        """Close the socket and the HTTP session."""
        await self.stop_intake()
        if self._now is not None:
            await self._now.files.close()
            await self._now.session.close()
            self._now = None

    def routes(self) -> tuple[web.RouteDef, ...]:
        """Return what to mount on the one port."""
        return tuple(web.post(path, self._serve) for path in PATHS)

    async def post(self, to: Address, reply: Reply, *, cause: Incoming | None = None) -> None:
        """Draw a reply: in the modal it answers, privately, or for everybody in the conversation."""
        if cause is not None and form_of(cause) and await self._fill_modal(reply, cause):
            return
        if isinstance(reply, OpenForm):
            await self._offer_form(to, reply.form, cause)
            return
        if draw_reply(reply, {}) is not None:
            await self._say(to, reply, cause=cause)
        if cause is not None and is_on_private_post(cause) and not _is_private(reply):
            await self._running.posting.take_away(cause, now=self._clock.now())

    async def place(self, to: Address, card: Card) -> Post:
        """Post a card; pictures Slack does not show in it follow in its thread."""
        posting = self._running.posting
        posted = await posting.post(to, lambda ids: draw_card(card, ids), card.pictures)
        post = Post(address=to, post_id=posted.ts)
        unseen = [picture for picture in card.pictures if picture.digest not in posted.shown]
        await posting.share(self.thread_of(post), unseen)
        return post

    async def redraw(self, post: Post, card: Card) -> None:
        """Bring a card up to date."""
        await self._running.posting.update(post.address, post.post_id, lambda ids: draw_card(card, ids), card.pictures)

    async def post_document(self, to: Address, document: Document) -> str:
        """Share an original as a file."""
        return await self._running.files.share(to, document)

    async def fetch(self, file: FileRef) -> bytes:
        """Load a person's file."""
        return await self._running.files.fetch(file)

    async def direct_address(self, actor: Actor, workspace: str) -> Address:
        """Open the direct conversation with a person."""
        key = (workspace, actor.user_id)
        if key not in self._direct:
            with translated():
                answer = await self._running.client.conversations_open(users=actor.user_id)
            self._direct[key] = str((answer.get("channel") or {})["id"])
        return Address(platform=NAME, workspace=workspace, conversation_id=self._direct[key])

    def thread_of(self, post: Post) -> Address:
        """Give the thread under a post."""
        thread_id = post.address.thread_id or post.post_id
        return post.address.model_copy(update={"thread_id": thread_id})

    @property
    def _running(self) -> _Running:
        if self._now is None:
            raise TryLater(detail="Slack is not started")
        return self._now

    async def _check_token(self) -> None:
        try:
            with translated():
                await self._running.client.auth_test()
        except TryLater as failure:
            log.warning("slack_not_reached", failure=str(failure))

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        if not (stamp.isascii() and stamp.isdigit()):  # the SDK's verifier would raise
            return web.Response(status=401, text="unsigned")
        answer = await self._running.app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    async def _say(self, to: Address, reply: Reply, *, cause: Incoming | None) -> None:
        def draw(ids: FileIds) -> Drawing:
            return draw_reply(reply, ids) or Drawing("…", [])

        posting, pictures = self._running.posting, pictures_of(reply)
        if _is_private(reply) and cause is not None and not to.is_direct:
            await posting.whisper(to, draw, cause=cause, now=self._clock.now(), pictures=pictures)
            return
        try:
            await posting.post(to, draw, pictures)
        except Unreachable:
            if cause is None:
                raise
            await posting.respond(draw({}), cause=cause, now=self._clock.now())

    async def _fill_modal(self, reply: Reply, cause: Incoming) -> bool:
        """Answer in the modal; False when there is something left to say in the conversation."""
        answer = answer_in_modal(reply, cause)
        was_seen = await self._running.windows.fill(form_of(cause), answer.content)
        return answer.says_all and (was_seen or not answer.must_be_seen)

    async def _offer_form(self, to: Address, form: Form, cause: Incoming | None) -> None:
        """Where no modal could be opened, a button opens one at the next press."""
        action = cause.content.action if cause and isinstance(cause.content, Pressed) else form.action
        again = Button(label=form.title, action=action, opens_form=True)
        words = form.intro or (form.title,)
        await self._say(to, Say(text=words, rows=((again,),), is_private=True), cause=cause)


def _is_private(reply: Reply) -> bool:
    return isinstance(reply, Say | Refuse | Done | ListOut) and reply.is_private
