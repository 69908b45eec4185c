"""A small design over the sample brand's fonts, so that each test writes only the layers it is about."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from ruamel.yaml import YAML

from bot.content import brand_assets_dir
from bot.domain.layout import Layout
from bot.rendering.design import Design, Filling, Source

FONTS = brand_assets_dir() / "ovenlark" / "fonts"
INK, PAPER, RED = (20, 20, 60), (255, 250, 240), (200, 40, 40)
STYLES = """
styles:
  headline: {role: display, size: [40, 120], leading: 1.0, max_lines: 3, balanced: true, color: ink}
  plain: {role: text, size: [20, 40], max_lines: 2, color: ink}
formats:
  square:
    layers:
"""

MakeDesign = Callable[..., Design]
Fill = Callable[..., Filling]


def source(path: Path) -> Source:
    """Name a file and its content."""
    return Source(path, hashlib.sha256(path.read_bytes()).hexdigest())


@pytest.fixture
def make_design(request: pytest.FixtureRequest) -> MakeDesign:
    """Build a design from layers written in YAML, one per line."""

    def make(*layers: str, files: Mapping[str, Source] | None = None) -> Design:
        written = STYLES + "".join(f"      - {layer}\n" for layer in layers)
        return Design(
            key=f"{request.node.nodeid}:{hash(layers)}",
            palette={"ink": INK, "paper": PAPER, "red": RED},
            fonts={
                ("display", "regular"): source(FONTS / "YoungSerif-Regular.ttf"),
                ("text", "regular"): source(FONTS / "Figtree-Medium.ttf"),
                ("text", "bold"): source(FONTS / "Figtree-Bold.ttf"),
            },
            logos={},
            files=files or {},
            layout=Layout.model_validate(YAML(typ="safe").load(written)),
        )

    return make


@pytest.fixture
def fill() -> Fill:
    """Fill slots by keyword; `unconfirmed` and `photos` as in Filling."""

    def build(
        *, unconfirmed: tuple[str, ...] = (), photos: Mapping[str, Source] | None = None, **values: str
    ) -> Filling:
        filling = Filling(values=values, copy={"off": "off"}, unconfirmed=frozenset(unconfirmed))
        return replace(filling, photos=photos or {})

    return build


@pytest.fixture
def photo(tmp_path: Path) -> Source:
    """Draw a picture, green on the left and blue on the right."""
    picture = Image.new("RGB", (1600, 800), (30, 160, 60))
    picture.paste((30, 60, 200), (800, 0, 1600, 800))
    picture.save(tmp_path / "photo.png")
    return source(tmp_path / "photo.png")
