import unicodedata
from pathlib import Path

import pytest
from PIL import ImageFont

from bot.content import brand_assets_dir
from bot.errors import Misconfigured
from bot.rendering.coverage import read_coverage
from bot.rendering.fonts import find_unprintable, load_face, split_runs

FONTS = brand_assets_dir() / "ovenlark" / "fonts"


LATIN = (*range(0x21, 0x250), *range(0x2010, 0x2122))
NOT_A_CHARACTER = "\uffff"


@pytest.mark.parametrize("name", ["YoungSerif-Regular.ttf", "Figtree-Medium.ttf", "Figtree-Bold.ttf"])
def test_coverage_is_what_freetype_draws(name: str) -> None:
    """A character counts as covered exactly where FreeType does not draw its sign for a missing glyph."""
    font = ImageFont.truetype(FONTS / name, 24, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(font.getmask(NOT_A_CHARACTER))
    visible = [point for point in LATIN if unicodedata.category(chr(point))[0] in "LNPS"]
    drawn = {point for point in visible if bytes(font.getmask(chr(point))) != missing}
    assert len(drawn) > 200
    assert read_coverage(FONTS / name).intersection(visible) == drawn


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    """A renamed picture is not taken for a font."""
    (tmp_path / "font.ttf").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(Misconfigured, match="neither a TTF nor an OTF"):
        read_coverage(tmp_path / "font.ttf")


def test_runs_fall_back_to_a_face_that_covers() -> None:
    """A character missing from the first face is printed by the next one; nothing else changes face."""
    serif = load_face(FONTS / "YoungSerif-Regular.ttf", "1")
    sans = load_face(FONTS / "Figtree-Medium.ttf", "2")
    only_sans = next(
        chr(point)
        for point in sorted(read_coverage(sans.path) - read_coverage(serif.path))
        if chr(point).isalpha() or chr(point) in "←→№"
    )
    runs = split_runs(f"a{only_sans}b", (serif, sans))
    assert [(run.face, run.text) for run in runs] == [(serif, "a"), (sans, only_sans), (serif, "b")]


def test_uncovered_graphemes_are_named_not_boxed() -> None:
    """What no face covers is left out of the runs and named once."""
    face = load_face(FONTS / "Figtree-Medium.ttf", "2")
    assert find_unprintable("Pan 🥐🥐 日", (face,)) == ("🥐", "日")
    assert "".join(run.text for run in split_runs("Pan 🥐", (face,))) == "Pan "


def test_special_spaces_are_printed_as_spaces() -> None:
    """A narrow no-break space never becomes an empty box."""
    face = load_face(FONTS / "Figtree-Medium.ttf", "2")
    assert find_unprintable("20\u202f% · 4\u00a0$", (face,)) == ()
