"""Words as they are compared: lower case, without accents, one kind of apostrophe."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Give the text for comparing with folded vocabulary."""
    spread = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    return "".join(character for character in spread if not unicodedata.combining(character))
