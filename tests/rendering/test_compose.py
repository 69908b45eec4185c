from collections.abc import Callable

from PIL import Image, ImageChops

from bot.rendering.compose import compose
from bot.rendering.design import Design, Filling, Overflow, Source, Unprintable

MakeDesign = Callable[..., Design]
Fill = Callable[..., Filling]
INK, PAPER, RED = (20, 20, 60), (255, 250, 240), (200, 40, 40)
GROUND = "{kind: shape, name: ground, color: paper}"
HEADLINE = (
    "{kind: text, name: headline, text: '{{ headline }}', style: headline, box: {x: 0.1, y: 0.1, w: 0.8, h: 0.4}}"
)
PHOTO = "{kind: photo, name: photo, slot: photo, box: {x: 0.5, y: 0.5, w: 0.4, h: 0.4}, frame: circle}"


def draw(design: Design, filling: Filling) -> Image.Image:
    """Draw the one format."""
    return compose(design, format_name="square", filling=filling).canvas


def ink_box(picture: Image.Image, ground: tuple[int, int, int] = PAPER) -> tuple[int, int, int, int] | None:
    """Find what is not the ground."""
    return ImageChops.difference(picture, Image.new("RGB", picture.size, ground)).getbbox()


def test_text_stands_in_its_box(make_design: MakeDesign, fill: Fill) -> None:
    """Capitals start at the top of the box and the ink meets its left edge."""
    box = ink_box(draw(make_design(GROUND, HEADLINE), fill(headline="HELLO BREAD")))
    assert box is not None
    assert abs(box[0] - 108) <= 1
    assert abs(box[1] - 108) <= 4  # round letters overshoot
    assert box[2] <= 108 + 864 + 1


def test_an_edit_gives_the_same_picture_as_a_fresh_child(make_design: MakeDesign, fill: Fill, photo: Source) -> None:
    """Starting from a snapshot changes nothing of what is drawn."""
    layers = (GROUND, PHOTO, HEADLINE)
    warm, cold = make_design(*layers), make_design(*layers, "{kind: line, color: red, box: {h: 0.001}, opacity: 0}")
    photos = {"photo": photo}
    draw(warm, fill(headline="First words", photos=photos))
    edited = draw(warm, fill(headline="Second words", photos=photos))
    fresh = draw(cold, fill(headline="Second words", photos=photos))
    assert ImageChops.difference(edited, fresh).getbbox() is None


def test_snapshots_never_leak_between_pictures(make_design: MakeDesign, fill: Fill, photo: Source) -> None:
    """Drawing on a picture leaves the kept canvas as it was."""
    design = make_design(GROUND, PHOTO, HEADLINE)
    first = draw(design, fill(headline="One", photos={"photo": photo}))
    draw(design, fill(headline="Something else entirely", photos={"photo": photo}))
    again = draw(design, fill(headline="One", photos={"photo": photo}))
    assert first.tobytes() == again.tobytes()


def test_what_does_not_fit_is_reported(make_design: MakeDesign, fill: Fill) -> None:
    """A text too long for its box names layer, slot and how much was cut; from a snapshot, too."""
    design = make_design(GROUND, HEADLINE, PHOTO)
    filling = fill(headline="word " * 90)
    for _ in range(2):
        (note,) = compose(design, format_name="square", filling=filling).notes
        assert isinstance(note, Overflow)
        assert (note.layer, note.slot) == ("headline", "headline")
        assert note.cut_graphemes > 100


def test_what_no_font_prints_is_reported(make_design: MakeDesign, fill: Fill) -> None:
    """An emoji is left out and named, never drawn as an empty box."""
    design = make_design(GROUND, HEADLINE)
    drawn = compose(design, format_name="square", filling=fill(headline="Bread 🥐"))
    assert drawn.notes == (Unprintable("headline", "headline", ("🥐",)),)
    assert drawn.canvas.tobytes() == draw(design, fill(headline="Bread ")).tobytes()


def test_only_emoji_draws_nothing(make_design: MakeDesign, fill: Fill) -> None:
    """A text of which nothing can be printed leaves the ground as it is."""
    assert ink_box(draw(make_design(GROUND, HEADLINE), fill(headline="🥐🥐"))) is None


def test_unconfirmed_values_are_marked_beyond_their_ink(make_design: MakeDesign, fill: Fill) -> None:
    """The same words take a larger area when they are marked."""
    design = make_design(GROUND, HEADLINE)
    plain = ink_box(draw(design, fill(headline="Hello")))
    marked = ink_box(draw(design, fill(headline="Hello", unconfirmed=("headline",))))
    assert plain is not None
    assert marked is not None
    assert marked[0] < plain[0]
    assert marked[3] > plain[3]


def test_when_and_unless_follow_the_slot(make_design: MakeDesign, fill: Fill) -> None:
    """A layer appears with its slot's value, and its counterpart without."""
    design = make_design(
        GROUND,
        "{kind: shape, color: red, box: {w: 0.1, h: 0.1}, when: dates}",
        "{kind: shape, color: ink, box: {w: 0.1, h: 0.1}, unless: dates}",
    )
    assert draw(design, fill(dates="Friday")).getpixel((5, 5)) == RED
    assert draw(design, fill(dates="")).getpixel((5, 5)) == INK


def test_a_photo_is_cropped_into_its_frame(make_design: MakeDesign, fill: Fill, photo: Source) -> None:
    """The photo fills the circle and leaves the corners of its box alone."""
    picture = draw(make_design(GROUND, PHOTO), fill(photos={"photo": photo}))
    assert picture.getpixel((541, 541)) == PAPER
    middle = picture.getpixel((756, 756))
    assert isinstance(middle, tuple)
    assert middle != PAPER


def test_the_fallback_stands_in_for_a_missing_photo(make_design: MakeDesign, fill: Fill, photo: Source) -> None:
    """Without a photo the frame shows the drawing."""
    layer = PHOTO.replace("frame: circle", "frame: rect, fallback: art.png, focus: [0, 0.5]")
    picture = draw(make_design(GROUND, layer, files={"art.png": photo}), fill())
    assert picture.getpixel((600, 756)) == (30, 160, 60)


def test_a_stack_closes_up_around_what_is_missing(make_design: MakeDesign, fill: Fill) -> None:
    """An empty item leaves no gap."""
    design = make_design(
        GROUND,
        "{kind: stack, box: {x: 0.1, y: 0.1, w: 0.8, h: 0.6}, gap: 40, items: ["
        "{kind: text, name: a, text: '{{ first }}', style: plain}, "
        "{kind: text, name: b, text: '{{ second }}', style: plain}]}",
    )
    alone = draw(design, fill(first="", second="Only this"))
    first = draw(design, fill(first="Only this", second=""))
    assert alone.tobytes() == first.tobytes()


def test_a_full_stack_shrinks_and_then_reports(make_design: MakeDesign, fill: Fill) -> None:
    """Items share the box: they shrink together, stay inside, and say when even that is not enough."""
    design = make_design(
        GROUND,
        "{kind: stack, box: {x: 0.1, y: 0.1, w: 0.8, h: 0.16}, gap: 20, items: ["
        "{kind: text, name: a, text: '{{ first }}', style: headline}, "
        "{kind: text, name: b, text: '{{ second }}', style: plain}]}",
    )
    fitting = compose(design, format_name="square", filling=fill(first="Two loaves", second="this weekend"))
    assert fitting.notes == ()
    box = ink_box(fitting.canvas)
    assert box is not None
    assert box[3] <= 108 + 173 + 12
    full = compose(design, format_name="square", filling=fill(first="Two loaves " * 20, second="this weekend"))
    assert {note.slot for note in full.notes} == {"first"}


def test_a_price_is_a_lockup(make_design: MakeDesign, fill: Fill) -> None:
    """The minor units stand raised: nothing of them reaches the baseline."""
    design = make_design(
        GROUND,
        "{kind: price, name: price, text: '{{ price }}', style: {use: headline, size: [100, 100]}, "
        "box: {x: 0.1, y: 0.1, w: 0.8, h: 0.4}}",
    )
    box = ink_box(draw(design, fill(price="$4.99")))
    assert box is not None
    picture = draw(design, fill(price="$4.99"))
    right_half = picture.crop((box[2] - 30, box[1] + (box[3] - box[1]) * 2 // 3, box[2], box[3]))
    assert ink_box(right_half) is None


def test_hours_stand_in_two_columns(make_design: MakeDesign, fill: Fill) -> None:
    """Labels meet the left edge of the list, hours its right edge."""
    design = make_design(
        GROUND,
        "{kind: lines, name: hours, text: '{{ hours }}', style: plain, box: {x: 0.1, y: 0.1, w: 0.8, h: 0.4}}",
    )
    box = ink_box(draw(design, fill(hours="Friday: 8:00–14:00\nSaturday: closed")))
    assert box is not None
    assert abs(box[0] - 108) <= 1
    assert abs(box[2] - 972) <= 1


def test_a_tilted_badge_keeps_its_colours(make_design: MakeDesign, fill: Fill) -> None:
    """A turned sticker shows its ground and its text, and lets the picture show around it."""
    design = make_design(
        GROUND,
        "{kind: badge, name: sticker, text: '{{ percent }}', under: '{{ copy.off }}', shape: burst, color: red,"
        " rotate: 12, style: {use: plain, color: paper}, box: {x: 0.4, y: 0.4, w: 0.2, h: 0.2}}",
    )
    picture = draw(design, fill(percent="20%"))
    assert picture.getpixel((540, 450)) == RED
    assert picture.getpixel((434, 434)) == PAPER
    assert PAPER in [color for _, color in picture.crop((500, 500, 580, 580)).getcolors(10_000) or []]
