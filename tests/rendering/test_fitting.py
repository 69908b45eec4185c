from dataclasses import replace

import pytest

from bot.content import brand_assets_dir
from bot.rendering.fitting import Room, Type, fit
from bot.rendering.fonts import load_face
from bot.rendering.marks import strip_marks, wrap_mark
from bot.rendering.pen import take_pen

FONT = brand_assets_dir() / "ovenlark" / "fonts" / "YoungSerif-Regular.ttf"


@pytest.fixture
def headline() -> Type:
    """Set headlines in the sample brand's serif."""
    return Type(take_pen((load_face(FONT, "1"),)), smallest_px=30, largest_px=120, leading=1.0, is_balanced=True)


def test_short_text_takes_the_largest_size(headline: Type) -> None:
    """A text with room to spare is set at the largest size."""
    block = fit("Pain", style=headline, room=Room(800, 400, 3))
    assert block.size_px == 120
    assert block.lines == ("Pain",)


def test_long_text_shrinks_until_it_fits(headline: Type) -> None:
    """The size found fits in width, height and lines, and the next larger one does not."""
    room = Room(420, 260, 3)
    block = fit("Two loaves for the price of one", style=headline, room=room)
    assert headline.smallest_px < block.size_px < headline.largest_px
    assert len(block.lines) <= 3
    assert block.height_px <= room.height_px
    widths = [headline.pen.ink(line, block.size_px).width_px for line in block.lines]
    assert max(widths) <= room.width_px
    larger = fit("Two loaves for the price of one", style=replace(headline, smallest_px=block.size_px + 1), room=room)
    assert larger.cut_graphemes > 0


def test_text_that_cannot_fit_is_cut_and_counted(headline: Type) -> None:
    """What is left out is replaced by an ellipsis and counted in graphemes."""
    text = "Every single morning we bake bread for you and your whole family"
    block = fit(text, style=headline, room=Room(300, 100, 2))
    assert block.size_px == headline.smallest_px
    assert block.lines[-1].endswith("…")
    kept = "".join(block.lines).removesuffix("…").replace(" ", "")
    assert 0 < block.cut_graphemes <= len(text) - len(kept)


def test_one_word_wider_than_the_box_is_cut(headline: Type) -> None:
    """A word that is too wide even at the smallest size does not run out of its box."""
    block = fit("Donaudampfschifffahrtsgesellschaft", style=headline, room=Room(200, 100, 1))
    assert headline.pen.ink(block.lines[0], block.size_px).width_px <= 200
    assert block.cut_graphemes > 0


def test_forced_breaks_are_kept(headline: Type) -> None:
    """A line break that a person typed stays one."""
    block = fit("Bread\nand butter", style=headline, room=Room(800, 400, 3))
    assert block.lines == ("Bread", "and butter")


def test_marks_take_no_room(headline: Type) -> None:
    """A marked value is set exactly as large as a plain one."""
    room = Room(420, 260, 3)
    plain = fit("Two loaves for one", style=headline, room=room)
    marked = fit(wrap_mark("Two loaves for one"), style=headline, room=room)
    assert tuple(strip_marks(line) for line in marked.lines) == plain.lines
    assert marked.size_px == plain.size_px
