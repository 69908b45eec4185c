"""Sends something out of the house at most once, by an idempotency key in our own table.

Used by every job that posts. The key is committed before the platform is called and confirmed after, so whatever a
crash leaves between the two is known to be uncertain, and is not repeated by itself.
"""

from collections.abc import Awaitable, Callable

from bot.crash import crash_point
from bot.errors import RateLimited, Unreachable
from bot.store import Store

Send = Callable[[], Awaitable[str]]


async def send_once(store: Store, key: str, send: Send) -> bool:
    """Send unless it was sent before; False when it may have gone out and nobody can tell.

    Raises:
        RateLimited, Unreachable: it surely did not go out, and may be sent under the same key later.
    """
    async with store.writing() as uow:
        progress = await uow.deliveries.start(key)
        await uow.commit()
    if progress != "new":
        return progress == "done"
    crash_point("after_delivery_start")
    try:
        post_id = await send()
    except (RateLimited, Unreachable):
        await _forget(store, key)
        raise
    crash_point("after_document_before_mark")
    async with store.writing() as uow:
        await uow.deliveries.finish(key, post_id)
        await uow.commit()
    crash_point("after_delivery_mark")
    return True


async def _forget(store: Store, key: str) -> None:
    async with store.writing() as uow:
        await uow.deliveries.reset(key)
        await uow.commit()
