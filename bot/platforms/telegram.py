"""Telegram as a chat platform: updates become Incoming, replies and cards become posts.

`bot/app.py` builds it; the drawing is in `telegram_markup`, the reading in `telegram_intake`, the road in
`telegram_transport`. Telegram has no forms and no ephemeral posts: questions come one by one, and what is private is
the answer to a press or goes to the direct chat.
"""

from collections.abc import Awaitable, Callable, Mapping

from telegram import Update

from bot.chat import Actor, Card, FileRef, Incoming, Pressed, Reply
from bot.domain.conversation import Address, Post
from bot.errors import Unreachable
from bot.platforms.telegram_calls import Caller
from bot.platforms.telegram_files import Pictures, fetch
from bot.platforms.telegram_intake import Intake, Ourselves
from bot.platforms.telegram_markup import draw_card, draw_reply, summarise
from bot.platforms.telegram_pace import Pace, Rates
from bot.platforms.telegram_posting import Poster, Spot
from bot.platforms.telegram_presses import Presses, shortened
from bot.platforms.telegram_threads import NAME, Chains, draw_thread, read_thread
from bot.platforms.telegram_transport import Transport, Webhook
from bot.ports import Capabilities, Clock, Document
from bot.store import Media

Record = Callable[[Incoming], Awaitable[bool]]


class TelegramPlatform:
    """The port Platform on Telegram; polled, unless there is a webhook to be called at."""

    name = NAME
    capabilities = Capabilities(has_forms=False, has_private_posts=False, has_threads=True)

    def __init__(
        self,
        token: str,
        *,
        media: Media,
        record: Record,
        clock: Clock,
        base_url: str = "https://api.telegram.org",
        webhook: Webhook | None = None,
        rates: Rates | None = None,
    ) -> None:
        self._workspace = token.partition(":")[0]
        self._record = record
        self._clock = clock
        self._transport = Transport(token=token, base_url=base_url, take_in=self.take_in, webhook=webhook)
        self._bot = self._transport.bot
        self._chains = Chains()
        self._presses = Presses()
        self._caller = Caller(Pace(rates or Rates()))
        self._poster = Poster(bot=self._bot, caller=self._caller, pictures=Pictures(media), chains=self._chains)

    # ------------------------------------------------------------ the road

    async def start(self, *, listens: bool = True) -> None:
        """Connect and take updates in (unless another process listens); without a network, keep trying.

        Raises:
            Misconfigured: Telegram refuses the token.
        """
        await self._transport.start(listens=listens)

    async def stop_intake(self) -> None:
        """Take no more updates in; posting still works."""
        await self._transport.stop_intake()

    async def close(self) -> None:
        """Disconnect."""
        await self._presses.close()
        await self._transport.close()

    async def receive(self, body: bytes, secret: str) -> int:
        """Take in one webhook call (`secret`: its X-Telegram-Bot-Api-Secret-Token) and give the HTTP status."""
        return await self._transport.receive(body, secret)

    async def offer_commands(self, menus: Mapping[str, Mapping[str, str]]) -> None:
        """Set the menu of commands: language (empty: everybody else) -> command -> description."""
        for language, commands in menus.items():
            await self._caller.ask(self._bot.set_my_commands(tuple(commands.items()), language_code=language or None))

    async def take_in(self, update: Update) -> None:
        """Write an update's inbox rows; a press is then answered by its turn, or with nothing after a while."""
        intake = Intake(Ourselves(self._bot.id, self._bot.username), self._chains)
        for incoming in intake.read(update, received_at=self._clock.now()):
            is_new = await self._record(incoming)
            if is_new and incoming.query_id:
                self._presses.open(self._bot, incoming.query_id)

    # ------------------------------------------------------------ the port

    async def post(self, to: Address, reply: Reply, *, cause: Incoming | None = None) -> None:
        """Draw a reply and post it; a press is answered first."""
        is_private = getattr(reply, "is_private", False)
        if is_private and cause is not None:
            await self._post_privately(reply, cause)
            return
        if cause is not None and cause.query_id:
            await self._presses.answer(self._bot, cause.query_id, summarise(reply) if reply.kind == "quiet" else "")
        spot = _spot(to, cause)
        message_id = await self._poster.post(spot, draw_reply(reply))
        if reply.kind == "ask" and cause is not None and not to.is_direct:
            self._chains.ask(spot.chat_id, int(cause.actor.user_id), spot.reply_to or message_id)

    async def place(self, to: Address, card: Card) -> Post:
        """Post a card; with several pictures an album goes before it."""
        spot = _spot(to, None)
        message_id = await self._poster.place(spot, draw_card(card))
        moved = str(self._caller.where(spot.chat_id))
        return Post(address=to.model_copy(update={"conversation_id": moved}), post_id=str(message_id))

    async def redraw(self, post: Post, card: Card) -> None:
        """Edit a card's post: words and buttons, and its picture where it has one."""
        await self._poster.redraw(_spot(post.address, None), int(post.post_id), draw_card(card))

    async def post_document(self, to: Address, document: Document) -> str:
        """Send an original as a file, so that Telegram does not recompress it."""
        return str(await self._poster.post_document(_spot(to, None), document))

    async def fetch(self, file: FileRef) -> bytes:
        """Load a person's file, at most 20 MB."""
        return await fetch(self._bot, self._caller, file)

    async def direct_address(self, actor: Actor, workspace: str) -> Address:
        """Give the private chat with a person, if they have opened it."""
        if workspace != self._workspace or not actor.user_id.isdecimal():
            raise Unreachable
        await self._caller.ask(self._bot.get_chat(int(actor.user_id)))
        return self._direct(actor)

    def thread_of(self, post: Post) -> Address:
        """Give the chain of replies under a post; in a private chat there is only the chat."""
        if post.address.is_direct:
            return post.address
        topic, _ = read_thread(post.address)
        return post.address.model_copy(update={"thread_id": draw_thread(topic, int(post.post_id))})

    def _direct(self, actor: Actor) -> Address:
        return Address(platform=NAME, workspace=self._workspace, conversation_id=actor.user_id)

    async def _post_privately(self, reply: Reply, cause: Incoming) -> None:
        """Answer the press when the words fit and need no button, else write to the direct chat."""
        words, has_buttons = summarise(reply).strip(), bool(getattr(reply, "rows", ()))
        fits = bool(words) and not has_buttons and shortened(words) == words
        if cause.query_id and fits and await self._presses.answer(self._bot, cause.query_id, words):
            return
        try:
            await self._poster.post(_spot(self._direct(cause.actor), None), draw_reply(reply))
        except Unreachable:
            if not (cause.query_id and await self._presses.answer(self._bot, cause.query_id, shortened(words))):
                raise
        else:
            if cause.query_id:
                await self._presses.answer(self._bot, cause.query_id)


def _spot(to: Address, cause: Incoming | None) -> Spot:
    """Say where a post goes; in a group an answer to a press hangs under the card that was pressed."""
    topic, root = read_thread(to)
    if cause is not None and isinstance(cause.content, Pressed) and not to.is_direct:
        root = root or int(cause.content.post_id)
    return Spot(chat_id=int(to.conversation_id), topic=topic, reply_to=root, is_direct=to.is_direct)
