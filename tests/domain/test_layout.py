import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from bot.domain.geometry import Rect
from bot.domain.layout import Layout
from bot.domain.set_layers import TextLayer

STYLES = "styles: {plain: {role: text, size: [20, 40], color: ink}}\n"


def read(layers: str, *, styles: str = STYLES, name: str = "square") -> Layout:
    """Read a layout of one format."""
    return Layout.model_validate(YAML(typ="safe").load(f"{styles}formats: {{{name}: {{layers: [{layers}]}}}}"))


def test_known_formats_know_their_size() -> None:
    """Square, story and landscape need no size; another format does."""
    assert read("{kind: shape, color: ink}", name="story").formats["story"].size == (1080, 1920)
    with pytest.raises(ValidationError, match="size"):
        read("{kind: shape, color: ink}", name="poster")


@pytest.mark.parametrize(
    ("layer", "complaint"),
    [
        ("{kind: sticker}", "does not match any of the expected tags"),
        ("{kind: shape, colour: ink}", "colour"),
        ("{kind: shape, color: ink, box: {cols: [1, 13]}}", "outside a grid of 12"),
        ("{kind: shape, color: ink, box: {cols: [1, 2], x: 0.1}}", "give cols, or at most two"),
        ("{kind: shape, color: ink, box: {x: 0, w: 0.5, right: 0}}", "at most two of x, w, right"),
        ("{kind: text, text: '{{ headline', style: plain}", "not a well-formed text"),
        ("{kind: text, text: '{{ headline | reverse }}', style: plain}", "not a well-formed text"),
        ("{kind: text, text: hi, style: loud}", "no style loud; there are plain"),
        ("{kind: text, text: hi, style: {role: text, color: ink}}", "its style has no size"),
        ("{kind: text, text: hi, style: {use: plain, size: [40, 20]}}", "smallest, largest"),
        ("{kind: lines, style: plain}", "either rows or text"),
        ("{kind: badge, text: hi, style: plain, rotate: 8}", "tilted badge needs a color"),
        ("{kind: stack, gaps: [1, 2], items: [{kind: text, text: hi, style: plain}]}", "1 items have 0 gaps"),
    ],
)
def test_mistakes_are_named(layer: str, complaint: str) -> None:
    """A wrong word, box, text or style is refused with what would be right."""
    with pytest.raises(ValidationError, match=complaint):
        read(layer)


def test_a_story_keeps_its_edges_free() -> None:
    """Words and logo stay out of what the networks cover; drawings may go there."""
    read("{kind: shape, color: ink}, {kind: logo, box: {y: 250px, h: 90px}}", name="story")
    for box in ("{y: 240px, h: 90px}", "{y: 1500px, h: 90px}"):
        with pytest.raises(ValidationError, match="the top 250 and the bottom 340 px free"):
            read(f"{{kind: logo, box: {box}}}", name="story")


def test_a_layout_knows_what_it_refers_to() -> None:
    """Slots, locked words, colours and files are found wherever a layer names them."""
    layout = read(
        "{kind: photo, slot: photo, fallback: art/a.png, stroke: {color: red, width: 2}},"
        "{kind: image, file: /b.png, when: dates},"
        "{kind: stack, items: [{kind: text, text: '{{ headline }} {{ copy.off }}', style: {use: plain, color: blue}},"
        "{kind: badge, text: \"{{ copy['more'] }}\", color: green, style: plain}]},"
        "{kind: gradient, stops: [{at: 0, color: night}, {at: 1, color: night, opacity: 0}]}"
    )
    assert layout.references() == {"photo", "dates", "headline", "copy.off", "copy.more"}
    assert layout.colors() == {"red", "blue", "green", "night", "ink"}
    assert layout.files() == {"art/a.png", "/b.png"}


def test_styles_lie_over_each_other() -> None:
    """What a layer says wins over the shared style, which wins over the plain one."""
    layout = read("{kind: text, text: hi, style: {use: plain, size: [10, 12], align: right}}")
    (text,) = layout.formats["square"].layers
    assert isinstance(text, TextLayer)
    style = layout.style_of(text.style)
    assert (style.size, style.align, style.color, style.leading) == ((10, 12), "right", "ink", 1.3)


@pytest.mark.parametrize(
    ("box", "rect"),
    [
        ("{}", Rect(0, 0, 1080, 1080)),
        ("{x: 0.1, y: 54px, w: 0.5, h: 100px}", Rect(108, 54, 540, 100)),
        ("{right: 80px, w: 200px, bottom: 0.1, h: 0.2}", Rect(800, 756, 200, 216)),
        ("{x: 80px, right: 80px, y: 0, bottom: 0}", Rect(80, 0, 920, 1080)),
        ("{cols: [1, 12], rows: [1, 12]}", Rect(76, 76, 928, 928)),
        ("{cols: [7, 12], rows: [1, 6]}", Rect(551, 76, 453, 453)),
    ],
)
def test_boxes_become_pixels(box: str, rect: Rect) -> None:
    """Fractions, pixels, far edges and grid columns all say where a layer stands."""
    shown = read(f"{{kind: shape, color: ink, box: {box}}}").formats["square"]
    assert shown.layers[0].box.place(size=shown.size, grid=shown.grid) == rect
