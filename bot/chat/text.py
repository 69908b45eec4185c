"""Words with parts: emphasis, links and quotations are values that each platform draws and escapes."""

from typing import Annotated, Literal

from pydantic import Field

from bot.domain.frozen import Frozen


class Strong(Frozen):
    """Emphasised words."""

    kind: Literal["strong"] = "strong"
    text: str


class Linked(Frozen):
    """Words that lead to an https address."""

    kind: Literal["link"] = "link"
    text: str
    url: str


class Quoted(Frozen):
    """A person's or a file's words, literally; may hold line breaks."""

    kind: Literal["quote"] = "quote"
    text: str


Span = Annotated[Strong | Linked | Quoted, Field(discriminator="kind")]
Text = tuple[str | Span, ...]
"""Words for a person; strings are plain text that the platform escapes."""


def plain(text: Text) -> str:
    """Flatten a text to plain characters (logs, transcripts, alt text)."""
    return "".join(part if isinstance(part, str) else part.text for part in text)
