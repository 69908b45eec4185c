"""Which part of a text still needs a person's yes: carried through templates and line breaks.

A value that is not confirmed is wrapped in two private-use characters before the words are filled;
the setters take them out again and learn what to highlight. People's own text never contains them.
"""

from dataclasses import dataclass

import regex

OPEN, CLOSE = "\ue000", "\ue001"
_MARKS = str.maketrans("", "", OPEN + CLOSE)
_UNSETTABLE = regex.compile(r"[\p{Co}\p{Cs}\p{Bidi_Control}\u2060\ufeff]|(?!\n)\p{Cc}")


def clean_value(text: str) -> str:
    """Take out of a person's text what must not reach the page: controls, overrides, private use."""
    return str(_UNSETTABLE.sub("", text.replace("\t", " ").replace("\r\n", "\n"))).strip()


def wrap_mark(text: str) -> str:
    """Mark a value; an empty one stays empty."""
    return "\n".join(f"{OPEN}{line}{CLOSE}" if line else line for line in text.split("\n"))


def strip_marks(text: str) -> str:
    """Return the text as it is printed."""
    return text.translate(_MARKS)


@dataclass(frozen=True)
class Marked:
    """A printed line and the stretches of it that are marked, as (start, end) indices."""

    text: str
    stretches: tuple[tuple[int, int], ...] = ()


def read_marks(lines: tuple[str, ...]) -> tuple[Marked, ...]:
    """Turn lines with marks into printed lines with stretches; a mark may run over a line break."""
    is_open = False
    read: list[Marked] = []
    for line in lines:
        kept: list[str] = []
        stretches: list[tuple[int, int]] = []
        start = 0 if is_open else -1
        for character in line:
            if character == OPEN:
                is_open, start = True, len(kept)
            elif character == CLOSE:
                is_open = False
                stretches.append((start, len(kept)))
            else:
                kept.append(character)
        if is_open:
            stretches.append((start, len(kept)))
        read.append(Marked("".join(kept), tuple(each for each in stretches if each[0] < each[1])))
    return tuple(read)
