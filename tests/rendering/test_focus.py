from PIL import Image

from bot.rendering.focus import find_focus


def test_the_crop_follows_what_catches_the_eye() -> None:
    """A colourful thing on the right pulls the window to the right; an even photo is cropped in the middle."""
    calm = Image.new("RGB", (900, 300), (128, 128, 128))
    assert abs(find_focus(calm, window=(300, 300))[0] - 0.5) < 0.05
    busy = calm.copy()
    for step in range(0, 240, 24):
        busy.paste((230, 40, 30), (620 + step, 60, 632 + step, 240))
    assert find_focus(busy, window=(300, 300))[0] > 0.8


def test_there_is_no_choice_without_room() -> None:
    """A photo of the frame's own shape is not moved."""
    assert find_focus(Image.new("RGB", (300, 300)), window=(300, 300)) == (0.5, 0.5)
