"""The few nouns that the store's tests are about."""

from datetime import UTC, datetime

from bot.domain.approval import ApprovalRequest, Decision, Outcome
from bot.domain.campaign import Campaign
from bot.domain.conversation import Address, Placement, View
from bot.domain.ids import CampaignId, Digest, LocationId, MemberId, PlacementId, RequestId, TerritoryId
from bot.domain.location import Location
from bot.domain.member import Account, Member, Membership, Role
from bot.domain.policy import Stage
from bot.domain.template import TemplateRef

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TEMPLATE = TemplateRef(name="weekend-offer", version=Digest("a" * 64))
MARIA = Member(
    id=MemberId("maria"),
    name="María Núñez",
    accounts=(Account(platform="telegram", workspace="7", user_id="5"),),
    memberships=(Membership(role=Role.OWNER, location_id=LocationId("lakeside")),),
)
SAM = Member(
    id=MemberId("sam"),
    name="Sam Reed",
    accounts=(Account(platform="slack", workspace="T0", user_id="U0"),),
    memberships=(Membership(role=Role.APPROVER, territory_id=TerritoryId("north")),),
)
ANA = Member(id=MemberId("ana"), name="Ana Silva", memberships=(Membership(role=Role.ADMIN),))


def make_location(name: str, area: str) -> Location:
    """Make an outlet in one territory."""
    return Location(
        id=LocationId(name),
        name=name.title(),
        territory_ids=(TerritoryId(area),),
        locale="en-US",
        time_zone="America/Chicago",
        currency="USD",
    )


def make_campaign(campaign_id: str = "c1", *, location: str = "lakeside", author: str = "maria") -> Campaign:
    """Make a fresh draft."""
    return Campaign(
        id=CampaignId(campaign_id),
        location_id=LocationId(location),
        template=TEMPLATE,
        author_id=MemberId(author),
        last_editor_id=MemberId(author),
        changed_by=MemberId(author),
        created_at=NOW,
        changed_at=NOW,
    )


def make_request(
    campaign: Campaign, request_id: str = "q1", *, stages: tuple[Stage, ...] = (Stage(),)
) -> ApprovalRequest:
    """Make an open request for a campaign."""
    return ApprovalRequest(
        id=RequestId(request_id),
        campaign_id=campaign.id,
        location_id=campaign.location_id,
        territory_id=TerritoryId("north"),
        revision=campaign.revision,
        asked_by=campaign.author_id,
        asked_at=NOW,
        barred=(campaign.author_id,),
        lane="standard",
        stages=stages,
        template=TEMPLATE,
        policy_version=Digest("b" * 64),
        brand_version=Digest("a" * 64),
        values_digest=Digest("c" * 64),
    )


def make_decision(request: ApprovalRequest, member: str = "sam", outcome: Outcome = Outcome.APPROVE) -> Decision:
    """Make a person's answer to a request."""
    return Decision(
        request_id=request.id,
        member_id=MemberId(member),
        role=Role.APPROVER,
        outcome=outcome,
        platform="slack",
        conversation_id="C0",
        post_id="1.0",
        revision=request.revision,
        template=request.template,
        policy_version=request.policy_version,
        values_digest=request.values_digest,
        rendition_digests=(Digest("d" * 64),),
        decided_at=NOW,
    )


def make_placement(campaign: Campaign, placement_id: str = "k1", *, request: RequestId | None = None) -> Placement:
    """Make a card that has not been posted yet."""
    return Placement(
        id=PlacementId(placement_id),
        campaign_id=campaign.id,
        address=Address(platform="slack", workspace="T0", conversation_id="D0"),
        view=View.APPROVER if request else View.OWNER,
        request_id=request,
        locale="en",
        created_at=NOW,
    )
