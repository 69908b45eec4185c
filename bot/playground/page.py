"""The page at 127.0.0.1: an owner, an approver and an admin side by side, and the raw traffic.

Fragments are drawn here; the browser only morphs them into place. `demo` opens it with the story in it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import jinja2
from aiohttp import web
from markupsafe import Markup

from bot.errors import Misconfigured
from bot.playground import page_slack, page_telegram
from bot.playground.joined import Joined
from bot.playground.page_acts import act
from bot.playground.page_guard import HOST, guard, refuse_real_tokens
from bot.playground.page_mrkdwn import draw_emoji, draw_mrkdwn
from bot.playground.page_pulse import Pulse
from bot.playground.page_traffic import detail_of, rows_of
from bot.playground.slack_json import object_at, objects_at, text_at
from bot.playground.slack_typing import decode
from bot.playground.stage import Stage
from bot.playground.telegram_files import picture_size_px
from bot.playground.troupe import Troupe
from bot.settings import Settings
from bot.testing.people import Person

HERE = Path(__file__).parent
PANES = {"owner": "maria", "approver": "sam", "admin": "ana"}
"""Pane -> who sits there when a visitor arrives."""
RETRY_MS = 500
"""How soon a page that lost its stream asks again."""
MOST_BODY_BYTES = 25 * 1024 * 1024


class Page:
    """Draws panes and takes acts in."""

    def __init__(self, stage: Stage, people: dict[str, Person]) -> None:
        self._stage = stage
        self._people = people
        self._pulse = Pulse(stage)
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {
            "at": text_at, "inside": object_at, "each": objects_at, "draw_words": page_telegram.draw_words,
            "draw_emoji": draw_emoji, "mrkdwn": self._mrkdwn, "slack_file": self._slack_file_path,
            "size_of": self._size_attributes,
            "as_typed": decode,
        }  # fmt: skip

    def routes(self) -> list[web.AbstractRouteDef]:
        """Give every route of the page."""
        return [
            web.get("/", self.show),
            web.get("/pane/{pane}", self.show_pane),
            web.get("/events", self.stream),
            web.post("/act/{person}/{act}", self.take),
            web.get("/file/{platform}/{file_id}", self.give_file),
            web.get("/traffic/{platform}/{number}", self.show_traffic),
            web.static("/static", HERE / "static"),
        ]

    async def show(self, request: web.Request) -> web.Response:
        """Draw the whole page; `?owner=lucia` puts somebody else into a pane."""
        seats = {pane: self._person(request, pane) for pane in PANES}
        panes = {pane: self._draw(person) for pane, person in seats.items()}
        words = self._environment.get_template("page.html").render(
            seats=seats, panes=panes, people=list(self._people.values()), traffic=self._draw_traffic(),
            number=self._pulse.number,
        )  # fmt: skip
        return web.Response(text=words, content_type="text/html")

    async def show_pane(self, request: web.Request) -> web.Response:
        """Draw one pane anew, with the number it is up to date with."""
        number, pane = self._pulse.number, request.match_info["pane"]
        if pane == "traffic":
            words = self._draw_traffic()
        elif pane in PANES:
            words = self._draw(self._person(request, pane))
        else:
            raise web.HTTPNotFound
        return web.Response(text=words, content_type="text/html", headers={"X-Number": str(number)})

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Tell the page of every change, beginning with what it missed."""
        seen = request.headers.get("Last-Event-ID") or request.query.get("seen") or "0"
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        with suppress(ConnectionResetError):  # the visitor has left
            await response.write(f"retry: {RETRY_MS}\n\n".encode())
            async for number in self._pulse.follow(int(seen) if seen.isdecimal() else 0):
                line = ": still here\n\n" if number is None else f"id: {number}\ndata: {number}\n\n"
                await response.write(line.encode())
        return response

    async def take(self, request: web.Request) -> web.Response:
        """Carry an act out; a sentence comes back where the platform's client would show one."""
        person = self._people.get(request.match_info["person"])
        if person is None:
            raise web.HTTPNotFound
        said = await act(self._stage, person, request.match_info["act"], await request.post())
        return web.json_response({"said": said}, status=409 if said else 200)

    async def give_file(self, request: web.Request) -> web.Response:
        """Give a file that a double received, as it received it."""
        platform, file_id = request.match_info["platform"], request.match_info["file_id"]
        name, data = self._file(platform, file_id)
        kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg" if data.startswith(b"\xff\xd8") else ""
        headers = {} if kind else {"Content-Disposition": f'attachment; filename="{_plain(name)}"'}
        if "download" in request.query:
            headers = {"Content-Disposition": f'attachment; filename="{_plain(name)}"'}
        return web.Response(body=data, content_type=kind or "application/octet-stream", headers=headers)

    async def show_traffic(self, request: web.Request) -> web.Response:
        """Give one exchange as JSON to read."""
        try:
            words = detail_of(self._stage, request.match_info["platform"], int(request.match_info["number"]))
        except (LookupError, StopIteration, ValueError):
            raise web.HTTPNotFound from None
        return web.Response(text=words)

    def _person(self, request: web.Request, pane: str) -> Person:
        return self._people.get(request.query.get(pane, ""), self._people[PANES[pane]])

    def _draw(self, person: Person) -> str:
        if person.platform == "slack":
            view = page_slack.look(self._stage.slack.workspace, person)
            return self._environment.get_template("slack.html").render(view=view, picks=page_slack.EMOJI_TO_PICK)
        chats = page_telegram.look(self._stage.telegram.state, person)
        return self._environment.get_template("telegram.html").render(view=chats, picks=page_telegram.EMOJI_TO_PICK)

    def _draw_traffic(self) -> str:
        return self._environment.get_template("traffic.html").render(rows=rows_of(self._stage))

    def _mrkdwn(self, text: str) -> str:
        people = self._stage.slack.workspace.people
        return draw_mrkdwn(text, name_of=lambda user: people[user].real_name if user in people else user)

    def _slack_file_path(self, block: object) -> str:
        """Give where the page finds the picture of an image block or element; empty when it shows none."""
        file_id = text_at(block, "slack_file", "id") if isinstance(block, dict) else ""
        return f"/file/slack/{file_id}" if file_id in self._stage.slack.workspace.files else ""

    def _size_attributes(self, path: str) -> Markup:
        """Give width and height of a Slack picture, so that nothing jumps while it loads."""
        held = self._stage.slack.workspace.files.get(path.rpartition("/")[2])
        size_px = picture_size_px(held.data) if held else None
        return Markup(' width="{}" height="{}"').format(*size_px) if size_px else Markup()

    def _file(self, platform: str, file_id: str) -> tuple[str, bytes]:
        if platform == "slack" and (held := self._stage.slack.workspace.files.get(file_id)):
            return held.name, held.data
        for kept in self._stage.telegram.state.files.all() if platform == "telegram" else ():
            if kept.file_id == file_id:
                return kept.name, kept.data
        raise web.HTTPNotFound


@asynccontextmanager
async def open_playground(joined: Joined, troupe: Troupe, *, settings: Settings) -> AsyncIterator[str]:
    """Serve the page on 127.0.0.1 (port 0: a free one) and give its address.

    Raises:
        Misconfigured: real tokens are set, or the port is taken.
    """
    refuse_real_tokens(settings)
    app = web.Application(middlewares=[guard], client_max_size=MOST_BODY_BYTES)
    app.add_routes(Page(joined.stage, troupe.people).routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await _listen(runner, settings.playground_port)
        yield f"http://{HOST}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError as taken:
        raise Misconfigured(f"port {port} is taken: set GLOCAL_PLAYGROUND_PORT to another one") from taken


def _plain(name: str) -> str:
    return "".join(one for one in name if one.isalnum() or one in "-_. ") or "file"
