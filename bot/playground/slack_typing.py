"""What Slack makes of the characters a person types, and what people read of Slack's markup.

Pure. `encode` is how a person's words reach the bot (escaped, addresses linked, emoji as names beside a
rich text block); `decode` is how a post reads on the screen, for the driver, transcripts and panes.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.playground.slack_json import Json, JsonObject

_EMOJI = re.compile("[\u2600-\u27bf\u2b50\U0001f300-\U0001faff]\ufe0f?[\U0001f3fb-\U0001f3ff]?")
_ADDRESS = re.compile(r"(?<![<|@\w/])(https?://[^\s<>|]+|(?:[\w-]+\.)+(?:com|org|net|example)(?:/[^\s<>|]*)?)")
_MENTION = re.compile(r"&lt;(@[UW][A-Z0-9]+)&gt;")
_MARKED = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_STYLED = re.compile(r"(?<![^\W_])([*_~])(?=[^\s\u2060])([^\n]*?\S)\1(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Encoded:
    """A person's words as an event carries them."""

    text: str
    blocks: list[JsonObject] = field(default_factory=list)


def encode(typed: str) -> Encoded:
    """Encode typed characters; a mention is typed as `<@U…>`."""
    text = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _MENTION.sub(r"<\1>", text)
    text = _ADDRESS.sub(_linked, text)
    names = dict(_named(typed))
    for characters, name in names.items():
        text = text.replace(characters, f":{name}:")
    elements: list[Json] = [
        {
            "type": "emoji",
            "name": name.partition("::")[0],
            "unicode": "-".join(f"{ord(character):x}" for character in characters),
        }
        for characters, name in names.items()
    ]
    if not elements:
        return Encoded(text)
    section: Json = {"type": "rich_text_section", "elements": elements}
    return Encoded(text, [{"type": "rich_text", "block_id": "typed", "elements": [section]}])


def decode(mrkdwn: str) -> str:
    """Return the characters one reads: no emphasis marks, no escapes, links by their words."""
    lines = (line.removeprefix("&gt;").removeprefix(">") for line in mrkdwn.split("\n"))
    text = "\n".join(lines)
    text = _MARKED.sub(lambda m: m[2] or m[1], text)
    for _ in range(2):
        text = _STYLED.sub(r"\2", text)
    text = text.replace("\u2060", "")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _linked(found: re.Match[str]) -> str:
    address = found[0]
    return f"<{address}>" if "://" in address else f"<http://{address}|{address}>"


def _named(typed: str) -> Iterator[tuple[str, str]]:
    for characters in _EMOJI.findall(typed):
        name = unicodedata.name(characters[0], "emoji").lower().replace(" ", "_")
        tone = ord(characters[-1]) - 0x1F3FB + 2
        yield characters, f"{name}::skin-tone-{tone}" if 2 <= tone <= 6 else name
