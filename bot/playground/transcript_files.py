"""A telling on paper: lines for the terminal, `transcript.md` and a self-contained `transcript.html`."""

import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

import jinja2

from bot.playground.telling import Line

WIDTH = 100
INDENT = 12
NameOf = Callable[[str], str]
"""Picture digest -> path beside the transcript, empty when there is none."""
TEMPLATES = Path(__file__).parent / "templates"
PLATFORMS = {"slack": "Slack", "telegram": "Telegram"}


def as_text(line: Line, name_of: NameOf) -> str:
    """Lay a line out for the terminal."""
    if line.kind == "chapter":
        return f"\n── {line.words}\n"
    head = line.name.capitalize() if line.kind == "act" else ("card" if line.kind == "card" else "bot")
    pieces = [
        *filter(str.strip, line.words.splitlines()),
        *_buttons(line),
        *(f"▣ {path}" for path in _paths(line, name_of)),
    ]
    if line.kind != "act":
        whom = f"→ {line.name.capitalize()}{' (only)' if line.is_private else ''}: "
        pieces = [whom + pieces[0], *pieces[1:]] if pieces else []
    wrapped = [row for piece in pieces for row in textwrap.wrap(piece, WIDTH - INDENT, subsequent_indent="  ") or [""]]
    margins = [f"{head:>{INDENT - 2}}  ", *[" " * INDENT] * (len(wrapped) - 1)]
    return "\n".join(margin + row for margin, row in zip(margins, wrapped, strict=False))


def as_markdown(lines: Sequence[Line], title: str, name_of: NameOf) -> str:
    """Write the whole telling as Markdown."""
    return "\n".join([f"# {title}\n", *(_markdown(line, name_of) for line in lines)])


def as_html(lines: Sequence[Line], title: str, name_of: NameOf) -> str:
    """Write the whole telling as one page; pictures lie beside it."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
    )
    template = environment.get_template("transcript.html")
    return template.render(title=title, lines=lines, name_of=name_of, platforms=PLATFORMS)


def _markdown(line: Line, name_of: NameOf) -> str:
    if line.kind == "chapter":
        return f"\n## {line.words}\n"
    who = line.name.capitalize()
    if line.kind == "act":
        return f"**{who}** ({PLATFORMS[line.platform]}): {_escaped(line.words)}\n"
    what = "card of" if line.kind == "card" else "bot to"
    head = f"*{what} {who}{', privately' if line.is_private else ''}*"
    words = _escaped(line.words).replace("\n", "  \n> ")
    buttons = " ".join(f"`{label}`" for label in line.buttons)
    pictures = " ".join(f'<img src="{path}" alt="" width="220">' for path in _paths(line, name_of))
    return "".join(f"> {part}  \n" for part in (head, words, buttons, pictures) if part)


def _escaped(words: str) -> str:
    return "".join(f"\\{one}" if one in "\\`*_[]<>#" else one for one in words)


def _buttons(line: Line) -> list[str]:
    return [" ".join(f"[{label}]" for label in line.buttons)] if line.buttons else []


def _paths(line: Line, name_of: NameOf) -> list[str]:
    return [path for digest in line.pictures if (path := name_of(digest))]
