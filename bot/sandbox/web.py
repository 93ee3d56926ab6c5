"""The addresses of this Slack: the Web API, files, answers, sockets, and `/_/` for people."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.sandbox.acting import posting
from bot.sandbox.acting.acts import Act, CannotDo
from bot.sandbox.acting.answers import answer_at
from bot.sandbox.acting.names import ACTS
from bot.sandbox.api.answering import answer
from bot.sandbox.api.faults import Fault
from bot.sandbox.psa.addresses import Psa
from bot.sandbox.serving import is_from_elsewhere, page_routes
from bot.sandbox.slack import Slack
from bot.sandbox.state.files import describe_file, may_see_file, receive_file
from bot.sandbox.state.records import File

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

BIGGEST_BODY = 1024**3
LOCKED = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
LOGIN_PAGE = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in to Slack</body></html>"


@dataclass(slots=True)
class Web:
    """Turns requests into calls and acts, and their answers into responses."""

    slack: Slack

    def application(self) -> web.Application:
        """Lay out all addresses."""
        made = web.Application(client_max_size=BIGGEST_BODY, middlewares=[self.committed])
        made.add_routes(
            [
                web.route("*", "/api/{method}", self.call),
                web.post("/upload/v1/{file}", self.upload, name="upload"),
                web.get("/files-pri/{key}/{name:.+}", self.download, name="download"),
                web.post("/actions/{team}/{name}", self.respond, name="response_url"),
                web.get("/link/", self.slack.courier.sockets.listen),
                *page_routes(),
                *Psa(self.slack.world).routes(),
                web.post("/_/upload", self.hand_in),
                web.get("/_/file/{file}", self.look_into),
                web.get("/_/wait", self.wait),
                web.post("/_/{act}", self.act),
            ]
        )
        return made

    @web.middleware
    async def committed(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Keep what a request has changed before it is answered, and break what is to break."""
        if request.path.startswith(("/_/", "/psa/")) and is_from_elsewhere(request):
            return web.json_response({"error": "Another page may not act for the people here."}, status=403)
        name = request.match_info.get("method") or request.match_info.route.name
        fault = self.slack.faults.next_for(name) if name else None
        if fault and not fault.done:
            return await broken(request, fault)
        try:
            response = await handler(request)
        except ValueError as wrong:
            return web.json_response({"ok": False, "error": f"invalid_arguments: {wrong}"}, status=400)
        self.slack.commit()
        return await broken(request, fault) if fault else response

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer a call of the Web API."""
        given = await arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(given.get("token") or "")
        answered = answer(self.slack.world, self.slack.limits, request.match_info["method"], token.strip(), given)
        if answered.get("error") == "ratelimited":
            return rate_limited(answered.pop("retry_after"))
        return web.json_response(answered)

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Take in the bytes of a file, sent as they are or as a form."""
        file = self.slack.world.state.files.get(request.match_info["file"])
        if file is None or file.uploaded:
            return web.Response(status=404, text="not found")
        contents = await sent_bytes(request)
        receive_file(self.slack.world, file, contents)
        return web.Response(text=f"OK - {len(contents)}")

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Give a file to a bot that may read it; anybody else gets the page to sign in, as if all were well."""
        world = self.slack.world
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        bot = next((one for one in world.state.installations if one.bot_token == token and one.state == "active"), None)
        file = world.state.files.get(request.match_info["key"].partition("-")[2])
        may = bot and file and "files:read" in bot.scopes and may_see_file(world, file, bot.bot_user)
        if file is None or not may:
            return web.Response(text=LOGIN_PAGE, content_type="text/html")
        return self.contents(file)

    def contents(self, file: File | None) -> web.StreamResponse:
        """Give a file's bytes, if there are any."""
        if file is None or file.deleted or not file.uploaded:
            return web.json_response({"error": "There is no such file."}, status=404)
        kind = describe_file(self.slack.world, file)["mimetype"]
        return web.Response(body=self.slack.world.state.contents[file.id], content_type=kind)

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """Take an answer at an address that was given out for it."""
        status, answered = answer_at(self.slack.world, request.match_info["name"], await arguments(request))
        return web.json_response(answered, status=status) if answered else web.Response(text="ok")

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Do what a person does."""
        do = ACTS.get(request.match_info["act"])
        if do is None:
            return web.json_response({"error": f"Nobody can {request.match_info['act']!r} here."}, status=404)
        try:
            return web.json_response(await do(Act(self.slack, await arguments(request))))
        except CannotDo as cannot:
            return web.json_response({"error": str(cannot)}, status=400)
        except (KeyError, TypeError, ValueError) as wrong:
            sentence = f"That is not how to {request.match_info['act']!r}: {wrong}."
            return web.json_response({"error": sentence}, status=400)

    async def hand_in(self, request: web.Request) -> web.StreamResponse:
        """Take a file that a person drops."""
        act = Act(self.slack, {"as": request.query.get("as", "")})
        try:
            file = posting.hand_in(
                self.slack.world, act.person(), request.query.get("name", "file"), await request.read()
            )
        except CannotDo as cannot:
            return web.json_response({"error": str(cannot)}, status=400)
        return web.json_response(describe_file(self.slack.world, file))

    async def look_into(self, request: web.Request) -> web.StreamResponse:
        """Show a person what a file holds; whatever that is, it can do nothing on this page."""
        shown = self.contents(self.slack.world.state.files.get(request.match_info["file"]))
        shown.headers.update(LOCKED)
        return shown

    async def wait(self, request: web.Request) -> web.StreamResponse:
        """Wait for news: the way a page, or a test, sees changes as they happen."""
        since, seconds = int(request.query.get("since", "0")), float(request.query.get("seconds", "30"))
        return web.json_response({"version": await self.slack.newer_than(since, seconds)})


async def arguments(request: web.Request) -> Json:
    """Read what came with a request: in its address, as JSON, or as a form."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        return given | structure_of(await request.read())
    return given | dict(await request.post())


def structure_of(body: bytes) -> Json:
    """Read a body as an object; what is none says nothing."""
    try:
        read = json.loads(body) if body else {}
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


async def sent_bytes(request: web.Request) -> bytes:
    """Read the bytes of a file, out of a form if it is one."""
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    form = await request.post()
    parts = [part.file.read() for part in form.values() if isinstance(part, web.FileField)]
    return bytes(parts[0]) if parts else b""


def rate_limited(seconds: int) -> web.Response:
    """Say that it is too much, and for how long."""
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(seconds)})


async def broken(request: web.Request, fault: Fault) -> web.StreamResponse:
    """Answer as a bad day would have it."""
    match fault.how:
        case "status":
            return web.Response(status=fault.status, text="Something went wrong.")
        case "ratelimited":
            return rate_limited(fault.retry_after)
        case "refused":
            return web.json_response({"ok": False, "error": fault.error})
        case "hangs":
            await asyncio.sleep(fault.seconds)
        case "dropped":
            pass
    if request.transport:
        request.transport.abort()
    return web.Response()
