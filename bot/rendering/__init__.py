"""Pictures: a template's layout and a draft's values become files, in child processes that know Pillow.

`bot.app` joins `PillowRenderer` to the port Renderer. Importing this room does not import Pillow.
"""

from bot.rendering.pool import Limits
from bot.rendering.renderer import PillowRenderer

__all__ = ["Limits", "PillowRenderer"]
