"""Who and where: members, their accounts and roles, invitations, places, conversations, what each is doing."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Integer, String, Table

from bot.domain.focus import Focus, Pending
from bot.domain.location import Location
from bot.domain.member import Membership
from bot.store.columns import Instant, Kept, key, word
from bot.store.tables.metadata import metadata

members = Table("members", metadata, key("brand"), key("id"), word("name"), word("locale"))

accounts = Table(
    "accounts",
    metadata,
    key("brand"),
    key("platform"),
    key("workspace"),
    key("user_id"),
    word("member_id"),
    ForeignKeyConstraint(["brand", "member_id"], ["members.brand", "members.id"], ondelete="CASCADE"),
    Index(None, "brand", "member_id"),
)

memberships = Table(
    "memberships",
    metadata,
    key("brand"),
    key("member_id"),
    key("role"),
    key("location_id"),  # empty: not bound to one outlet
    key("territory_id"),  # empty: not bound to one area
    ForeignKeyConstraint(["brand", "member_id"], ["members.brand", "members.id"], ondelete="CASCADE"),
)

codes = Table(
    "codes",
    metadata,
    key("brand"),
    key("code_hash"),
    Column("member_id", String),
    Column("membership", Kept(Membership)),
    word("issued_by"),
    Column("expires_at", Instant, nullable=False),
    Column("redeemed_at", Instant),
)

territories = Table(
    "territories",
    metadata,
    key("brand"),
    key("id"),
    word("name"),
    Column("parent_id", String),
    word("locale"),
    Column("position", Integer, nullable=False),
)

locations = Table(
    "locations",
    metadata,
    key("brand"),
    key("id"),
    Column("data", Kept[Location](Location), nullable=False),
    Column("position", Integer, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    key("brand"),
    key("platform"),
    key("workspace"),
    key("conversation_id"),
    Column("is_direct", Boolean, nullable=False),
    Column("territory_id", String),
    Index(None, "brand", "territory_id"),
)

direct_chats = Table(
    "direct_chats",
    metadata,
    key("brand"),
    key("member_id"),
    key("platform"),
    key("workspace"),
    key("conversation_id"),
    Column("used_at", Instant, nullable=False),
    ForeignKeyConstraint(["brand", "member_id"], ["members.brand", "members.id"], ondelete="CASCADE"),
)

foci = Table(
    "foci",
    metadata,
    key("brand"),
    key("member_id"),
    key("platform"),
    key("workspace"),
    key("conversation_id"),
    Column("data", Kept[Focus](Focus), nullable=False),
    ForeignKeyConstraint(["brand", "member_id"], ["members.brand", "members.id"], ondelete="CASCADE"),
)

pendings = Table(
    "pendings",
    metadata,
    key("brand"),
    key("id"),
    Column("data", Kept[Pending](Pending), nullable=False),
    Column("is_used", Boolean, nullable=False, default=False),
    Column("created_at", Instant, nullable=False),
)
