"""What came in, what went out, and the log that nobody may change."""

from collections.abc import Mapping

from pydantic import JsonValue
from sqlalchemy import Boolean, Column, Index, Integer, String, Table

from bot.chat import Incoming, Owed
from bot.store.columns import Instant, Kept, key, word
from bot.store.tables.metadata import metadata

inbox = Table(
    "inbox",
    metadata,
    key("brand"),
    key("event_id"),
    word("state"),
    Column("received_at", Instant, nullable=False),
    Column("incoming", Kept[Incoming](Incoming), nullable=False),
    Column("owed", Kept(tuple[Owed, ...])),
    Column("is_owing", Boolean, nullable=False, default=False),
    Column("done_at", Instant),
    word("reason", ""),
    Column("claimed_by", String),
    Column("claimed_until", Instant),
    Index(None, "brand", "state", "received_at", "event_id"),
    Index(None, "brand", "is_owing", "received_at"),
)

deliveries = Table("deliveries", metadata, key("brand"), key("key"), word("state"), word("post_id", ""))

jobs = Table(
    "jobs",
    metadata,
    key("brand"),
    key("key"),
    Column("attempts", Integer, nullable=False),
    Column("is_cancelled", Boolean, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    key("brand"),
    Column("number", Integer, primary_key=True, autoincrement=False),
    word("what"),
    word("subject"),
    Column("member_id", String),
    Column("at", Instant, nullable=False),
    Column("facts", Kept(Mapping[str, JsonValue]), nullable=False),
    word("digest"),  # over the digest before and everything in this row
)

audit_heads = Table("audit_heads", metadata, key("brand"), Column("number", Integer, nullable=False), word("digest"))

executors = Table("executors", metadata, key("brand"), key("id"), Column("beat_at", Instant, nullable=False))
