import pickle
import subprocess
import sys
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.domain.rendition import Kind
from bot.errors import Misconfigured
from bot.rendering.child import draw_picture
from bot.rendering.design import Design, Filling, Source

MakeDesign = Callable[..., Design]
Fill = Callable[..., Filling]
HEADLINE = (
    "{kind: text, name: headline, text: '{{ headline }}', style: headline, box: {x: 0.1, y: 0.1, w: 0.8, h: 0.4}}"
)


@pytest.mark.parametrize(("kind", "media_type"), [(Kind.PREVIEW, "image/jpeg"), (Kind.ORIGINAL, "image/png")])
def test_previews_are_jpeg_and_originals_png(make_design: MakeDesign, fill: Fill, kind: Kind, media_type: str) -> None:
    """Both have the format's size, and the same order gives the same bytes."""
    design = make_design("{kind: shape, color: paper}", HEADLINE)
    first = draw_picture(design, format_name="square", kind=kind, filling=fill(headline="Pan"))
    again = draw_picture(design, format_name="square", kind=kind, filling=fill(headline="Pan"))
    assert first.media_type == media_type
    assert first.data == again.data
    with Image.open(BytesIO(first.data)) as picture:
        assert picture.size == (1080, 1080)


def test_a_missing_file_is_named(make_design: MakeDesign, fill: Fill, tmp_path: Path) -> None:
    """A template whose drawing is gone says which file, instead of drawing something else."""
    gone = Source(tmp_path / "gone.png", "0")
    design = make_design("{kind: image, file: art.png}", files={"art.png": gone})
    with pytest.raises(Misconfigured, match=r"gone\.png") as refused:
        draw_picture(design, format_name="square", kind=Kind.PREVIEW, filling=fill())
    travelled = copy(refused.value)  # as it travels between processes
    assert (str(travelled), travelled.facts) == (str(refused.value), refused.value.facts)


@pytest.mark.parametrize(
    ("layer", "complaint"),
    [
        ("{kind: shape, color: mauve}", "no colour mauve"),
        ("{kind: logo, version: light}", "no logo light"),
        ("{kind: text, text: hi, style: {use: headline, weight: bold}}", "typeface display has no weight bold"),
    ],
)
def test_what_the_brand_lacks_is_named(make_design: MakeDesign, fill: Fill, layer: str, complaint: str) -> None:
    """A layout that asks for what the brand does not have says so in words."""
    with pytest.raises(Misconfigured, match=complaint):
        draw_picture(make_design(layer), format_name="square", kind=Kind.PREVIEW, filling=fill())


def test_previews_of_large_formats_fit_a_screen(make_design: MakeDesign, fill: Fill) -> None:
    """A poster's preview is small, its original is not."""
    design = make_design("{kind: shape, color: paper}")
    poster = design.layout.formats["square"].model_copy(update={"size": (3840, 1000)})
    large = replace(design, layout=design.layout.model_copy(update={"formats": {"poster": poster}}))
    sizes = [
        draw_picture(large, format_name="poster", kind=kind, filling=fill()).width_px
        for kind in (Kind.PREVIEW, Kind.ORIGINAL)
    ]
    assert sizes == [1920, 3840]


def test_ten_thousand_characters_do_not_hold_a_child_up(make_design: MakeDesign, fill: Fill) -> None:
    """An endless text is cut to its box and counted."""
    design = make_design("{kind: shape, color: paper}", HEADLINE)
    for text in ("x" * 10_000, "word " * 2_000):
        picture = draw_picture(design, format_name="square", kind=Kind.PREVIEW, filling=fill(headline=text))
        assert picture.notes


def test_without_fribidi_pictures_are_still_drawn(make_design: MakeDesign, fill: Fill) -> None:
    """Where the machine lacks FriBiDi, Latin text is set without features instead of failing."""
    styled = HEADLINE.replace("style: headline", "style: {use: headline, tracking: 0.05, figures: tabular}")
    design = make_design("{kind: shape, color: paper}", HEADLINE, styled)
    code = (
        "import pickle, sys; from PIL import _imagingft; _imagingft.HAVE_RAQM = False;"
        "from bot.domain.rendition import Kind; from bot.rendering.child import draw_picture;"
        "design, filling = pickle.load(sys.stdin.buffer);"
        "draw_picture(design, format_name='square', kind=Kind.PREVIEW, filling=filling)"
    )
    order = pickle.dumps((design, fill(headline="Pan 20%")))
    subprocess.run([sys.executable, "-c", code], input=order, check=True)


def test_a_changed_file_is_drawn_anew(make_design: MakeDesign, fill: Fill, tmp_path: Path) -> None:
    """Caches go by content: the same path with another digest is another picture."""
    path = tmp_path / "art.png"
    design = make_design("{kind: image, file: art.png}", files={})
    seen = []
    for color in ((200, 0, 0), (0, 0, 200)):
        Image.new("RGB", (50, 50), color).save(path)
        changed = replace(design, key=str(color), files={"art.png": Source(path, str(color))})
        drawn = draw_picture(changed, format_name="square", kind=Kind.ORIGINAL, filling=fill())
        with Image.open(BytesIO(drawn.data)) as picture:
            seen.append(picture.getpixel((500, 500)))
    assert seen == [(200, 0, 0), (0, 0, 200)]
