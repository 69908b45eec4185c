"""A set layer that has found its size and only waits to be drawn somewhere.

Every setter returns one; stacks and badges place them, `bot.rendering.compose` draws the rest.
"""

from dataclasses import dataclass
from math import inf
from typing import Protocol

from PIL import Image

from bot.rendering.design import Note


class Planned(Protocol):
    """Measured type: ask its size, then draw it."""

    @property
    def width_px(self) -> float:
        """Width that it takes, or fills when it aligns itself."""
        ...

    @property
    def height_px(self) -> float:
        """From the top of the first capitals to the last baseline."""
        ...

    @property
    def notes(self) -> tuple[Note, ...]:
        """What did not fit or cannot be printed."""
        ...

    def draw(self, canvas: Image.Image, *, x: float, y: float) -> None:
        """Draw with the top left corner at x, y."""
        ...


@dataclass(frozen=True)
class Space:
    """What a setter may take; `share` caps the size between smallest (0) and largest (1)."""

    width_px: float
    height_px: float = inf
    share: float = 1
    fewer_lines: int = 0
