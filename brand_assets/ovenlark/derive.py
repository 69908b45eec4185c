# ruff: noqa: INP001, T201 - a script that stands alone and says what it wrote
"""Make the PNGs of this folder from their SVGs; run by hand after editing a drawing.

Needs `pip install resvg-py` (not needed to run Glocal). Logos come out at the width that print asks for,
everything else at the size it is drawn.
"""

import sys
from pathlib import Path

import resvg_py

HERE = Path(__file__).parent
WIDTH_PX = {"logos/ovenlark-": 1560, "logos/lark-": 544}


def derive(svg: Path) -> Path:
    """Write the PNG beside its SVG and return its path."""
    place = svg.relative_to(HERE).as_posix()
    width = next((px for start, px in WIDTH_PX.items() if place.startswith(start)), None)
    png = svg.with_suffix(".png")
    png.write_bytes(bytes(resvg_py.svg_to_bytes(svg_path=str(svg), width=width)))
    return png


if __name__ == "__main__":
    for drawing in [Path(name).resolve() for name in sys.argv[1:]] or sorted(HERE.rglob("*.svg")):
        print(derive(drawing).relative_to(HERE))
