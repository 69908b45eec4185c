"""The layers a layout may stack: shapes, pictures and what every layer has, told apart by `kind`.

Layers of set type are in `bot.domain.set_layers`; `bot.domain.layout` collects them per format.
Lengths outside boxes (sizes, radii, strokes, gaps) are pixels of the format's own size.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from bot.domain.frozen import Frozen
from bot.domain.geometry import Box
from bot.domain.wording import check_words, find_references

Words = Annotated[str, AfterValidator(check_words)]
ColorName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]
VAlign = Literal["top", "middle", "bottom"]
ShapeName = Literal["rect", "rounded", "pill", "circle", "arch"]
Anchor = tuple[Share, Share]


class Layer(Frozen):
    """What every layer has: a name for findings, a box, and when it is drawn at all.

    `when` and `unless` name a slot; the layer is drawn when that slot has (or has no) value.
    """

    name: str = ""
    box: Box = Box()
    when: str | None = None
    unless: str | None = None

    def words(self) -> tuple[str, ...]:
        """Return the templates this layer draws."""
        return ()

    def children(self) -> tuple["Layer", ...]:
        """Return the layers inside this one."""
        return ()

    def references(self) -> frozenset[str]:
        """Name every slot and locked word (`copy.<key>`) this layer depends on."""
        named = {slot for slot in (self.when, self.unless, *self._slots()) if slot}
        said = [find_references(source) for source in self.words()]
        inside = [child.references() for child in self.children()]
        return frozenset(named.union(*said, *inside))

    def colors(self) -> frozenset[str]:
        """Name the palette colours written on this layer itself."""
        written = {getattr(self, field, None) for field in ("color", "rule")}
        return frozenset(color for color in written if isinstance(color, str))

    def _slots(self) -> tuple[str, ...]:
        return ()


class Stroke(Frozen):
    """An outline."""

    color: ColorName
    width: Positive


class ShapeLayer(Layer):
    """A filled and/or outlined shape; without a box it is the background."""

    kind: Literal["shape"] = "shape"
    shape: ShapeName = "rect"
    color: ColorName | None = None
    opacity: Share = 1
    radius: float = Field(default=0, ge=0)
    stroke: Stroke | None = None


class LineLayer(Layer):
    """A straight line through the middle of its box, along the longer side.

    In a stack it is as wide as the stack, or `length` pixels.
    """

    kind: Literal["line"] = "line"
    color: ColorName
    width: Positive = 2
    length: Positive | None = None
    dash: tuple[Positive, Positive] | None = None
    opacity: Share = 1


class Stop(Frozen):
    """A colour at a place (0 start, 1 end) of a gradient."""

    at: Share
    color: ColorName
    opacity: Share = 1


class GradientLayer(Layer):
    """A linear gradient; a scrim is one whose stops differ in opacity only."""

    kind: Literal["gradient"] = "gradient"
    toward: Literal["bottom", "top", "right", "left"] = "bottom"
    stops: Annotated[tuple[Stop, ...], Field(min_length=2)]

    def colors(self) -> frozenset[str]:
        """Name the palette colours of the stops."""
        return frozenset(stop.color for stop in self.stops)


class ImageLayer(Layer):
    """A picture file of the template folder, or of the brand folder when it starts with `/`."""

    kind: Literal["image"] = "image"
    file: str
    fit: Literal["cover", "contain"] = "cover"
    anchor: Anchor = (0.5, 0.5)
    opacity: Share = 1


class PhotoLayer(Layer):
    """A photo slot in a frame; `fallback` is drawn while the slot is empty."""

    kind: Literal["photo"] = "photo"
    slot: str
    frame: ShapeName = "rect"
    radius: float = Field(default=0, ge=0)
    stroke: Stroke | None = None
    focus: Anchor = (0.5, 0.5)
    fallback: str | None = None

    def _slots(self) -> tuple[str, ...]:
        return (self.slot,)


class LogoLayer(Layer):
    """The brand's logo, contained in its box; `auto` takes the version that contrasts more."""

    kind: Literal["logo"] = "logo"
    version: Literal["light", "dark", "auto"] = "auto"
    anchor: Anchor = (0, 0)
