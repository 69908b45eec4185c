"""The layers of set type: text, prices, lists, badges, and the stack that shares a box among them.

They fit themselves: every style says the smallest and the largest size it may take.
`bot.domain.layout` completes the styles; `bot/rendering/` fits and draws.
"""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, model_validator

from bot.domain.frozen import Frozen
from bot.domain.layers import (
    Anchor,
    ColorName,
    GradientLayer,
    ImageLayer,
    Layer,
    LineLayer,
    LogoLayer,
    PhotoLayer,
    Positive,
    ShapeLayer,
    Share,
    Stroke,
    VAlign,
    Words,
)

Align = Literal["left", "center", "right"]


class TextStyle(Frozen):
    """How text is set. `size` is the smallest and the largest size allowed, in pixels."""

    use: str | None = None
    role: str | None = None
    weight: str | None = None
    size: tuple[Positive, Positive] | None = None
    leading: float | None = Field(default=None, ge=0.7, le=2.5)
    tracking: float | None = Field(default=None, ge=-0.1, le=0.6)
    case: Literal["as-is", "upper"] | None = None
    figures: Literal["default", "lining", "tabular"] | None = None
    max_lines: int | None = Field(default=None, ge=1, le=40)
    balanced: bool | None = None
    color: ColorName | None = None
    align: Align | None = None

    @model_validator(mode="after")
    def _order_sizes(self) -> Self:
        if self.size and self.size[0] > self.size[1]:
            detail = f"size is [smallest, largest], not {list(self.size)}"
            raise ValueError(detail)
        return self

    def over(self, under: "TextStyle") -> "TextStyle":
        """Lay this style over another one: what is said here wins."""
        return under.model_copy(update=self.model_dump(exclude_none=True))


def _name_style(written: object) -> object:
    return {"use": written} if isinstance(written, str) else written


Style = Annotated[TextStyle, BeforeValidator(_name_style)]


class SetLayer(Layer):
    """What layers of set type share."""

    style: Style = TextStyle()


class TextLayer(SetLayer):
    """Words that fit themselves into the box."""

    kind: Literal["text"] = "text"
    valign: VAlign = "top"
    text: Words

    def words(self) -> tuple[str, ...]:
        """Return the one template."""
        return (self.text,)


class PriceLayer(SetLayer):
    """A price lockup: currency and minor units smaller and raised."""

    kind: Literal["price"] = "price"
    valign: VAlign = "top"
    text: Words
    small: Share = 0.46
    raised: bool = True

    def words(self) -> tuple[str, ...]:
        """Return the one template; it should come to one price, such as `{{ price }}`."""
        return (self.text,)


class Row(Frozen):
    """One row of a list: a label and what belongs to it."""

    left: Words
    right: Words = ""


class LinesLayer(SetLayer):
    """A list of lines such as opening hours, in two columns.

    Say `rows`, or `text` whose lines are each cut at the first `cut`. Empty rows are left out.
    """

    kind: Literal["lines"] = "lines"
    valign: VAlign = "top"
    rows: tuple[Row, ...] = ()
    text: Words = ""
    cut: str = ":"
    right_style: Style = TextStyle()
    rule: ColorName | None = None
    rule_width: Positive = 2
    gap: float = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _say_rows_or_text(self) -> Self:
        if bool(self.rows) == bool(self.text):
            detail = "give either rows or text"
            raise ValueError(detail)
        return self

    def words(self) -> tuple[str, ...]:
        """Return the templates of every row."""
        return (self.text, *(each for row in self.rows for each in (row.left, row.right)))


class BadgeLayer(SetLayer):
    """Text or a price in a shape: pill, sticker, button.

    With `hug` the shape takes the size of its text plus `padding`, anchored in the box.
    """

    kind: Literal["badge"] = "badge"
    shape: Literal["rect", "rounded", "pill", "circle", "burst"] = "pill"
    color: ColorName | None = None
    stroke: Stroke | None = None
    radius: float = Field(default=0, ge=0)
    text: Words
    over: Words = ""
    over_style: Style = TextStyle()
    under: Words = ""
    under_style: Style = TextStyle()
    as_price: bool = False
    small: Share = 0.46
    padding: tuple[float, float] = (28, 14)
    hug: bool = True
    anchor: Anchor = (0, 0)
    rotate: float = Field(default=0, ge=-45, le=45)

    @model_validator(mode="after")
    def _tilt_only_a_ground(self) -> Self:
        if self.rotate and self.color is None:
            detail = "a tilted badge needs a color"
            raise ValueError(detail)
        return self

    def words(self) -> tuple[str, ...]:
        """Return the templates of the main line and of the small lines over and under it."""
        return (self.text, self.over, self.under)


StackItem = Annotated[TextLayer | PriceLayer | LinesLayer | BadgeLayer | LineLayer, Discriminator("kind")]


class StackLayer(Layer):
    """Layers one under another, so that a short headline leaves no hole.

    The items share the box: when they do not fit at their largest sizes, all shrink together.
    An item's own box is ignored. `gap` stands between items; `gaps` says each one by itself.
    """

    kind: Literal["stack"] = "stack"
    items: Annotated[tuple[StackItem, ...], Field(min_length=1)]
    gap: float = Field(default=24, ge=0)
    gaps: tuple[float, ...] | None = None
    valign: VAlign = "top"

    @model_validator(mode="after")
    def _count_gaps(self) -> Self:
        if self.gaps is not None and len(self.gaps) != len(self.items) - 1:
            detail = f"{len(self.items)} items have {len(self.items) - 1} gaps between them"
            raise ValueError(detail)
        return self

    def children(self) -> tuple[Layer, ...]:
        """Return the items."""
        return self.items


AnyLayer = Annotated[
    ShapeLayer
    | LineLayer
    | GradientLayer
    | ImageLayer
    | PhotoLayer
    | LogoLayer
    | TextLayer
    | PriceLayer
    | LinesLayer
    | BadgeLayer
    | StackLayer,
    Discriminator("kind"),
]
