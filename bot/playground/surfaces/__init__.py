"""People at the doubles: the test kit's driver with real Slack and Telegram adapters underneath.

The transcripts, `demo` and the panes act through it, so the same words travel through slack-bolt's `AsyncApp` and
python-telegram-bot's `Application`.
"""

from bot.playground.surfaces.surface import PlatformSurface
from bot.playground.surfaces.world import PlatformWorld, open_platform_world

__all__ = ["PlatformSurface", "PlatformWorld", "open_platform_world"]
