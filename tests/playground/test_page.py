"""The page without a browser: who is let in, what is drawn, what an act does."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.errors import Misconfigured
from bot.playground.joined import Joined
from bot.playground.page import open_playground
from bot.playground.page_guard import refuse_real_tokens
from bot.playground.stage import Stage, open_stage
from bot.playground.telegram_state import PostRef
from bot.playground.troupe import Troupe
from bot.settings import Settings
from bot.testing import Person

SAM, MARIA, CHANNEL = "U0SAM00001", 5_000_000_001, "C0APPROVE1"


class Nowhere:
    """A house that nobody asks."""


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Give both doubles with Maria and Sam, and no bot."""
    async with open_stage() as stage:
        stage.slack.workspace.add_person("sam", user_id=SAM, real_name="Sam Okafor")
        stage.slack.workspace.add_channel("approvals", channel_id=CHANNEL, members=(SAM,))
        stage.telegram.state.open_private(stage.telegram.state.add_user("Maria", user_id=MARIA))
        yield stage


@pytest.fixture
async def page(stage: Stage, tmp_path: Path) -> AsyncIterator[aiohttp.ClientSession]:
    """Visit the page as its own script does."""
    people = {
        name: Person(name, name, platform, user_id, None)  # type: ignore[arg-type]
        for name, platform, user_id in (("maria", "telegram", str(MARIA)), ("sam", "slack", SAM), ("ana", "slack", SAM))
    }
    joined = Joined(Nowhere(), stage)  # type: ignore[arg-type]
    settings = Settings(_env_file=None, data_dir=tmp_path, playground_port=0)
    async with (
        open_playground(joined, Troupe(None, people), settings=settings) as url,  # type: ignore[arg-type]
        aiohttp.ClientSession(url, headers={"Origin": url}) as visitor,
    ):
        yield visitor


async def test_only_this_machine_and_this_page_get_in(page: aiohttp.ClientSession) -> None:
    """A foreign host name, a foreign origin or none may not act; nothing may frame the page."""
    foreign = await page.get("/", headers={"Host": "evil.example:8090"})
    assert foreign.status == 403
    for origin in ("https://evil.example", "null", ""):
        refused = await page.post("/act/sam/say", data={"place": CHANNEL, "text": "hi"}, headers={"Origin": origin})
        assert refused.status == 403
    shown = await page.get("/")
    assert "frame-ancestors 'none'" in shown.headers["Content-Security-Policy"]


def test_real_tokens_keep_it_closed() -> None:
    """Where a real token is set the playground does not open."""
    with pytest.raises(Misconfigured, match="real tokens"):
        refuse_real_tokens(Settings(_env_file=None, telegram_token="1:made-up"))  # type: ignore[arg-type]


async def test_what_people_type_is_drawn_as_text(page: aiohttp.ClientSession, stage: Stage) -> None:
    """Markup that somebody types stands there as characters, on both platforms."""
    nasty = '<img src=x onerror="alert(1)"> & *bold*'
    stage.slack.people.say(SAM, CHANNEL, nasty)
    stage.telegram.people.say(MARIA, MARIA, nasty)
    for pane in ("owner", "approver"):
        drawn = await (await page.get(f"/pane/{pane}")).text()
        assert "<img src=x" not in drawn
        assert "&lt;img src=x" in drawn


async def test_acts_happen_at_the_doubles(page: aiohttp.ClientSession, stage: Stage) -> None:
    """Saying, editing, reacting and uploading do what a person's client does."""
    await page.post("/act/maria/say", data={"place": str(MARIA), "text": "hello"})
    said = list(stage.telegram.state.chats[MARIA].posts.values())[-1]
    await page.post("/act/maria/say", data={"place": str(MARIA), "text": "hello!", "edits": str(said.ref.message_id)})
    await page.post("/act/maria/react", data={"place": str(MARIA), "post": str(said.ref.message_id), "emoji": "👍"})
    await page.post("/act/sam/say", data={"place": CHANNEL, "text": "who approves?"})
    upload = aiohttp.FormData({"place": CHANNEL, "text": "our tray"})
    upload.add_field("file", b"\x89PNG\r\n\x1a\n", filename="tray.png")
    await page.post("/act/sam/upload", data=upload)
    changed = stage.telegram.state.post(PostRef(MARIA, said.ref.message_id))
    assert (changed.text, changed.reactions) == ("hello!", {MARIA: ("👍",)})
    typed, sent = stage.slack.workspace.seen_by(SAM, CHANNEL)
    assert typed.text == "who approves?"
    assert stage.slack.workspace.files[sent.files[0]].data.startswith(b"\x89PNG")


async def test_what_a_client_would_not_do_is_said(page: aiohttp.ClientSession) -> None:
    """An impossible act changes nothing and answers with a sentence."""
    answer = await page.post("/act/sam/react", data={"place": CHANNEL, "post": "1.2", "emoji": "eyes"})
    assert answer.status == 409
    assert (await answer.json())["said"] == "that post is gone"
    nobody = await page.post("/act/nobody/say", data={})
    assert nobody.status == 404


async def test_a_stream_begins_with_what_was_missed(page: aiohttp.ClientSession, stage: Stage) -> None:
    """A page that says what it saw last is told the newest number at once, and each change after it."""
    stage.telegram.people.say(MARIA, MARIA, "one")
    async with page.get("/events", headers={"Last-Event-ID": "1"}) as stream:
        first = await _next_number(stream)
        stage.telegram.people.say(MARIA, MARIA, "two")
        assert await _next_number(stream) > first > 1


async def test_files_and_traffic_can_be_read(page: aiohttp.ClientSession, stage: Stage) -> None:
    """Pictures come as they were received, other files as downloads, and traffic without the token."""
    stage.telegram.people.send_document(MARIA, MARIA, "menu.pdf", b"%PDF-1.7")
    kept = stage.telegram.state.files.all()[-1]
    given = await page.get(f"/file/telegram/{kept.file_id}")
    assert await given.read() == b"%PDF-1.7"
    assert 'filename="menu.pdf"' in given.headers["Content-Disposition"]
    async with aiohttp.ClientSession() as bot:
        await bot.get(f"{stage.telegram.bot_url}{stage.telegram.token}/getMe")
    listed = await (await page.get("/pane/traffic")).text()
    assert "getMe" in listed
    detail = await (await page.get("/traffic/telegram/1")).text()
    assert '"is_bot": true' in detail
    assert stage.telegram.token not in listed + detail
    assert (await page.get("/traffic/telegram/99")).status == 404


async def _next_number(stream: aiohttp.ClientResponse) -> int:
    async for line in stream.content:
        if line.startswith(b"data: "):
            return int(line.removeprefix(b"data: "))
    raise AssertionError("the stream ended")
