"""Where to look in a photo: the crop window with the most edges and saturated colour.

A small stand-in for a saliency model: 256 pixels are enough and it takes about a millisecond.
"""

from itertools import accumulate

from PIL import Image, ImageChops, ImageFilter

ANALYSED_PX = 256
CALM = 0.35
"""Share of the middle in the choice, so that an even photo is cropped in the middle."""


def find_focus(photo: Image.Image, *, window: tuple[float, float]) -> tuple[float, float]:
    """Return where a crop window of this size lies best: 0 at the left or top, 1 at the far end."""
    small = photo.convert("RGB")
    small.thumbnail((ANALYSED_PX, ANALYSED_PX), Image.Resampling.BOX)
    energy = _measure_energy(small)
    across = list(energy.resize((energy.width, 1), Image.Resampling.BOX).tobytes())
    down = list(energy.resize((1, energy.height), Image.Resampling.BOX).tobytes())
    return (
        _best_start(across, share=window[0] / photo.width),
        _best_start(down, share=window[1] / photo.height),
    )


def _measure_energy(small: Image.Image) -> Image.Image:
    edges = small.convert("L").filter(ImageFilter.FIND_EDGES)
    saturation = small.convert("HSV").getchannel("S").point([level // 3 for level in range(256)])
    rim = (1, 1, small.width - 1, small.height - 1)  # the filter leaves the outermost pixels as they were
    return ImageChops.add(edges, saturation).crop(rim)


def _best_start(profile: list[int], *, share: float) -> float:
    length = max(1, round(len(profile) * min(1.0, share)))
    room = len(profile) - length
    if room <= 0:
        return 0.5
    sums = [0, *accumulate(profile)]
    total = sums[-1] or 1

    def score(start: int) -> float:
        energy = (sums[start + length] - sums[start]) / total
        return energy - CALM * abs(start / room - 0.5) * (1 - share)

    return max(range(room + 1), key=score) / room
