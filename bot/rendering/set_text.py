"""Set a text layer: fit it, then draw it line by line."""

from dataclasses import dataclass

from PIL import Image

from bot.domain.layers import Layer
from bot.domain.set_layers import TextLayer, TextStyle
from bot.rendering.design import Note, Overflow
from bot.rendering.fitting import Block, Room, fit
from bot.rendering.ink import Hand, align_line, draw_line
from bot.rendering.marks import read_marks
from bot.rendering.planned import Space
from bot.rendering.scene import Scene, blame


@dataclass(frozen=True)
class PlannedText:
    """A fitted block in its colour."""

    block: Block
    hand: Hand
    align: str
    width_px: float
    notes: tuple[Note, ...]

    @property
    def height_px(self) -> float:
        """From the top of the first capitals to the last baseline."""
        return self.block.height_px

    def draw(self, canvas: Image.Image, *, x: float, y: float) -> None:
        """Draw every line, aligned inside the width."""
        for index, line in enumerate(read_marks(self.block.lines)):
            baseline = y + self.block.cap_px + index * self.block.pitch_px
            start = align_line(line.text, hand=self.hand, left=x, width_px=self.width_px, align=self.align)
            draw_line(canvas, line, hand=self.hand, at=(start, baseline))


def plan_text(layer: TextLayer, *, scene: Scene, space: Space) -> PlannedText | None:
    """Fit a text layer; None when there is nothing to say."""
    return plan_words(layer.text, style=layer.style, layer=layer, scene=scene, space=space)


def plan_words(source: str, *, style: TextStyle, layer: Layer, scene: Scene, space: Space) -> PlannedText | None:
    """Fit words of a layer in a style; None when they come out empty."""
    full = scene.style(style)
    text = scene.words(source)
    if not text:
        return None
    if full.case == "upper":
        text = text.upper()
    face = scene.type(full, share=space.share)
    lines = max(1, (full.max_lines or 1) - space.fewer_lines)
    block = fit(text, style=face, room=Room(space.width_px, space.height_px, lines))
    lost = block.cut_graphemes
    cut = tuple(Overflow(layer.name, slot, lost) for slot in blame(layer)) if lost else ()
    return PlannedText(
        block=block,
        hand=Hand(face.pen, block.size_px, scene.color(full.color or "")),
        align=full.align or "left",
        width_px=space.width_px,
        notes=(*cut, *scene.find_unprintable(text, pen=face.pen, layer=layer)),
    )
