"""The text policy: what characters a person's words may hold before any slot type looks at them.

Tricks are refused with a sentence (bidi controls, tag characters, stacked marks, look-alike scripts);
harmless invisible leftovers of copy and paste are taken out.
"""

import unicodedata
from functools import lru_cache

import regex
from babel import Locale

from bot.errors import Unreadable

LONGEST_CHARACTERS = 4000
"""Beyond this no slot looks at the text at all."""
MOST_MARKS = 3

_BIDI = regex.compile(r"[\u202a-\u202e\u2066-\u2069]")
_TAGS = regex.compile(r"[\U000e0000-\U000e007f]")
_STRANGE = regex.compile(r"[\p{Co}\p{Cs}\p{Cn}\ufffd]|[^\P{Cc}\n\r\t]")
_EMOJI = r"\p{Extended_Pictographic}"
_LONE_JOINER = regex.compile(rf"(?<!{_EMOJI}[\ufe0f\p{{EMod}}]?)\u200d|\u200d(?!{_EMOJI})")
_LONE_SELECTOR = regex.compile(rf"(?<![{_EMOJI}\d#*])[\ufe00-\ufe0f]")
_INVISIBLE = regex.compile(r"[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u2060-\u2064\u3164\ufeff]")
_FANCY = regex.compile(r"[\U0001d400-\U0001d7ff\uff01-\uff5e]")
_MARKS = regex.compile(rf"\p{{M}}{{{MOST_MARKS + 1},}}")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_BLANKS = regex.compile(r"[^\S\n]+")
_GRAPHEME = regex.compile(r"\X")


def clean_text(text: str, locale: str = "") -> str:
    """Give the text without invisible leftovers, composed, with single blanks; line breaks stay.

    With a `locale`, letters of a script that its language does not write are refused as well.

    Raises:
        Unreadable: `too_long`, `hidden_direction`, `strange_characters`, `mixed_scripts` or `other_script`.
    """
    if len(text) > LONGEST_CHARACTERS:
        raise Unreadable("too_long", length=len(text), limit=LONGEST_CHARACTERS)
    if _BIDI.search(text) or _TAGS.search(text):
        raise Unreadable("hidden_direction")
    if _STRANGE.search(text):
        raise Unreadable("strange_characters")
    shown = _strip_invisible(_FANCY.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text))
    composed = unicodedata.normalize("NFC", shown)
    if _MARKS.search(unicodedata.normalize("NFD", composed)):
        raise Unreadable("strange_characters")
    if locale:
        _check_scripts(composed, locale)
    lines = composed.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in lines).strip()


def count_graphemes(text: str) -> int:
    """Count what a reader sees as characters."""
    return len(_GRAPHEME.findall(text))


def has_words(text: str) -> bool:
    """Tell whether there is any letter or digit."""
    return any(character.isalnum() for character in text)


def _strip_invisible(text: str) -> str:
    for hidden in (_INVISIBLE, _LONE_JOINER, _LONE_SELECTOR):
        text = str(hidden.sub("", text))
    return text


def _check_scripts(text: str, locale: str) -> None:
    script = _script_of(locale)
    own = regex.compile(rf"[\p{{{script}}}\p{{Common}}\p{{Inherited}}]")
    for word in _WORD.findall(text):
        foreign = [character for character in word if not own.match(character)]
        if foreign and len(foreign) < len(word):
            raise Unreadable("mixed_scripts", word=word)
        if foreign:
            raise Unreadable("other_script", word=word)


@lru_cache
def _script_of(locale: str) -> str:
    return Locale.parse(locale.replace("-", "_"), resolve_likely_subtags=True).script or "Latn"
