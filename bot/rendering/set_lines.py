"""Set a list of lines such as opening hours: labels left, values right, one size for all."""

from dataclasses import dataclass

from PIL import Image

from bot.domain.set_layers import LinesLayer, TextStyle
from bot.rendering.design import Color, Note, Overflow
from bot.rendering.fitting import Type
from bot.rendering.fonts import split_clusters
from bot.rendering.ink import Hand, align_line, draw_line
from bot.rendering.marks import CLOSE, OPEN, Marked, read_marks, strip_marks
from bot.rendering.planned import Space
from bot.rendering.scene import Scene, blame

COLUMN_GAP_EM = 0.8


@dataclass(frozen=True)
class Column:
    """One side of the list: its lines and how they are set."""

    lines: tuple[Marked, ...]
    hand: Hand
    align: str


@dataclass(frozen=True)
class PlannedLines:
    """A list that found its size."""

    columns: tuple[Column, Column]
    pitch_px: float
    rule: Color | None
    rule_px: int
    width_px: float
    notes: tuple[Note, ...]

    @property
    def height_px(self) -> float:
        """From the top of the first capitals to the last baseline."""
        rows = len(self.columns[0].lines)
        return self.columns[0].hand.cap_px + (rows - 1) * self.pitch_px

    def draw(self, canvas: Image.Image, *, x: float, y: float) -> None:
        """Draw row by row, with rules half-way between rows."""
        cap = self.columns[0].hand.cap_px
        for index, row in enumerate(zip(*(column.lines for column in self.columns), strict=True)):
            top = y + index * self.pitch_px
            if index and self.rule is not None:
                self._draw_rule(canvas, x=x, y=top - (self.pitch_px - cap) / 2)
            for column, line in zip(self.columns, row, strict=True):
                start = align_line(line.text, hand=column.hand, left=x, width_px=self.width_px, align=column.align)
                draw_line(canvas, line, hand=column.hand, at=(start, top + cap))

    def _draw_rule(self, canvas: Image.Image, *, x: float, y: float) -> None:
        left, top = round(x), round(y - self.rule_px / 2)
        if self.rule is not None:
            canvas.paste(self.rule, (left, top, left + round(self.width_px), top + self.rule_px))


def plan_lines(layer: LinesLayer, *, scene: Scene, space: Space) -> PlannedLines | None:
    """Fit a list; None when every row is empty."""
    rows = _read_rows(layer, scene)
    if not rows:
        return None
    left_style = scene.style(layer.style)
    right_style = scene.style(layer.right_style.over(layer.style))
    faces = (scene.type(left_style, share=space.share), scene.type(right_style, share=space.share))
    size, is_cut = _fit(rows, faces, gap=layer.gap, space=space)
    pitch = faces[0].leading * size + layer.gap
    columns = tuple(
        Column(read_marks(texts), Hand(face.pen, size, scene.color(style.color or "")), align)
        for texts, face, style, align in (
            (tuple(row[0] for row in rows), faces[0], left_style, left_style.align or "left"),
            (tuple(row[1] for row in rows), faces[1], right_style, _right_align(layer.right_style)),
        )
    )
    text = "".join(each for row in rows for each in row)
    lost = len(split_clusters(strip_marks(text)))
    overflow = [Overflow(layer.name, slot, lost) for slot in blame(layer)] if is_cut else []
    return PlannedLines(
        columns=(columns[0], columns[1]),
        pitch_px=pitch,
        rule=None if layer.rule is None else scene.color(layer.rule),
        rule_px=max(1, round(layer.rule_width)),
        width_px=space.width_px,
        notes=(*overflow, *scene.find_unprintable(text, pen=faces[0].pen, layer=layer)),
    )


def _right_align(style: TextStyle) -> str:
    return style.align or "right"


def _read_rows(layer: LinesLayer, scene: Scene) -> list[tuple[str, str]]:
    if layer.rows:
        rows = [(scene.words(row.left), scene.words(row.right), bool(row.right)) for row in layer.rows]
        return [(left, right) for left, right, wants_right in rows if left and (right or not wants_right)]
    lines = scene.words(layer.text).split("\n")
    return [_cut_row(line, layer.cut) for line in lines if strip_marks(line).strip()]


def _cut_row(line: str, cut: str) -> tuple[str, str]:
    left, _, right = line.partition(cut)
    left, right = left.strip(), right.strip()
    if right and OPEN in left and CLOSE not in left:
        return f"{left}{CLOSE}", f"{OPEN}{right}"
    return left, right


def _fit(rows: list[tuple[str, str]], faces: tuple[Type, Type], *, gap: float, space: Space) -> tuple[int, bool]:
    widest = max(
        faces[0].pen.advance(strip_marks(left))
        + (COLUMN_GAP_EM + faces[1].pen.advance(strip_marks(right)) if right else 0)
        for left, right in rows
    )
    down_em = faces[0].pen.cap_height + (len(rows) - 1) * faces[0].leading
    by_width = space.width_px / widest if widest else faces[0].largest_px
    by_height = (space.height_px - (len(rows) - 1) * gap) / down_em
    wanted = min(by_width, by_height, faces[0].largest_px)
    return max(faces[0].smallest_px, int(wanted)), wanted < faces[0].smallest_px
