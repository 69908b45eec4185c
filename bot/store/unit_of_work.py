"""One transaction with every repository in it. Opened by Store.writing and Store.reading; handlers use it as turn.uow.

`commit` is one visible line in bot/answer.py; without it everything is rolled back.
"""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.crash import crash_point
from bot.store.audit import AuditRepository
from bot.store.campaigns import CampaignRepository
from bot.store.codes import CodeRepository
from bot.store.conversations import ConversationRepository
from bot.store.deliveries import DeliveryRepository
from bot.store.executors import ExecutorRepository
from bot.store.focus import FocusRepository
from bot.store.inbox import InboxRepository
from bot.store.jobs import JobRepository
from bot.store.members import MemberRepository
from bot.store.pendings import PendingRepository
from bot.store.placements import PlacementRepository
from bot.store.places import PlaceRepository
from bot.store.renditions import RenditionRepository
from bot.store.requests import RequestRepository
from bot.store.switches import SwitchRepository
from bot.store.templates import KeptVersions, TemplateRepository

T = TypeVar("T")


class UnitOfWork:
    """All aggregates of one brand as one transaction sees them."""

    def __init__(self, connection: AsyncConnection, *, brand: str, is_writing: bool, kept: KeptVersions) -> None:
        self._connection = connection
        self.is_writing = is_writing
        self.members = MemberRepository(connection, brand=brand, is_writing=is_writing)
        self.places = PlaceRepository(connection, brand=brand, is_writing=is_writing)
        self.conversations = ConversationRepository(connection, brand=brand, is_writing=is_writing)
        self.campaigns = CampaignRepository(connection, brand=brand, is_writing=is_writing)
        self.requests = RequestRepository(connection, brand=brand, is_writing=is_writing)
        self.placements = PlacementRepository(connection, brand=brand, is_writing=is_writing)
        self.inbox = InboxRepository(connection, brand=brand, is_writing=is_writing)
        self.focus = FocusRepository(connection, brand=brand, is_writing=is_writing)
        self.pendings = PendingRepository(connection, brand=brand, is_writing=is_writing)
        self.codes = CodeRepository(connection, brand=brand, is_writing=is_writing)
        self.templates = TemplateRepository(connection, brand=brand, is_writing=is_writing, kept=kept)
        self.switches = SwitchRepository(connection, brand=brand, is_writing=is_writing)
        self.renditions = RenditionRepository(connection, brand=brand, is_writing=is_writing)
        self.deliveries = DeliveryRepository(connection, brand=brand, is_writing=is_writing)
        self.jobs = JobRepository(connection, brand=brand, is_writing=is_writing)
        self.audit = AuditRepository(connection, brand=brand, is_writing=is_writing)
        self.executors = ExecutorRepository(connection, brand=brand, is_writing=is_writing)

    async def commit(self) -> None:
        """Write the audit log's new rows, then make everything permanent at once."""
        await self.audit.write()
        crash_point("before_store_commit")
        await self._connection.commit()
        crash_point("after_store_commit")

    async def run_sync(self, act: Callable[[Connection], T]) -> T:
        """Let the engine write its jobs inside this transaction, through a synchronous connection."""
        return await self._connection.run_sync(act)
