from io import BytesIO

from PIL import Image

from bot.rendering.encode import encode_jpeg, encode_png


def speckled() -> Image.Image:
    """Make a canvas that no filter can predict."""
    return Image.effect_noise((97, 61), 80).convert("RGB")


def test_png_loses_nothing() -> None:
    """What comes out of the file is what was on the canvas, pixel by pixel."""
    canvas = speckled()
    with Image.open(BytesIO(encode_png(canvas))) as read:
        assert read.mode == "RGB"
        assert read.tobytes() == canvas.tobytes()


def test_the_same_canvas_gives_the_same_bytes() -> None:
    """Files are reproducible, so their digests can be signed."""
    canvas = speckled()
    assert encode_png(canvas) == encode_png(canvas.copy())
    assert encode_jpeg(canvas) == encode_jpeg(canvas.copy())
