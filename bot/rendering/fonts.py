"""Font files as faces: loaded once per size, asked what they cover and how tall their capitals are.

A `FontBook` knows the brand's faces by role and weight; `bot.rendering.pen` measures and draws with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import regex
from PIL import ImageFont

from bot.errors import Misconfigured
from bot.rendering.coverage import read_coverage

REFERENCE_PX = 512
FaceKey = tuple[str, str]

_CLUSTER = regex.compile(r"\X")
_INVISIBLE = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Zl}\p{Zp}]")
SPACES = {" ": " ", "\u00a0": " ", "\u202f": "\u2009", "\u2009": " ", "\u2007": " ", "\u2011": "-", "\u2010": "-"}


@dataclass(frozen=True, eq=False)
class Face:
    """One font file; `load_face` gives the same object for the same file, so it is compared by identity."""

    path: Path
    digest: str

    def at(self, size_px: int) -> ImageFont.FreeTypeFont:
        """Load the font at a size, once."""
        return _load(self, size_px)

    @property
    def cap_height(self) -> float:
        """Height of capitals, in em."""
        return _measure_caps(self)

    def covers(self, cluster: str) -> bool:
        """Tell whether every visible character of a grapheme has a glyph."""
        points = _coverage(self)
        return all(ord(each) in points or _INVISIBLE.match(each) is not None for each in cluster)


@lru_cache(maxsize=64)
def load_face(path: Path, digest: str) -> Face:
    """Return the face of a font file with this content."""
    return Face(path, digest)


@lru_cache(maxsize=256)
def _load(face: Face, size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(face.path, size_px, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=64)
def _measure_caps(face: Face) -> float:
    return -_load(face, REFERENCE_PX).getbbox("H", anchor="ls")[1] / REFERENCE_PX


@lru_cache(maxsize=64)
def _coverage(face: Face) -> frozenset[int]:
    return read_coverage(face.path)


@dataclass(frozen=True)
class Run:
    """Text that one face can print."""

    face: Face
    text: str


class FontBook:
    """The faces of a brand, by role and weight name."""

    def __init__(self, faces: Mapping[FaceKey, Face]) -> None:
        self._faces = faces

    def chain(self, *, role: str, weight: str) -> tuple[Face, ...]:
        """Return the face asked for, then the others as fallbacks, nearest first.

        Raises:
            Misconfigured: the brand has no such role and weight.
        """
        wanted = self._faces.get((role, weight))
        if wanted is None:
            raise Misconfigured(f"the typeface {role} has no weight {weight}")
        same_weight = [face for (_, each), face in self._faces.items() if each == weight]
        return tuple(dict.fromkeys([wanted, *same_weight, *self._faces.values()]))


@lru_cache(maxsize=4096)
def split_runs(text: str, chain: tuple[Face, ...]) -> tuple[Run, ...]:
    """Cut a text into runs by what the faces cover; what none covers is left out."""
    runs: list[Run] = []
    for cluster in _CLUSTER.findall(text):
        shown, face = _choose_face(cluster, chain)
        if face is None:
            continue
        if runs and runs[-1].face == face:
            runs[-1] = Run(face, runs[-1].text + shown)
        else:
            runs.append(Run(face, shown))
    return tuple(runs)


@lru_cache(maxsize=2048)
def find_unprintable(text: str, chain: tuple[Face, ...]) -> tuple[str, ...]:
    """Return the graphemes of a text that no face can print, each once."""
    clusters = dict.fromkeys(_CLUSTER.findall(text))
    return tuple(each for each in clusters if _choose_face(each, chain)[1] is None)


def _choose_face(cluster: str, chain: tuple[Face, ...]) -> tuple[str, Face | None]:
    for shown in (cluster, *([SPACES[cluster]] if cluster in SPACES else [])):
        for face in chain:
            if face.covers(shown):
                return shown, face
    return cluster, None


def split_clusters(text: str) -> list[str]:
    """Cut a text into graphemes."""
    found: list[str] = _CLUSTER.findall(text)
    return found
