from io import BytesIO

from PIL import Image

from bot.content import brand_assets_dir
from bot.rendering.chart import draw_chart, sort_colors
from bot.rendering.design import Source
from bot.rendering.tasks import DrawChart

FONTS = brand_assets_dir() / "ovenlark" / "fonts"
PALETTE = ((31, 35, 80), (255, 243, 220), (200, 55, 43), (255, 200, 69))


def chart(*bars: tuple[str, tuple[tuple[str, int], ...]]) -> DrawChart:
    """Ask for a chart in a palette of four."""
    return DrawChart(
        title="Campaigns",
        bars=bars,
        legend={"draft": "Draft", "approved": "Approved"},
        palette=PALETTE,
        fonts={
            "title": Source(FONTS / "YoungSerif-Regular.ttf", "1"),
            "text": Source(FONTS / "Figtree-Medium.ttf", "2"),
        },
    )


def test_bars_are_as_long_as_their_counts() -> None:
    """A part twice as large takes twice the area of its colour."""
    drawn = draw_chart(chart(("North", (("draft", 2), ("approved", 4))), ("South", (("draft", 2), ("approved", 0)))))
    with Image.open(BytesIO(drawn.data)) as picture:
        colors = {color: count for count, color in picture.getcolors(1_000_000) or []}
    ground, _, first, second, *_ = sort_colors(PALETTE)
    assert max(colors, key=lambda color: colors[color]) == ground
    assert 0.9 < colors[second] / colors[first] < 1.1


def test_a_chart_of_nothing_is_still_a_picture() -> None:
    """No territories, or none with campaigns, gives a title and no error."""
    empty = draw_chart(chart())
    zero = draw_chart(chart(("North", (("draft", 0),))))
    assert empty.height_px < zero.height_px


def test_ground_is_light_and_ink_is_dark() -> None:
    """The lightest colour of the palette is the ground, the darkest sets the type."""
    ground, ink, *_ = sort_colors(PALETTE)
    assert (ground, ink) == (PALETTE[1], PALETTE[0])
