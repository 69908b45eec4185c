"""Campaigns with every revision, requests with their decisions, and the cards that show them."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Integer, String, Table, text

from bot.domain.approval import ApprovalRequest, Decision
from bot.domain.campaign import Campaign
from bot.domain.ids import Digest
from bot.store.columns import Instant, Kept, key, word
from bot.store.tables.metadata import metadata

campaigns = Table(
    "campaigns",
    metadata,
    key("brand"),
    key("id"),
    word("location_id"),
    word("author_id"),
    word("template_name"),
    word("state"),
    Column("revision", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("data", Kept[Campaign](Campaign), nullable=False),
    Index(None, "brand", "location_id", "created_at"),
    Index(None, "brand", "author_id", "state"),
    Index(None, "brand", "location_id", "state"),
)

revisions = Table(
    "revisions",
    metadata,
    key("brand"),
    key("campaign_id"),
    Column("revision", Integer, primary_key=True),
    Column("data", Kept[Campaign](Campaign), nullable=False),
    ForeignKeyConstraint(["brand", "campaign_id"], ["campaigns.brand", "campaigns.id"]),
)

requests = Table(
    "requests",
    metadata,
    key("brand"),
    key("id"),
    word("campaign_id"),
    word("location_id"),
    word("state"),
    Column("stage", Integer, nullable=False),
    Column("decision_count", Integer, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("data", Kept[ApprovalRequest](ApprovalRequest), nullable=False),  # without its decisions
    ForeignKeyConstraint(["brand", "campaign_id"], ["campaigns.brand", "campaigns.id"]),
    Index(None, "brand", "state", "asked_at", "id"),
    Index(None, "brand", "campaign_id"),
)

decisions = Table(
    "decisions",
    metadata,
    key("brand"),
    key("request_id"),
    Column("number", Integer, primary_key=True),
    word("member_id"),
    Column("data", Kept[Decision](Decision), nullable=False),
    ForeignKeyConstraint(["brand", "request_id"], ["requests.brand", "requests.id"]),
)

placements = Table(
    "placements",
    metadata,
    key("brand"),
    key("id"),
    word("campaign_id"),
    word("platform"),
    word("workspace"),
    word("conversation_id"),
    word("thread_id"),
    Column("is_direct", Boolean, nullable=False),
    word("view"),
    word("locale"),
    Column("request_id", String),
    word("post_id"),
    word("format"),
    Column("shown_revision", Integer, nullable=False),
    Column("wanted_revision", Integer, nullable=False),  # the campaign's; -1 once retired
    Column("shown_digests", Kept(tuple[Digest, ...]), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("member_id", String),
    Column("is_retired", Boolean, nullable=False, default=False),
    Column("claimed_by", String),
    Column("claimed_until", Instant),
    ForeignKeyConstraint(["brand", "campaign_id"], ["campaigns.brand", "campaigns.id"]),
    Index(None, "brand", "campaign_id"),
    Index("ix_placements_post", "brand", "platform", "workspace", "conversation_id", "post_id"),
    Index(
        "ix_placements_behind",
        "brand",
        "created_at",
        sqlite_where=text("shown_revision < wanted_revision"),
        postgresql_where=text("shown_revision < wanted_revision"),
    ),
)
