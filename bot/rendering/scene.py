"""One picture being made: the design, the filling, and what a painter asks of both.

`bot.rendering.compose` makes a scene per picture; painters and setters read it.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import TypeVar

from bot.domain.geometry import Rect
from bot.domain.layers import Layer
from bot.domain.layout import FormatLayout
from bot.domain.set_layers import TextStyle
from bot.domain.wording import COPY, fill_words
from bot.errors import Misconfigured
from bot.rendering.bounded import BoundedCache
from bot.rendering.design import Color, Design, Filling, Note, Source, Unprintable
from bot.rendering.fitting import Type
from bot.rendering.fonts import FontBook, find_unprintable, load_face
from bot.rendering.marks import clean_value, strip_marks, wrap_mark
from bot.rendering.pen import Pen, take_pen

V = TypeVar("V")
LayerState = tuple[object, ...]
FIGURES = {"default": (), "lining": ("lnum",), "tabular": ("tnum", "lnum")}
_STYLES: BoundedCache[TextStyle] = BoundedCache(limit=4096, weigh=lambda _: 1)


class Scene:
    """Answers what the layers of one format look like with this filling."""

    def __init__(self, design: Design, *, format_name: str, filling: Filling) -> None:
        self.design = design
        self.layout: FormatLayout = design.layout.formats[format_name]
        self.filling = filling
        self._filled: dict[str, str] = {"": ""}

    @cached_property
    def _fonts(self) -> FontBook:
        faces = self.design.fonts.items()
        return FontBook({key: load_face(font.path, font.digest) for key, font in faces})

    @cached_property
    def _values(self) -> dict[str, str]:
        cleaned = {slot: clean_value(text) for slot, text in self.filling.values.items()}
        marked = {slot: wrap_mark(cleaned.get(slot, "")) for slot in self.filling.unconfirmed}
        return {**cleaned, **marked}

    def has(self, slot: str) -> bool:
        """Tell whether a slot has something to show."""
        return slot in self.filling.photos or bool(self._values.get(slot))

    def is_drawn(self, layer: Layer) -> bool:
        """Tell whether a layer's `when` and `unless` let it be drawn."""
        return (layer.when is None or self.has(layer.when)) and not (
            layer.unless is not None and self.has(layer.unless)
        )

    def state(self, slots: tuple[str, ...], sources: tuple[str, ...]) -> LayerState:
        """Say everything of the filling that can change what a layer with these slots and words looks like."""
        photos = self.filling.photos
        unconfirmed = self.filling.unconfirmed
        return (
            tuple(self.words(source) for source in sources),
            tuple((photos[slot].digest if slot in photos else self.has(slot), slot in unconfirmed) for slot in slots),
        )

    def words(self, source: str) -> str:
        """Fill a template; marks of unconfirmed values stay inside."""
        if source not in self._filled:
            self._filled[source] = fill_words(source, values=self._values, copy=self.filling.copy).strip()
        return self._filled[source]

    def rect(self, layer: Layer) -> Rect:
        """Return the pixels of a layer's box."""
        return layer.box.place(size=self.layout.size, grid=self.layout.grid)

    def color(self, name: str) -> Color:
        """Return a palette colour."""
        return _find(self.design.palette, name, kind="colour")

    def logo(self, version: str) -> Source:
        """Return the file of a version of the logo."""
        return _find(self.design.logos, version, kind="logo")

    def style(self, style: TextStyle) -> TextStyle:
        """Complete a layer's style."""
        return _STYLES.get_or_make((self.design.key, style), lambda: self.design.layout.style_of(style))

    def type(self, style: TextStyle, *, share: float = 1) -> Type:
        """Turn a complete style into what the fitting needs."""
        smallest, largest = style.size or (1, 1)
        full = Type(
            pen=take_pen(
                self._fonts.chain(role=style.role or "text", weight=style.weight or "regular"),
                tracking=style.tracking or 0,
                features=FIGURES[style.figures or "default"],
            ),
            smallest_px=round(smallest),
            largest_px=round(largest),
            leading=style.leading or 1,
            is_balanced=bool(style.balanced),
        )
        return full.capped(share)

    def find_unprintable(self, text: str, *, pen: Pen, layer: Layer) -> tuple[Note, ...]:
        """Note the graphemes that the style's fonts cannot print."""
        missing = find_unprintable(strip_marks(text).replace("\n", ""), pen.chain)
        return tuple(Unprintable(layer.name, slot, missing) for slot in blame(layer)) if missing else ()


def _find(known: Mapping[str, V], name: str, *, kind: str) -> V:
    if name not in known:
        raise Misconfigured(f"the brand has no {kind} {name}")
    return known[name]


def blame(layer: Layer) -> tuple[str, ...]:
    """Name the slots that a finding on a layer is about; the empty name where all words are locked."""
    return slots_of(layer) or ("",)


def slots_of(layer: Layer) -> tuple[str, ...]:
    """Name the slots a layer depends on, in alphabetical order."""
    return tuple(sorted(each for each in layer.references() if not each.startswith(f"{COPY}.")))
