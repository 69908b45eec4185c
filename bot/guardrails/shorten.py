"""Shorter texts as remedies: whole words where possible, never a dangling comma."""

import regex

from bot.slots.clean import count_graphemes

_GRAPHEME = regex.compile(r"\X")
_DANGLING = regex.compile(r"[\s,;:–—\-&]+$")


def shorten(text: str, most_graphemes: int) -> str:
    """Cut after the last word that fits; a single longer word is cut inside."""
    if count_graphemes(text) <= most_graphemes:
        return text
    graphemes = _GRAPHEME.findall(text)
    head, after = "".join(graphemes[:most_graphemes]), graphemes[most_graphemes]
    if not after.isspace() and regex.search(r"\s", head.strip()):
        head = regex.sub(r"\s\S*$", "", head.rstrip()) if not head[-1].isspace() else head
    return tidy(head) or "".join(graphemes[:most_graphemes]).strip()


def keep_lines(text: str, most_lines: int) -> str:
    """Keep the first lines that hold anything."""
    return tidy("\n".join([line for line in text.split("\n") if line.strip()][:most_lines]))


def keep_words(text: str, most_words: int) -> str:
    """Keep the first words."""
    words = list(regex.finditer(r"\S+", text))
    return tidy(text[: words[most_words - 1].end()]) if len(words) > most_words else text


def tidy(text: str) -> str:
    """Close the gaps that a taken-out word leaves."""
    closed = regex.sub(r"[^\S\n]+([,;:.])", r"\1", regex.sub(r"[^\S\n]{2,}", " ", text))
    return str(_DANGLING.sub("", regex.sub(r"(?m)^[\s,;:.]+", "", closed))).strip()
