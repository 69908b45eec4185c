"""A stacked bar chart in the brand's colours and type, drawn at twice the size and shrunk.

Bars are sorted by the caller; every bar shows its total. The words that describe it are the caller's.
"""

from PIL import Image, ImageDraw, ImageFont

from bot.domain.rendition import Kind
from bot.rendering.design import Color, Picture
from bot.rendering.encode import encode_png
from bot.rendering.fonts import Face, load_face
from bot.rendering.tasks import DrawChart

FINE = 2
WIDTH, MARGIN, ROW, BAR = 1080, 72, 72, 36
LABEL_WIDTH, TOTAL_WIDTH = 300, 90
TITLE_PX, TEXT_PX, SMALL_PX = 44, 26, 22
SWATCH, CORNER = 24, 6


class _Sheet:
    """A canvas twice as large as the picture, addressed in the picture's pixels."""

    def __init__(self, height: int, *, ground: Color, ink: Color) -> None:
        self.ink = ink
        self.canvas = Image.new("RGB", (WIDTH * FINE, height * FINE), ground)
        self._draw = ImageDraw.Draw(self.canvas)

    def text(self, words: str, *, at: tuple[float, float], font: ImageFont.FreeTypeFont, anchor: str = "lm") -> None:
        self._draw.text((at[0] * FINE, at[1] * FINE), words, fill=self.ink, font=font, anchor=anchor)

    def bar(self, box: tuple[float, float, float, float], color: Color) -> None:
        left, top, right, bottom = (each * FINE for each in box)
        self._draw.rounded_rectangle((left, top, right - 1, bottom - 1), radius=CORNER * FINE, fill=color)


def draw_chart(task: DrawChart) -> Picture:
    """Draw the chart as PNG, as tall as its bars need."""
    ground, ink, *others = sort_colors(task.palette)
    parts = list(dict.fromkeys([*task.legend, *(part for _, counts in task.bars for part, _ in counts)]))
    colors = {part: others[index % len(others)] for index, part in enumerate(parts)}
    title_face, text_face = (load_face(task.fonts[use].path, task.fonts[use].digest) for use in ("title", "text"))
    legend_rows = _legend_rows(parts, task, text_face)
    top = MARGIN + TITLE_PX + 36 + 40 * len(legend_rows) + 28
    sheet = _Sheet(top + ROW * len(task.bars) + MARGIN, ground=ground, ink=ink)
    sheet.text(task.title, at=(MARGIN, MARGIN + TITLE_PX / 2), font=title_face.at(TITLE_PX * FINE))
    _draw_legend(sheet, legend_rows, colors, text_face)
    _draw_bars(sheet, task, colors, top=top, face=text_face)
    picture = sheet.canvas.reduce(FINE)
    return Picture(encode_png(picture), "image/png", Kind.ORIGINAL, picture.width, picture.height)


def sort_colors(palette: tuple[Color, ...]) -> list[Color]:
    """Return the lightest colour (ground), the darkest (ink), then the others, each far from the last."""
    by_light = sorted(dict.fromkeys(palette), key=_luminance)
    ink, ground, rest = by_light[0], by_light[-1], by_light[1:-1]
    visible = [color for color in rest if abs(_luminance(color) - _luminance(ground)) > 0.12] or [ink]
    ordered = [ink]
    while visible:
        farthest = max(visible, key=lambda color: min(_distance(color, each) for each in ordered))
        visible.remove(farthest)
        ordered.append(farthest)
    return [ground, ink, *ordered[1:], ink]


def _luminance(color: Color) -> float:
    return (0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]) / 255


def _distance(one: Color, other: Color) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)))


def _legend_rows(parts: list[str], task: DrawChart, face: Face) -> list[list[tuple[float, str, str]]]:
    """Break the legend into rows of (x, part, words)."""
    font = face.at(SMALL_PX * FINE)
    rows: list[list[tuple[float, str, str]]] = [[]]
    x = float(MARGIN)
    for part in parts:
        words = task.legend.get(part, part)
        needed = SWATCH + 10 + font.getlength(words) / FINE + 32
        if rows[-1] and x + needed > WIDTH - MARGIN:
            rows.append([])
            x = float(MARGIN)
        rows[-1].append((x, part, words))
        x += needed
    return rows


def _draw_legend(sheet: _Sheet, rows: list[list[tuple[float, str, str]]], colors: dict[str, Color], face: Face) -> None:
    font = face.at(SMALL_PX * FINE)
    y = MARGIN + TITLE_PX + 36 + SWATCH / 2
    for row in rows:
        for x, part, words in row:
            sheet.bar((x, y - SWATCH / 2, x + SWATCH, y + SWATCH / 2), colors[part])
            sheet.text(words, at=(x + SWATCH + 10, y), font=font)
        y += 40


def _draw_bars(sheet: _Sheet, task: DrawChart, colors: dict[str, Color], *, top: float, face: Face) -> None:
    font = face.at(TEXT_PX * FINE)
    most = max((sum(count for _, count in counts) for _, counts in task.bars), default=0) or 1
    left = MARGIN + LABEL_WIDTH
    per_count = (WIDTH - MARGIN - TOTAL_WIDTH - left) / most
    for index, (label, counts) in enumerate(task.bars):
        middle = top + ROW * index + ROW / 2
        sheet.text(_shorten(label, font), at=(MARGIN, middle), font=font)
        x = float(left)
        for part, count in counts:
            if count:
                sheet.bar((x, middle - BAR / 2, x + count * per_count - 2, middle + BAR / 2), colors[part])
                x += count * per_count
        total = sum(count for _, count in counts)
        sheet.text(str(total), at=(x + 14, middle), font=font)


def _shorten(label: str, font: ImageFont.FreeTypeFont) -> str:
    room = (LABEL_WIDTH - 20) * FINE
    if font.getlength(label) <= room:
        return label
    while label and font.getlength(label + "…") > room:
        label = label[:-1]
    return label.rstrip() + "…"
