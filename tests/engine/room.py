"""A room for jobs: what their tests put in and look at."""

from dataclasses import dataclass, field

from bot.domain.approval import ApprovalRequest
from bot.domain.campaign import Campaign, Delivery, State
from bot.domain.conversation import Address, Placement, View
from bot.domain.ids import CampaignId, Digest, LocationId, MemberId, PlacementId, RequestId, TerritoryId
from bot.domain.policy import Clocks, Stage
from bot.engine.context import JobContext
from bot.store import Store
from bot.testing import CorePlatform, InlineEngine, TestClock

OWNER_CHAT = Address(platform="telegram", workspace="7", conversation_id="D-maria")
CHANNEL = Address(platform="slack", workspace="T0", conversation_id="C-north", is_direct=False)


@dataclass
class Room:
    """What the tests of jobs look at."""

    context: JobContext
    store: Store
    clock: TestClock
    engine: InlineEngine
    telegram: CorePlatform
    slack: CorePlatform
    redrawn: list[CampaignId] = field(default_factory=list)

    async def campaign(self) -> Campaign:
        """Read the one campaign."""
        async with self.store.reading() as uow:
            return await uow.campaigns.load(CampaignId("c1"))

    async def request(self) -> ApprovalRequest:
        """Read the one request."""
        async with self.store.reading() as uow:
            found = await uow.requests.get(RequestId("q1"))
        assert found
        return found

    async def submit(self, *, clocks: Clocks | None = None) -> ApprovalRequest:
        """Put a submitted campaign of Maria's with its request and both cards into the store."""
        draft, request = _draft(self), _request(self, clocks or Clocks())
        async with self.store.writing() as uow:
            await uow.campaigns.add(draft)
            await uow.campaigns.save(draft.submit(request.id, by=draft.author_id, at=self.clock.now()))
            await uow.requests.add(request)
            await uow.placements.add(_card(self, "k1", OWNER_CHAT, View.OWNER))
            await uow.placements.add(_card(self, "k2", CHANNEL, View.APPROVER))
            await uow.placements.mark(PlacementId("k2"), 2, (), "card-1")
            await uow.conversations.note_direct(draft.author_id, OWNER_CHAT, self.clock.now())
            await uow.commit()
        return request

    async def approve(self) -> Campaign:
        """Put an approved campaign, whose originals are due, into the store."""
        await self.submit()
        approved = (await self.campaign()).decide(State.APPROVED, by=MemberId("sam"), at=self.clock.now())
        assert approved.delivery is Delivery.UNDERWAY
        async with self.store.writing() as uow:
            await uow.campaigns.save(approved)
            await uow.commit()
        return approved


def _draft(room: Room) -> Campaign:
    template = room.context.book().templates["weekend-offer"].ref
    maria, now = MemberId("maria"), room.clock.now()
    return Campaign(
        id=CampaignId("c1"), location_id=LocationId("old-mill"), template=template, author_id=maria,
        last_editor_id=maria, changed_by=maria, created_at=now, changed_at=now,
    )  # fmt: skip


def _request(room: Room, clocks: Clocks) -> ApprovalRequest:
    digest = Digest("0" * 64)
    return ApprovalRequest(
        id=RequestId("q1"), campaign_id=CampaignId("c1"), location_id=LocationId("old-mill"),
        territory_id=TerritoryId("springfield"), revision=2, asked_by=MemberId("maria"), asked_at=room.clock.now(),
        barred=(MemberId("maria"),), lane="standard", stages=(Stage(),), clocks=clocks,
        template=room.context.book().templates["weekend-offer"].ref, policy_version=digest, values_digest=digest,
        brand_version=room.context.book().brand.version,
    )  # fmt: skip


def _card(room: Room, placement_id: str, address: Address, view: View) -> Placement:
    return Placement(
        id=PlacementId(placement_id), campaign_id=CampaignId("c1"), address=address, view=view, locale="en",
        request_id=RequestId("q1") if view is View.APPROVER else None, created_at=room.clock.now(),
    )  # fmt: skip
