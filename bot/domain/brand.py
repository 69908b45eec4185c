"""Headquarters' identity: palette, typefaces, voice, logos."""

from collections.abc import Mapping

from pydantic import Field

from bot.domain.frozen import Frozen
from bot.domain.ids import Digest


class Typeface(Frozen):
    """One family: weight name (`regular`, `bold` …) -> font file as written in brand.yaml."""

    family: str
    weights: Mapping[str, str]


class Voice(Frozen):
    """How the brand speaks."""

    summary: str = ""
    does: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()


class Brand(Frozen):
    """One version of the brand."""

    name: str
    folder: str
    version: Digest
    palette: Mapping[str, str]
    """Colour name -> `#rrggbb`."""
    typefaces: Mapping[str, Typeface]
    """Role (`display`, `text`) -> typeface."""
    logos: Mapping[str, str] = Field(default_factory=dict)
    """`light` and `dark` -> file as written in brand.yaml."""
    voice: Voice = Voice()
    languages: tuple[str, ...] = ("en",)
    """Languages of copy and of the bot's words; the first is the fallback."""
    link_hosts: tuple[str, ...] = ()
    """Hosts that a link slot accepts."""
    legal_entities: Mapping[str, str] = Field(default_factory=dict)
    """Country -> imprint line."""
    files: Mapping[str, Digest] = Field(default_factory=dict)
    """Path as written -> content digest, of fonts, logos and shared pictures."""
