"""Where a job reaches people: an owner's own chats, and the approvers' cards of a request."""

import contextlib

from bot.chat import Actor, Reply
from bot.domain.approval import ApprovalRequest
from bot.domain.conversation import Address, Placement, Post, View
from bot.domain.ids import CampaignId, MemberId
from bot.engine.context import JobContext
from bot.engine.once import send_once
from bot.errors import Unreachable
from bot.store import UnitOfWork


async def chats_of(context: JobContext, member_id: MemberId) -> tuple[Address, ...]:
    """List a person's direct chats, most recently used first; open one where the platform lets us."""
    async with context.store.reading() as uow:
        used = await uow.conversations.direct_of(member_id)
        member = await uow.members.get(member_id)
    known = tuple(address for address in used if address.platform in context.platforms)
    if known or member is None:
        return known
    opened: list[Address] = []
    for account in member.accounts:
        if platform := context.platforms.get(account.platform):
            with contextlib.suppress(Unreachable):
                opened.append(await platform.direct_address(Actor(user_id=account.user_id), account.workspace))
    return tuple(opened)


async def threads_of(context: JobContext, uow: UnitOfWork, campaign_id: CampaignId) -> tuple[Address, ...]:
    """List the threads under the owner's cards, for an owner without a chat of their own."""
    cards = await uow.placements.of_campaign(campaign_id)
    return tuple(thread for card in cards if card.view is View.OWNER and (thread := thread_under(context, card)))


async def cards_of(uow: UnitOfWork, request: ApprovalRequest) -> tuple[Placement, ...]:
    """List the approvers' cards that stand for a request and have been posted."""
    cards = await uow.placements.of_campaign(request.campaign_id)
    return tuple(card for card in cards if card.request_id == request.id and card.post_id)


def thread_under(context: JobContext, card: Placement) -> Address | None:
    """Give the place for talk under a posted card; None when its platform is not running."""
    platform = context.platforms.get(card.address.platform)
    if platform is None or not card.post_id:
        return None
    return platform.thread_of(Post(address=card.address, post_id=card.post_id))


async def tell(context: JobContext, member_id: MemberId, reply: Reply, *, key: str) -> bool:
    """Post something to a person once, in the first of their chats that is open; False when none is."""
    for address in await chats_of(context, member_id):
        with contextlib.suppress(Unreachable):
            await post_once(context, address, reply, key=key)
            return True
    return False


async def post_once(context: JobContext, address: Address, reply: Reply, *, key: str) -> None:
    """Post something to a place once."""

    async def send() -> str:
        await context.platforms[address.platform].post(address, reply)
        return ""

    await send_once(context.store, key, send)
