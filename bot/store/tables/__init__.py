"""Every table of the store. Each row belongs to a brand; each primary key begins with it."""

from bot.store.tables.campaigns import campaigns, decisions, placements, requests, revisions
from bot.store.tables.metadata import metadata
from bot.store.tables.people import (
    accounts,
    codes,
    conversations,
    direct_chats,
    foci,
    locations,
    members,
    memberships,
    pendings,
    territories,
)
from bot.store.tables.traffic import audit, audit_heads, deliveries, executors, inbox, jobs
from bot.store.tables.versions import brands, policies, renditions, switches, templates

__all__ = [
    "accounts",
    "audit",
    "audit_heads",
    "brands",
    "campaigns",
    "codes",
    "conversations",
    "decisions",
    "deliveries",
    "direct_chats",
    "executors",
    "foci",
    "inbox",
    "jobs",
    "locations",
    "members",
    "memberships",
    "metadata",
    "pendings",
    "placements",
    "policies",
    "renditions",
    "requests",
    "revisions",
    "switches",
    "templates",
    "territories",
]
