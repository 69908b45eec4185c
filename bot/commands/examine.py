"""What `doctor` looks at, one examination per thing; each says what is there and what to do.

Nothing here raises for what it finds: a finding is an answer, too.
"""

import ctypes
import platform
import shutil
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.commands.command import Stop, brand_dir
from bot.settings import Settings

FRIBIDI = ("libfribidi.so.0", "libfribidi.so", "libfribidi.0.dylib", "fribidi-0.dll", "libfribidi-0.dll")
"""Where Pillow looks for it (src/thirdparty/fribidi-shim)."""
OLDEST_SQLITE = (3, 35)
"""SQLite changes, 3.35: RETURNING, by which a row is written once."""
FREE_BYTES = 200_000_000


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    is_well: bool
    detail: str


async def examine(settings: Settings) -> tuple[Finding, ...]:
    """Look at everything, from the machine up to the platforms."""
    return (
        _python(),
        _sqlite(),
        _fribidi(),
        _brand(settings),
        await _attempt("database", lambda: _database(settings)),
        _media(settings),
        await _attempt("Slack", lambda: _slack(settings)),
        await _attempt("Telegram", lambda: _telegram(settings)),
        _model(settings),
    )


async def _attempt(name: str, look: Callable[[], Awaitable[Finding]]) -> Finding:
    try:
        return await look()
    except Exception as error:  # noqa: BLE001 - whatever a database or a network says is the finding
        first_line = next(iter(str(error).splitlines()), "")[:200]
        return Finding(name, is_well=False, detail=f"{type(error).__name__} {first_line}".strip())


def _python() -> Finding:
    return Finding("Python", is_well=sys.version_info >= (3, 11), detail=platform.python_version())


def _sqlite() -> Finding:
    is_well = sqlite3.sqlite_version_info >= OLDEST_SQLITE
    advice = "" if is_well else "; 3.35 or newer is needed"
    return Finding("SQLite", is_well=is_well, detail=sqlite3.sqlite_version + advice)


def _fribidi() -> Finding:
    for name in FRIBIDI:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return Finding("FriBiDi", is_well=True, detail=name)
    detail = "missing: Arabic, Hebrew and Devanagari would be drawn wrong (Debian: apt-get install libfribidi0)"
    return Finding("FriBiDi", is_well=False, detail=detail)


def _brand(settings: Settings) -> Finding:
    from bot.brandbook import BrandErrors, load_book

    try:
        folder = brand_dir(settings)
        book = load_book(folder)
    except Stop as stop:
        return Finding("brand", is_well=False, detail=str(stop))
    except BrandErrors as error:
        return Finding("brand", is_well=False, detail=f"{len(error.mistakes)} mistakes: run `python -m bot check`")
    return Finding("brand", is_well=True, detail=f"{book.brand.name}, {len(book.templates)} templates, in {folder}")


async def _database(settings: Settings) -> Finding:
    from bot.store import Store
    from bot.store.migrate import find_drift

    store = Store.open(settings.database_url, brand=brand_dir(settings).name, busy_timeout_s=2)
    try:
        drift = await find_drift(store.access)
    finally:
        await store.close()
    kind = "SQLite" if settings.is_sqlite else "PostgreSQL"
    if drift:
        return Finding("database", is_well=False, detail=f"{kind}, not up to date: run `python -m bot migrate`")
    return Finding("database", is_well=True, detail=f"{kind}, up to date")


def _media(settings: Settings) -> Finding:
    folder = Path(settings.media_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder):
            free_bytes = shutil.disk_usage(folder).free
    except OSError as error:
        return Finding("media", is_well=False, detail=f"{folder} cannot be written: {error.strerror}")
    return Finding("media", is_well=free_bytes >= FREE_BYTES, detail=f"{folder}, {free_bytes // 10**6} MB free")


async def _slack(settings: Settings) -> Finding:
    if not settings.slack_bot_token:
        return Finding("Slack", is_well=True, detail="not configured")
    if not (settings.slack_signing_secret or settings.slack_app_token):
        detail = "set GLOCAL_SLACK_SIGNING_SECRET (public address) or GLOCAL_SLACK_APP_TOKEN (Socket Mode)"
        return Finding("Slack", is_well=False, detail=detail)
    from bot.platforms.slack_doctor import examine as examine_app

    wrong = await examine_app(settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url)
    return Finding("Slack", is_well=not wrong, detail="; ".join(wrong) or "token, scopes and blocks are taken")


async def _telegram(settings: Settings) -> Finding:
    if not settings.telegram_token:
        return Finding("Telegram", is_well=True, detail="not configured")
    from aiohttp import ClientSession, ClientTimeout

    url = f"{settings.telegram_api_url}/bot{settings.telegram_token.get_secret_value()}/getMe"
    async with ClientSession(timeout=ClientTimeout(total=10)) as session, session.post(url) as answer:
        said = await answer.json()
    if not said.get("ok"):
        return Finding("Telegram", is_well=False, detail=f"Telegram refuses the token: {said.get('description')}")
    return Finding("Telegram", is_well=True, detail=f"@{said['result']['username']}")


def _model(settings: Settings) -> Finding:
    if not settings.model_provider:
        return Finding("model", is_well=True, detail="not configured: suggestions are the templates' own examples")
    if not settings.model_name:
        return Finding("model", is_well=False, detail="GLOCAL_MODEL_NAME is missing")
    return Finding("model", is_well=True, detail=f"{settings.model_provider}, {settings.model_name}")
