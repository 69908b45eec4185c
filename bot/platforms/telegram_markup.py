"""Draw every reply and card as what Telegram can post: texts, photos with captions, albums. Pure.

`telegram.py` posts what this draws, in order; buttons stand under the last post. Limits are those of the Bot API
(sendMessage, sendPhoto, sendMediaGroup) and are kept here, so that no call is refused for them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from telegram import InlineKeyboardMarkup

from bot.chat import (
    Ask,
    Card,
    Choose,
    Done,
    Form,
    ListOut,
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
from bot.platforms.telegram_cards import read_card
from bot.platforms.telegram_keyboard import draw_keyboard
from bot.platforms.telegram_text import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    Piece,
    Words,
    bold,
    draw,
    draw_caption,
    italic,
    join,
    length,
    read_text,
    shorten,
    simple,
    split,
)

ALBUM_LIMIT = 10
PLACEHOLDER_LIMIT = 64


@dataclass(frozen=True, slots=True)
class TextPost:
    """Words; `placeholder` is set when an answer is waited for, and may be empty."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None
    placeholder: str | None = None
    caption: str = ""
    """The same words under a picture that stands there from before."""


@dataclass(frozen=True, slots=True)
class PhotoPost:
    """One picture with its caption."""

    picture: Picture
    caption: str
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True, slots=True)
class AlbumPost:
    """Two to ten pictures with a caption each, without buttons."""

    pictures: tuple[tuple[Picture, str], ...]


DrawnPost = TextPost | PhotoPost | AlbumPost


def draw_reply(reply: Reply) -> tuple[DrawnPost, ...]:
    """Draw a reply as the posts it becomes; none where there is nothing to say."""
    match reply:
        case Say() | Done():
            return _texts(read_text(reply.text), reply.rows)
        case Ask():
            return _question(reply)
        case Refuse():
            said = (Piece("⛔ "), *read_text(reply.text))
            return _texts(join((said, italic(reply.citation)), "\n"), reply.rows)
        case Choose():
            return _choice(reply)
        case ListOut():
            return _list(reply)
        case ShowCard():
            has_words = bool(plain(reply.text).strip() or reply.rows)
            return _texts(read_text(reply.text), reply.rows) if has_words else ()
        case OpenForm():
            return _texts(_form(reply.form), ())
        case Quiet():
            return ()
        case _:
            assert_never(reply)


def draw_card(card: Card) -> tuple[DrawnPost, ...]:
    """Draw a card; the last post is the one with buttons, edited from then on."""
    keyboard = draw_keyboard(card.rows)
    caption = draw_caption(read_card(card, CAPTION_LIMIT))
    if len(card.pictures) == 1:
        return (PhotoPost(card.pictures[0], caption, keyboard),)
    text = TextPost(draw(read_card(card, TEXT_LIMIT)), keyboard, caption=caption)
    return (*_albums([(picture, picture.title) for picture in card.pictures]), text)


def summarise(reply: Reply) -> str:
    """Give the words of a reply without markup, for an answer to a press."""
    match reply:
        case Say() | Done():
            return plain(reply.text).strip()
        case Refuse():
            said = plain(reply.text).strip()
            return f"{said}\n{reply.citation}" if reply.citation else said
        case Quiet():
            return reply.toast
        case Ask() | Choose() | ListOut() | OpenForm() | ShowCard():
            return ""
        case _:
            assert_never(reply)


def _texts(words: Words, rows: Rows) -> tuple[TextPost, ...]:
    *before, last = (draw(part) for part in split(words, TEXT_LIMIT))
    return (*(TextPost(part) for part in before), TextPost(last, draw_keyboard(rows)))


def _question(ask: Ask) -> tuple[TextPost, ...]:
    if ask.rows:
        is_said = ask.hint.strip() in plain(ask.text)
        return _texts(join((read_text(ask.text), () if is_said else italic(ask.hint)), "\n"), ask.rows)
    *before, last = _texts(read_text(ask.text), ())
    hint = " ".join(ask.hint.split())
    return (*before, TextPost(last.html, placeholder=hint[:PLACEHOLDER_LIMIT]))


def _choice(choose: Choose) -> tuple[DrawnPost, ...]:
    rows = (tuple(option.button for option in choose.options), *choose.rows)
    words = join((read_text(choose.text), join(map(_option, choose.options), "\n")), "\n\n")
    pictures = [(option.picture, option.title) for option in choose.options if option.picture]
    if len(pictures) == 1 and length(words) <= CAPTION_LIMIT:
        return (PhotoPost(pictures[0][0], draw_caption(words), draw_keyboard(rows)),)
    return (*_albums(pictures), *_texts(words, rows))


def _option(option: Option) -> Words:
    described = f" – {option.description}" if option.description else ""
    return (Piece("• "), *bold(option.title), *simple(described))


def _list(report: ListOut) -> tuple[DrawnPost, ...]:
    title = tuple(Piece(piece.text, "b") for piece in read_text(report.title))
    lines = join(((Piece("• "), *read_text(line)) for line in report.lines), "\n")
    words = join((title, lines), "\n")
    if report.picture is None:
        return _texts(words, report.rows)
    if length(words) <= CAPTION_LIMIT:
        return (PhotoPost(report.picture, draw_caption(words), draw_keyboard(report.rows)),)
    caption = draw_caption(shorten(title, CAPTION_LIMIT))
    return (PhotoPost(report.picture, caption), *_texts(lines, report.rows))


def _form(form: Form) -> Words:
    """Draw a form as words; Telegram has none, so handlers ask question by question instead."""
    inputs = join((_input(each.label, each.value or each.hint, each.error) for each in form.inputs), "\n")
    return join((bold(form.title), read_text(form.intro), inputs), "\n\n")


def _input(label: str, shown: str, error: str) -> Words:
    asked = (*bold(label), *simple(f": {shown}" if shown else ""))
    return join((asked, italic(error)), "\n")


def _albums(pictures: Sequence[tuple[Picture, str]]) -> Iterator[AlbumPost | PhotoPost]:
    """Put pictures into albums of two to ten; a single one becomes a photo."""
    captioned = [(picture, _caption(title)) for picture, title in pictures]
    while captioned:
        taken = ALBUM_LIMIT - 1 if len(captioned) == ALBUM_LIMIT + 1 else ALBUM_LIMIT
        album, captioned = captioned[:taken], captioned[taken:]
        yield AlbumPost(tuple(album)) if len(album) > 1 else PhotoPost(*album[0])


def _caption(title: str) -> str:
    text: Text = (title,)
    return draw_caption(shorten(read_text(text), CAPTION_LIMIT))
