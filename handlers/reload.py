"""Read the brand's files anew: checked first, refused with file and line, in force after the commit."""

import asyncio
from dataclasses import dataclass

from bot.brandbook import BrandBook, BrandErrors
from bot.chat import Done, Quoted, Refuse, Reply, Say
from bot.domain.member import Membership, Role
from bot.errors import WrongState
from bot.shelf import keep_files, keep_versions
from bot.turn import Scene, Turn

EVERYWHERE = Membership(role=Role.ADMIN)
MOST = 5
"""Mistakes shown in a chat; `python -m bot check` lists all."""


@dataclass(frozen=True)
class Loaded:
    """What reading the files came to."""

    book: BrandBook | None
    mistakes: tuple[str, ...] = ()


async def prepare_reload(scene: Scene) -> Loaded:
    """Read and check every file, away from the event loop."""
    try:
        book = await asyncio.to_thread(scene.load_book)
    except BrandErrors as errors:
        return Loaded(book=None, mistakes=tuple(str(mistake) for mistake in errors.mistakes))
    await keep_files(book, scene.media)
    return Loaded(book=book)


async def reload(turn: Turn) -> Reply:
    """Say what would change, and ask before it does."""
    turn.require_governing(EVERYWHERE)
    loaded = turn.prepared
    if not isinstance(loaded, Loaded) or loaded.book is None:
        return _refuse(turn, loaded.mistakes if isinstance(loaded, Loaded) else ())
    changed = changed_parts(turn.book, loaded.book)
    if not changed:
        ways_out = ((turn.button("buttons.help", "help"),),)
        return Done(text=turn.text("admin.reload_same"), rows=ways_out, is_private=not turn.incoming.address.is_direct)
    pending = await turn.offer("reload_confirmed", [{"version": loaded.book.version}])
    yes = turn.button("buttons.reload", "reload_confirmed", index=0, subject=pending.id, style="primary")
    text = turn.text("admin.reload_confirm", parts=", ".join(changed), count=len(changed))
    rows = ((yes, turn.button("buttons.never_mind", "back")),)
    return Say(text=text, rows=rows, is_private=not turn.incoming.address.is_direct)


async def reload_confirmed(turn: Turn) -> Reply:
    """Take exactly the checked files into force."""
    turn.require_governing(EVERYWHERE)
    loaded = turn.prepared
    chosen = await turn.use_up()
    if not isinstance(loaded, Loaded) or loaded.book is None:
        return _refuse(turn, loaded.mistakes if isinstance(loaded, Loaded) else ())
    if loaded.book.version != chosen["version"]:
        raise WrongState("files_changed")
    await keep_versions(loaded.book, turn.uow)
    await turn.log("brand.reloaded", loaded.book.brand.folder, version=loaded.book.version, before=turn.book.version)
    turn.new_book = loaded.book
    rows = ((turn.button("buttons.help", "help"),),)
    return Done(text=turn.text("admin.reload_done"), rows=rows, is_private=not turn.incoming.address.is_direct)


def changed_parts(old: BrandBook, new: BrandBook) -> tuple[str, ...]:
    """Name what differs: templates by name, `brand`, `policies`."""
    names = sorted({*old.templates, *new.templates})
    parts = [name for name in names if old.templates.get(name) != new.templates.get(name)]
    if old.brand.version != new.brand.version:
        parts.append("brand")
    if old.policies.version != new.policies.version:
        parts.append("policies")
    return tuple(parts)


def _refuse(turn: Turn, mistakes: tuple[str, ...]) -> Reply:
    text = turn.text(
        "admin.reload_refused", count=len(mistakes), mistakes=Quoted(text="\n".join(mistakes[:MOST])),
        more=max(0, len(mistakes) - MOST),
    )  # fmt: skip
    return Refuse(
        text=text, rows=((turn.button("buttons.help", "help"),),), is_private=not turn.incoming.address.is_direct
    )
