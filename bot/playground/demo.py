"""`python -m bot demo`: the story, told in the terminal and on paper; then the playground, if somebody is there.

Everything is the real thing but the two platforms: slack-bolt, python-telegram-bot, DBOS, Pillow, SQLite.
"""

import asyncio
import shutil
import signal
import sys
import time
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import concrete_parts
from bot.logging import configure
from bot.playground.album import Album
from bot.playground.joined import Joined, dbos_jobs, join_house
from bot.playground.page import open_playground
from bot.playground.stage import Stage, open_stage
from bot.playground.story import tell
from bot.playground.telling import Line, ToldSurface
from bot.playground.transcript_files import as_html, as_markdown, as_text
from bot.playground.troupe import Troupe, gather
from bot.settings import Settings
from bot.testing.time import MONDAY_MORNING

TITLE = "From a sentence to an approved picture"
POLL_S = 0.1
IMAGES = "images"


class StoryClock:
    """Time that begins on a Monday at nine and then runs on, so that the story is the same on every day."""

    def __init__(self) -> None:
        self._started_s = time.monotonic()

    def now(self) -> datetime:
        """Give the instant."""
        return MONDAY_MORNING + timedelta(seconds=time.monotonic() - self._started_s)


async def play(settings: Settings, *, out: Path, keep_open: bool) -> int:
    """Play the story, write it down under `out`, and give the exit code."""
    started_s = time.monotonic()
    if settings.log_level == "INFO":  # the story is what one reads here
        configure("WARNING", log_format=settings.log_format)
    settings = settings.model_copy(update={"engine_poll_s": POLL_S})
    parts = replace(concrete_parts(), clock=StoryClock())
    async with AsyncExitStack() as stack:
        stage = await stack.enter_async_context(open_stage())
        joined = await stack.enter_async_context(join_house(stage, settings, parts, seeds_people=True))
        joined.run_jobs = dbos_jobs(joined.house)
        troupe = gather(joined)
        url = ""
        if keep_open:  # from the first word on, so that one may watch
            url = await stack.enter_async_context(open_playground(joined, troupe, settings=settings))
        count = await _tell(troupe, stage, out)
        _say(f"\nTold in {time.monotonic() - started_s:.1f} s: {count} different pictures in {out / IMAGES}")
        _say(f"The same to read again: {out / 'transcript.html'} and {out / 'transcript.md'}")
        if url:
            _say(f"\nThe playground is open with this story in it: {url}  (Ctrl-C closes it)")
            await _until_stopped(joined)
    return 0


async def _until_stopped(joined: Joined) -> None:
    """Keep the house going until Ctrl-C or SIGTERM."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    sweeping = asyncio.create_task(joined.house.sweep_forever(), name="sweep")
    await stop.wait()
    sweeping.cancel()
    await asyncio.gather(sweeping, return_exceptions=True)


async def _tell(troupe: Troupe, stage: Stage, out: Path) -> int:
    """Tell the story as it happens, then write it down; give the number of pictures."""
    shutil.rmtree(out / IMAGES, ignore_errors=True)
    album, lines = Album(stage, out / IMAGES), list[Line]()

    def name_of(digest: str) -> str:
        name = album.name_of(digest)
        return f"{IMAGES}/{name}" if name else ""

    def say(line: Line) -> None:
        lines.append(line)
        _say(as_text(line, name_of))

    told = ToldSurface(troupe.surface, say)
    maria, sam, ana = (replace(troupe.people[name], surface=told) for name in ("maria", "sam", "ana"))
    told.people = [maria, sam, ana]
    await tell(maria, sam, ana, chapter=told.chapter)
    _write(out, as_markdown(lines, TITLE, name_of), as_html(lines, TITLE, name_of))
    return len(album.names)


def _write(out: Path, markdown: str, html: str) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / "transcript.md").write_text(markdown, encoding="utf-8")
    (out / "transcript.html").write_text(html, encoding="utf-8")


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
