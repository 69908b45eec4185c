"""Posts what turns owe: replies where the person spoke, and words to others in their own chats.

Called by bot/answer.py after the commit; what could not be posted for now stays owed and is tried again by the sweep.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from bot.chat import Actor, Incoming, Owed, Reply, Say
from bot.crash import crash_point
from bot.dialog.words import Words
from bot.domain.conversation import Address
from bot.domain.ids import MemberId
from bot.errors import TryLater, Unreachable
from bot.ports import Platform
from bot.store import Store

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Replies:
    """The way out of a turn."""

    store: Store
    platforms: Mapping[str, Platform]
    words: Words

    async def post(self, incoming: Incoming, owed: tuple[Owed, ...]) -> None:
        """Post everything that one event owes, in order, and note it."""
        if not owed:
            return
        try:
            for one in owed:
                await self._post_one(incoming, one)
        except TryLater as pause:
            log.info("reply.paused", event=incoming.event_id, reason=pause.reason)
            return
        except Exception:
            log.exception("reply.failed", event=incoming.event_id)
        crash_point("after_post_before_posted")
        async with self.store.writing() as uow:
            await uow.inbox.posted(incoming.event_id)
            await uow.commit()

    async def _post_one(self, incoming: Incoming, owed: Owed) -> None:
        if owed.to_member is None and owed.to_address is None:
            await self._post_here(incoming, owed.reply)
            return
        for address in [owed.to_address] if owed.to_address else await self._direct(owed.to_member):
            try:
                await self.platforms[address.platform].post(address, owed.reply)
            except Unreachable:
                log.warning("reply.unreachable", platform=address.platform)
            else:
                return

    async def _post_here(self, incoming: Incoming, reply: Reply) -> None:
        """Answer where the person spoke; who cannot be told privately is asked to open a chat."""
        here = incoming.address
        platform = self.platforms[here.platform]
        try:
            await platform.post(here, reply, cause=incoming)
        except Unreachable:
            if here.is_direct or not getattr(reply, "is_private", False):
                raise
            await platform.post(here, Say(text=self.words.text("errors.open_chat", incoming.actor.language)))

    async def _direct(self, member_id: MemberId | None) -> list[Address]:
        """List where a member can be told something: chats they used, else chats we may open."""
        async with self.store.reading() as uow:
            used = await uow.conversations.direct_of(MemberId(member_id or ""))
            member = await uow.members.get(MemberId(member_id or ""))
        known = [at for at in used if at.platform in self.platforms]
        if known or member is None:
            return known
        opened: list[Address] = []
        for account in member.accounts:
            if platform := self.platforms.get(account.platform):
                with contextlib.suppress(Unreachable):
                    opened.append(await platform.direct_address(Actor(user_id=account.user_id), account.workspace))
        return opened
