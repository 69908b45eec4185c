"""Loaded versions of headquarters' files, so that an old revision reads and renders as it did; and what they drew."""

from sqlalchemy import Boolean, Column, Date, Table

from bot.domain.brand import Brand
from bot.domain.policy import Policies
from bot.domain.rendition import Rendition
from bot.domain.template import Template
from bot.store.columns import Kept, key
from bot.store.tables.metadata import metadata

templates = Table(
    "templates",
    metadata,
    key("brand"),
    key("name"),
    key("version"),
    Column("data", Kept[Template](Template), nullable=False),
)

brands = Table("brands", metadata, key("brand"), key("version"), Column("data", Kept[Brand](Brand), nullable=False))

policies = Table(
    "policies", metadata, key("brand"), key("version"), Column("data", Kept[Policies](Policies), nullable=False)
)

switches = Table(
    "switches",
    metadata,
    key("brand"),
    key("template_name"),
    Column("is_on", Boolean, nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
)

renditions = Table(
    "renditions", metadata, key("brand"), key("key"), Column("data", Kept[Rendition](Rendition), nullable=False)
)
