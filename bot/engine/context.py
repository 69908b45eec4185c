"""What a job may use. Built once by bot/app.py (and by the inline engine of the test kit), handed to every job."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.brandbook import BrandBook
from bot.dialog.words import Words
from bot.domain.ids import CampaignId
from bot.ports import Clock, Engine, Platform
from bot.renditions import Renditions
from bot.store import Media, Store


@dataclass(frozen=True, kw_only=True)
class JobContext:
    """The parts that jobs work with."""

    store: Store
    media: Media
    platforms: Mapping[str, Platform]
    renditions: Renditions
    clock: Clock
    words: Words
    book: Callable[[], BrandBook]
    redraw: Callable[[CampaignId], None]
    """Wake the redraw of a campaign's cards, after a commit."""
    engine: Engine
