"""What layout.yaml says: the formats of a template and the layers each is composed of.

`bot.brandbook` reads it and checks it against slots, copy and brand; `bot.rendering` draws it.
A format is composed anew, never scaled from another one.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.domain.frozen import Frozen
from bot.domain.geometry import Grid
from bot.domain.layers import Layer, LogoLayer, PhotoLayer, ShapeLayer
from bot.domain.set_layers import AnyLayer, BadgeLayer, LinesLayer, SetLayer, StackLayer, TextStyle

KNOWN_SIZES: Mapping[str, tuple[int, int]] = {
    "square": (1080, 1080),
    "story": (1080, 1920),
    "landscape": (1200, 628),
}
KEPT_FREE_PX: Mapping[str, tuple[int, int]] = {"story": (250, 340)}
"""Top and bottom of a format that the networks cover with their own buttons: no words, no logo there."""
PLAIN = TextStyle(
    role="text",
    weight="regular",
    leading=1.3,
    tracking=0,
    case="as-is",
    figures="default",
    max_lines=1,
    balanced=False,
    align="left",
)
Side = Annotated[int, Field(ge=64, le=6000)]


class FormatLayout(Frozen):
    """One format: its size in pixels, its grid, and its layers from the bottom up."""

    size: tuple[Side, Side]
    grid: Grid = Grid()
    layers: Annotated[tuple[AnyLayer, ...], Field(min_length=1)]

    def walk(self) -> Iterator[Layer]:
        """Go through the layers, and the layers inside them, from the bottom up."""
        for layer in self.layers:
            yield layer
            yield from layer.children()

    @model_validator(mode="after")
    def _keep_to_the_grid(self) -> Self:
        for layer in self.walk():
            for span, count in (
                (layer.box.cols, self.grid.columns),
                (layer.box.rows, self.grid.rows),
            ):
                if span and span[1] > count:
                    detail = f"{layer.name or 'a layer'}: {list(span)} is outside a grid of {count}"
                    raise ValueError(detail)
        return self


class Layout(Frozen):
    """All formats of a template, and the type styles they share."""

    styles: Mapping[str, TextStyle] = Field(default_factory=dict)
    formats: Annotated[Mapping[str, FormatLayout], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _size_known_formats(cls, written: object) -> object:
        if not isinstance(written, dict) or not isinstance(written.get("formats"), dict):
            return written
        sized = {
            name: {"size": KNOWN_SIZES[name], **given} if name in KNOWN_SIZES and isinstance(given, dict) else given
            for name, given in written["formats"].items()
        }
        return {**written, "formats": sized}

    @model_validator(mode="after")
    def _know_every_style(self) -> Self:
        for name, style in self.styles.items():
            if style.use is not None:
                detail = f"style {name}: a shared style cannot use another one"
                raise ValueError(detail)
        for name, shown in self.formats.items():
            for layer in shown.walk():
                for style in text_styles(layer):
                    self._check_style(style, where=f"{name}: {layer.name or 'a layer'}")
        return self

    @model_validator(mode="after")
    def _stay_clear_of_buttons(self) -> Self:
        for name, (top, bottom) in KEPT_FREE_PX.items():
            if name not in self.formats:
                continue
            shown = self.formats[name]
            for layer in shown.layers:
                rect = layer.box.place(size=shown.size, grid=shown.grid)
                says = isinstance(layer, SetLayer | StackLayer | LogoLayer)
                if says and (rect.y < top or rect.bottom > shown.size[1] - bottom):
                    detail = (
                        f"{name}: {layer.name or 'a layer'} must keep the top {top} and the bottom {bottom} px free"
                    )
                    raise ValueError(detail)
        return self

    def _check_style(self, style: TextStyle, *, where: str) -> None:
        if style.use is not None and style.use not in self.styles:
            detail = f"{where}: no style {style.use}; there are {', '.join(sorted(self.styles))}"
            raise ValueError(detail)
        full = self.style_of(style)
        if full.size is None or full.color is None:
            missing = "size" if full.size is None else "color"
            detail = f"{where}: its style has no {missing}"
            raise ValueError(detail)

    def style_of(self, style: TextStyle) -> TextStyle:
        """Complete a layer's style from the shared one it uses and the plain one under both."""
        shared = self.styles[style.use] if style.use else TextStyle()
        return style.over(shared.over(PLAIN))

    def references(self) -> frozenset[str]:
        """Name every slot and locked word (`copy.<key>`) that any format draws."""
        layers = [layer for shown in self.formats.values() for layer in shown.layers]
        return frozenset().union(*(layer.references() for layer in layers))

    def colors(self) -> frozenset[str]:
        """Name every palette colour that any format uses."""
        layers = [layer for shown in self.formats.values() for layer in shown.walk()]
        written = [layer.colors() for layer in layers]
        strokes = {
            layer.stroke.color
            for layer in layers
            if isinstance(layer, ShapeLayer | PhotoLayer | BadgeLayer) and layer.stroke
        }
        styles = [*self.styles.values(), *(one for each in layers for one in text_styles(each))]
        return frozenset(strokes.union(*written, {each.color for each in styles if each.color}))

    def files(self) -> frozenset[str]:
        """Name every picture file that any format draws."""
        layers = [layer for shown in self.formats.values() for layer in shown.walk()]
        named = {getattr(layer, field, None) for layer in layers for field in ("file", "fallback")}
        return frozenset(each for each in named if isinstance(each, str))


def text_styles(layer: Layer) -> tuple[TextStyle, ...]:
    """Return every style a layer sets type in, each complete but for what it `use`s."""
    if not isinstance(layer, SetLayer):
        return ()
    own = layer.style
    if isinstance(layer, LinesLayer):
        return (own, layer.right_style.over(own))
    if isinstance(layer, BadgeLayer):
        sides = ((layer.over, layer.over_style), (layer.under, layer.under_style))
        return (own, *(style.over(own) for words, style in sides if words))
    return (own,)
