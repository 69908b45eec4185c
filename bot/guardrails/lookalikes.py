"""The skeleton of a text: what a reader takes it for, letter by letter, with the place of each letter kept.

Accents and invisible characters fall away, letters of other alphabets that look Latin become Latin.
The tilde of ñ stays: `año` is not `ano`.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_ROWS = {
    "a": "аαᴀɑ", "b": "ьʙвᏏ", "c": "сϲᴄⅽ", "d": "ԁᴅɗđ", "e": "еєҽᴇε", "f": "ꜰƒ", "g": "ɡɢց", "h": "һʜħн",
    "i": "іιıɪɩ", "j": "јᴊϳ", "k": "кκᴋ", "l": "ӏʟłⅼ", "m": "мᴍⅿ", "n": "пηɴո", "o": "оοᴏσօø", "p": "рρᴘ",
    "q": "ԛ", "r": "гʀɾ", "s": "ѕꜱ", "t": "тτᴛ", "u": "υᴜս", "v": "νѵᴠ", "w": "ԝωᴡш", "x": "хχ",
    "y": "уγʏү", "z": "ᴢʐ",
}  # fmt: skip
_CAPITALS = {
    "A": "АΑ", "B": "ВΒ", "C": "СϹ", "E": "ЕΕ", "H": "НΗ", "I": "ІΙ", "J": "Ј", "K": "КΚ", "M": "МΜ", "N": "Ν",
    "O": "ОΟ", "P": "РΡ", "S": "Ѕ", "T": "ТΤ", "X": "ХΧ", "Y": "УΥҮ", "Z": "Ζ",
}  # fmt: skip
_ENCLOSED_FIRSTS = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
"""Squared, negative circled, negative squared and regional letters: A to Z each."""
TILDE = "\u0303"

_LATIN = {
    **{ord(other): letter for letter, others in _ROWS.items() for other in others},
    **{ord(other): letter.lower() for letter, others in _CAPITALS.items() for other in others},
    **{first + n: chr(ord("a") + n) for first in _ENCLOSED_FIRSTS for n in range(26)},
}


@dataclass(frozen=True)
class Skeleton:
    """Plain letters, and for each the index of the character it comes from."""

    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span in the original text."""
        return self.origins[start], self.origins[end - 1] + 1


@lru_cache(maxsize=512)
def skeleton_of(text: str) -> Skeleton:
    """Reduce a text to what a reader takes it for."""
    letters: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", _LATIN.get(ord(character), character)):
            if _is_unseen(part) and not (part == TILDE and letters and letters[-1] == "n"):
                continue
            for letter in _LATIN.get(ord(part), part).casefold():
                letters.append(letter)
                origins.append(index)
    return Skeleton("".join(letters), tuple(origins))


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in {"Cf", "Mn", "Me", "Cc"} and character not in "\n\t"
