"""The modals that stand open: loading at once, filled when the turn is done.

A submission's answer replaces its modal. If the turn ends in time it travels in the acknowledgement
itself; otherwise a loading view is acknowledged and the answer follows by `views.update`, never before
Slack has taken the loading one.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import GlocalError, TryLater
from bot.platforms.slack_blocks import Block
from bot.platforms.slack_calls import translated
from bot.platforms.slack_payload import View
from bot.platforms.slack_views import Origin, loading_view

ANSWER_WITHIN_S = 1.5
"""How long an acknowledgement waits for its turn, of the 3 s that Slack allows."""
SETTLE_S = 0.5
"""How long a loading view may take to arrive before it may be replaced."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Content:
    """What a modal shall show; `closes` when there is nothing left to say, `errors` mark its fields."""

    view: Block
    closes: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)


class Windows:
    """Opens and fills modals."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._expected: dict[str, asyncio.Future[Content]] = {}
        self._loading_since_s: dict[str, float] = {}

    async def open(self, trigger_id: str, origin: Origin) -> str:
        """Open a loading modal; empty when Slack does not let us, then the answer goes to the chat."""
        try:
            with translated():
                answer = await self._client.views_open(trigger_id=trigger_id, view=loading_view(origin))
        except GlocalError as failure:
            log.warning("slack_form_not_opened", failure=str(failure))
            return ""
        return str((answer.get("view") or {}).get("id") or "")

    @contextmanager
    def expecting(self, view: View) -> Iterator[Callable[[], Awaitable[Content]]]:
        """Wait for what comes of a submission; it is a loading view when that takes long."""
        future: asyncio.Future[Content] = asyncio.get_running_loop().create_future()
        self._expected[view.id] = future

        async def outcome() -> Content:
            await asyncio.wait({future}, timeout=ANSWER_WITHIN_S)
            if future.done():
                return future.result()
            del self._expected[view.id]
            self._loading_since_s[view.id] = time.monotonic()
            origin = Origin.load(view.private_metadata)
            return Content(loading_view(origin)) if origin else Content({}, closes=True)

        try:
            yield outcome
        finally:
            self._expected.pop(view.id, None)
            future.cancel()

    async def fill(self, form_id: str, content: Content) -> bool:
        """Show the content in a modal; False when its person has closed it.

        Raises:
            TryLater: Slack did not take it.
        """
        future = self._expected.get(form_id)
        if future is not None and not future.done():
            future.set_result(content)
            return True
        since_s = self._loading_since_s.pop(form_id, None)
        if since_s is not None:
            await asyncio.sleep(max(0.0, since_s + SETTLE_S - time.monotonic()))
        try:
            with translated():
                await self._client.views_update(view_id=form_id, view=content.view)
        except TryLater as failure:
            if failure.facts.get("detail") == "not_found":
                return False
            raise
        return True
