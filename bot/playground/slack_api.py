"""The HTTP face of the Slack double: `/api/<method>`, upload and download addresses, response URLs.

Checks the token and the scopes, applies the faults a test asked for, and records every exchange.
`slack_double` mounts it; `METHODS` is the whole Web API it speaks.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from aiohttp import web

from bot.playground import slack_chat, slack_directory, slack_files, slack_views
from bot.playground.slack_call import ApiRefusal, Call
from bot.playground.slack_faults import Faults
from bot.playground.slack_json import Json, JsonObject, read
from bot.playground.slack_shapes import file_kind
from bot.playground.slack_socket import Sockets

OPEN_SOCKET = "apps.connections.open"
MOST_UPLOAD_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Method:
    """One Web API method: what it does, and the scopes of which one is needed."""

    run: Callable[[Call], JsonObject]
    scopes: tuple[str, ...] = ()


_READ_PLACES = ("channels:read", "groups:read", "im:read", "mpim:read")
METHODS: Mapping[str, Method] = {
    "auth.test": Method(slack_directory.auth_test),
    "blocks.validate": Method(slack_chat.validate),
    "chat.delete": Method(slack_chat.delete, ("chat:write",)),
    "chat.getPermalink": Method(slack_chat.permalink),
    "chat.postEphemeral": Method(slack_chat.post_ephemeral, ("chat:write",)),
    "chat.postMessage": Method(slack_chat.post_message, ("chat:write",)),
    "chat.update": Method(slack_chat.update, ("chat:write",)),
    "conversations.info": Method(slack_directory.conversations_info, _READ_PLACES),
    "conversations.members": Method(slack_directory.conversations_members, _READ_PLACES),
    "conversations.open": Method(slack_directory.conversations_open, ("im:write",)),
    "files.completeUploadExternal": Method(slack_files.complete_upload, ("files:write",)),
    "files.getUploadURLExternal": Method(slack_files.get_upload_url, ("files:write",)),
    "files.info": Method(slack_files.file_info, ("files:read",)),
    "reactions.add": Method(slack_directory.reactions_add, ("reactions:write",)),
    "reactions.get": Method(slack_directory.reactions_get, ("reactions:read",)),
    "reactions.remove": Method(slack_directory.reactions_remove, ("reactions:write",)),
    "users.info": Method(slack_directory.users_info, ("users:read",)),
    "views.open": Method(slack_views.open_view),
    "views.push": Method(slack_views.push_view),
    "views.update": Method(slack_views.update_view),
}


@dataclass(frozen=True)
class SlackApi:
    """The routes; `scopes` None grants everything."""

    call: Call
    token: str
    app_token: str
    sockets: Sockets
    faults: Faults = field(default_factory=Faults)
    scopes: frozenset[str] | None = None

    def add_to(self, app: web.Application) -> None:
        """Mount the routes."""
        app.router.add_route("*", "/api/{method}", self._method)
        app.router.add_post("/upload/v1/{secret}", self._upload)
        app.router.add_get("/files-pri/{name}/{rest:.+}", self._download)
        self.sockets.add_to(app)
        app.router.add_post("/actions/{team}/{secret}", self._respond)

    async def _method(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        args = await _arguments(request)
        await asyncio.sleep(self.faults.delay_s(name))
        try:
            body = self._answer(name, args=args, token=_token(request, args))
            status, headers = 200, {"x-oauth-scopes": ",".join(sorted(self.scopes or ()))}
        except ApiRefusal as refusal:
            body, status, headers = refusal.answer(), refusal.status, refusal.headers
        shown = {key: entry for key, entry in args.items() if key != "token"}
        self.call.workspace.record.add(name, direction="to_slack", request=shown, status=status, answer=body)
        return web.json_response(body, status=status, headers=headers)

    def _answer(self, name: str, *, args: JsonObject, token: str) -> JsonObject:
        if not token:
            raise ApiRefusal("not_authed")
        if name == OPEN_SOCKET and token == self.app_token:
            return {"ok": True, **self.sockets.open_address(self.call.base_url)}
        if token != self.token:
            raise ApiRefusal("invalid_auth")
        if name == OPEN_SOCKET:
            raise ApiRefusal("not_allowed_token_type")
        method = METHODS.get(name)
        if method is None:
            raise ApiRefusal("unknown_method", fields={"req_method": name})
        self._check_scopes(method)
        self.faults.raise_for(name)
        answer = method.run(replace(self.call, args=args))
        self.faults.raise_lost(name)
        return {"ok": True, **answer}

    def _check_scopes(self, method: Method) -> None:
        if self.scopes is None or not method.scopes or self.scopes.intersection(method.scopes):
            return
        raise ApiRefusal(
            "missing_scope",
            fields={"needed": ",".join(method.scopes), "provided": ",".join(sorted(self.scopes))},
        )

    async def _upload(self, request: web.Request) -> web.Response:
        if request.content_type.startswith("multipart/"):
            form = await request.post()
            part = next((p for p in form.values() if isinstance(p, web.FileField)), None)
            data = part.file.read() if part else b""
        else:
            data = await request.read()
        if not slack_files.take_upload(self.call.workspace, request.match_info["secret"], data):
            return web.Response(status=400, text="invalid upload")
        return web.Response(text=f"OK - {len(data)}")

    async def _download(self, request: web.Request) -> web.Response:
        """Give the bytes to the right token; anybody else gets the login page, with status 200."""
        name = request.match_info["name"].partition("-")[2]
        held = self.call.workspace.files.get(name)
        may_read = self.scopes is None or "files:read" in self.scopes
        if held is None:
            return web.Response(status=404, text="file_not_found")
        if _token(request, {}) != self.token or not may_read:
            page = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head></html>"
            return web.Response(text=page, content_type="text/html")
        return web.Response(body=held.data, content_type=file_kind(held.data)[1])

    async def _respond(self, request: web.Request) -> web.Response:
        args = await _arguments(request)
        ticket = self.call.tickets.redeem_response(request.match_info["secret"])
        status, body = 200, "ok"
        try:
            if isinstance(ticket, str):
                raise ApiRefusal(ticket, status=404)
            slack_chat.respond(replace(self.call, args=args), ticket)
        except ApiRefusal as refusal:
            status, body = 404, f'{{"ok":false,"error":"{refusal.error}"}}'
        self.call.workspace.record.add("response_url", direction="to_slack", request=args, status=status, answer=body)
        return web.Response(text=body, status=status)


def _token(request: web.Request, args: JsonObject) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" else str(args.get("token") or "")


async def _arguments(request: web.Request) -> JsonObject:
    if request.content_type == "application/json":
        parsed = read(await request.text())
        return parsed if isinstance(parsed, dict) else {}
    args: dict[str, Json] = dict(request.query)
    if request.can_read_body:
        args |= {key: str(entry) for key, entry in (await request.post()).items()}
    return args
