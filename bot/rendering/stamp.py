"""Put a colour through a mask: how every shape, line of text and highlight reaches the canvas."""

from PIL import Image

from bot.rendering.design import Color


def stamp(canvas: Image.Image, color: Color, mask: Image.Image, *, at: tuple[int, int]) -> None:
    """Colour the canvas where the mask says so, `at` being the mask's top left corner.

    A plain picture pasted through a mask is almost three times as fast in Pillow as a plain colour.
    """
    canvas.paste(Image.new("RGB", mask.size, color), at, mask)
