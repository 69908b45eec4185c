"""Draw replies and cards as Block Kit: pure values in, blocks inside every limit out.

`slack.py` posts what this draws. Limits: "Block Kit reference" and "Formatting text for app surfaces"
of Slack's documentation.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from pydantic import JsonValue

from bot.chat import (
    Ask,
    Button,
    Card,
    Choose,
    Done,
    Line,
    ListOut,
    Note,
    OpenForm,
    Option,
    Picture,
    Quiet,
    Refuse,
    Reply,
    Rows,
    Say,
    ShowCard,
    Text,
    plain,
)
from bot.domain.ids import Digest
from bot.platforms.slack_text import bold, draw, escape, label, shorten, split

Block = dict[str, JsonValue]
FileIds = Mapping[Digest, str]
"""Pictures that Slack already shows: digest -> file id."""

MOST_BLOCKS = 50
MOST_SECTION = 3_000
MOST_HEADER = 150
MOST_FIELDS = 10
SHORT = 160
"""Longest line of a card that still reads well in half the width, in characters."""
MOST_BUTTONS = 25
MOST_LABEL = 75
MOST_ALT = 2_000
MOST_NOTIFICATION = 3_000

PRESS = "press"
FORM = "form"
"""First part of an action id: whether the press opens a form."""

MARKS = {"": "", "unconfirmed": "◌ ", "missing": "○ ", "changed": "✎ ", "locked": "🔒 "}
TONES = {"ok": "✅", "info": "ℹ️", "warn": "⚠️", "block": "⛔"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """What one post holds: the words for notifications, and the blocks."""

    text: str
    blocks: list[Block]


def draw_reply(reply: Reply, files: FileIds) -> Drawing | None:
    """Draw a reply; None where there is nothing to post (`OpenForm` is drawn by `slack_views`)."""
    match reply:
        case Say() | Done():
            return _fitted(reply.text, sections(reply.text), reply.rows)
        case Ask():
            return _fitted(reply.text, [*sections(reply.text), *_small(reply.hint)], reply.rows)
        case Refuse():
            body = [*sections(("⛔ ", *reply.text)), *_small(reply.citation)]
            return _fitted(reply.text, body, reply.rows)
        case Choose():
            return _fitted(reply.text, [*sections(reply.text), *_options(reply, files)], reply.rows)
        case ListOut():
            return _fitted(reply.title, _list(reply, files), reply.rows)
        case ShowCard():
            has_words = bool(plain(reply.text).strip() or reply.rows)
            return _fitted(reply.text, sections(reply.text), reply.rows) if has_words else None
        case OpenForm() | Quiet():
            return None
        case _:
            assert_never(reply)


def draw_card(card: Card, files: FileIds) -> Drawing:
    """Draw a campaign's card: title, status, pictures, lines, checks, buttons."""
    body: list[Block] = [
        {"type": "header", "text": plain_text(label(card.title, MOST_HEADER))},
        *sections(card.status),
        *(draw_picture(picture, files) for picture in card.pictures),
        *_lines(card.lines),
        *_gathered(_note(note) for note in card.notes),
    ]
    summary: Text = (card.summary,) if card.summary else (*card.title, " – ", *card.status)
    return _fitted(summary, body, card.rows)


def pictures_of(reply: Reply) -> tuple[Picture, ...]:
    """Return the pictures a reply shows."""
    match reply:
        case Choose():
            return tuple(option.picture for option in reply.options if option.picture)
        case ListOut():
            return (reply.picture,) if reply.picture else ()
        case _:
            return ()


def sections(text: Text) -> list[Block]:
    """Draw words as sections, as many as their length needs."""
    return [section(piece) for piece in split(draw(text), MOST_SECTION)]


def draw_picture(picture: Picture, files: FileIds) -> Block:
    """Draw a picture; its words where Slack does not have it yet."""
    alt = shorten(picture.alt or picture.title or "–", MOST_ALT)
    file_id = files.get(picture.digest)
    if file_id is None:
        return section(shorten(f"🖼 {escape(alt)}", MOST_SECTION))
    block: Block = {"type": "image", "slack_file": {"id": file_id}, "alt_text": alt}
    if picture.title:
        block["title"] = plain_text(shorten(picture.title, MOST_ALT))
    return block


def draw_rows(rows: Rows) -> list[Block]:
    """Draw buttons, each row an actions block; action ids are unique in the whole post."""
    blocks: list[Block] = []
    count = 0
    for row in rows:
        for start in range(0, len(row), MOST_BUTTONS):
            part = row[start : start + MOST_BUTTONS]
            elements: list[JsonValue] = [_button(b, count + n) for n, b in enumerate(part)]
            blocks.append({"type": "actions", "elements": elements})
            count += len(part)
    return blocks


def _fitted(summary: Text, body: Sequence[Block], rows: Rows) -> Drawing:
    """Keep the buttons and as much of the body as fifty blocks hold."""
    buttons = draw_rows(rows)[: MOST_BLOCKS // 2]
    room = MOST_BLOCKS - len(buttons)
    kept = list(body)
    if len(kept) > room:
        kept = [*kept[: room - 1], section("…")]
    text = shorten(escape(" ".join(plain(summary).split())), MOST_NOTIFICATION)
    return Drawing(text or "…", [*kept, *buttons])


def _list(reply: ListOut, files: FileIds) -> list[Block]:
    drawn = [section(bold(label(reply.title, MOST_HEADER)))]
    if reply.picture:
        drawn.append(draw_picture(reply.picture, files))
    return [*drawn, *_gathered(f"• {draw(line)}" for line in reply.lines)]


def _options(reply: Choose, files: FileIds) -> Iterable[Block]:
    """Draw each option with its thumbnail and its button right below, or beside where there is none."""
    for number, option in enumerate(reply.options):
        button = _button(option.button, number, group="option")
        thumbnail = _thumbnail(option, files)
        words = bold(option.title)
        if option.description:
            words += f"\n{escape(option.description)}"
        described = section(shorten(words, MOST_SECTION))
        if thumbnail is None:
            yield {**described, "accessory": button}
        else:
            yield {**described, "accessory": thumbnail}
            yield {"type": "actions", "elements": [button]}


def _thumbnail(option: Option, files: FileIds) -> Block | None:
    if option.picture is None or option.picture.digest not in files:
        return None
    alt = shorten(option.picture.alt or option.title, MOST_ALT)
    return {
        "type": "image",
        "slack_file": {"id": files[option.picture.digest]},
        "alt_text": alt,
    }


def _lines(lines: Iterable[Line]) -> Iterable[Block]:
    """Draw short values in two columns and long ones across."""
    fields: list[JsonValue] = []
    for line in lines:
        drawn = _line(line)
        is_short = len(drawn) <= SHORT and "\n" not in plain(line.value).strip()
        if is_short:
            fields.append({"type": "mrkdwn", "text": drawn})
        if fields and (not is_short or len(fields) == MOST_FIELDS):
            yield {"type": "section", "fields": fields}
            fields = []
        if not is_short:
            yield from (section(piece) for piece in split(drawn, MOST_SECTION))
    if fields:
        yield {"type": "section", "fields": fields}


def _line(line: Line) -> str:
    value = draw(line.value, is_inline="\n" not in plain(line.value).strip())
    parts = [f"{MARKS[line.mark]}*{escape(line.label)}*", value, f"_{escape(line.note)}_" if line.note else ""]
    return "\n".join(part for part in parts if part)


def _note(note: Note) -> str:
    return f"{TONES[note.tone]} {draw(note.text)}"


def _gathered(pieces: Iterable[str]) -> list[Block]:
    """Put short pieces together into as few sections as their length allows."""
    gathered: list[str] = []
    for piece in pieces:
        if gathered and len(gathered[-1]) + len(piece) < MOST_SECTION:
            gathered[-1] += f"\n{piece}"
        else:
            gathered.append(piece)
    return [section(part) for whole in gathered for part in split(whole, MOST_SECTION)]


def _button(button: Button, number: int, *, group: str = "") -> Block:
    kind = FORM if button.opens_form else PRESS
    element: Block = {
        "type": "button",
        "text": plain_text(shorten(button.label.strip() or "…", MOST_LABEL)),
        "action_id": f"{kind}.{group}{number}",
        "value": button.action,
    }
    if button.style != "plain":
        element["style"] = button.style
    return element


def _small(text: str) -> list[Block]:
    if not text.strip():
        return []
    shown = shorten(escape(text.strip()), MOST_SECTION)
    return [{"type": "context", "elements": [{"type": "mrkdwn", "text": shown}]}]


def section(drawn: str) -> Block:
    """Draw one section of mrkdwn."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": drawn}}


def plain_text(text: str) -> Block:
    """Draw words where Slack takes no markup."""
    return {"type": "plain_text", "text": text, "emoji": True}
