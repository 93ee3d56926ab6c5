"""The files of the page, served so that nothing else can run in it."""

import mimetypes
from importlib.resources import files

from aiohttp import web

PAGE = files("bot.sandbox") / "page"
# The one inline script is the import map; a browser runs nothing else that is not a file of the page.
IMPORT_MAP = "sha256-mUwQ6dLyMIoz9C5InjXbGJJL2dl3SHZKJrZVPRGQ5Qg="
POLICY = (
    f"default-src 'none'; script-src 'self' '{IMPORT_MAP}'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
KINDS = {".mjs": "text/javascript", ".js": "text/javascript", ".LICENSE": "text/plain"}
AT_HOME = ("127.0.0.1", "localhost", "[::1]")


def page_routes() -> list[web.RouteDef]:
    """Lay out the addresses of the page."""
    return [web.get("/", show_page), web.get("/page/{file:[a-z]+/[a-z_-]+\\.[a-zA-Z]+}", show_file)]


async def show_page(_: web.Request) -> web.StreamResponse:
    """Give the page itself."""
    return web.Response(text=(PAGE / "index.html").read_text("utf-8"), content_type="text/html", headers=HEADERS)


async def show_file(request: web.Request) -> web.StreamResponse:
    """Give one of the files it is made of."""
    name = request.match_info["file"]
    wanted = PAGE / name
    if not wanted.is_file():
        return web.Response(status=404, text="There is no such file.")
    kind = KINDS.get(name[name.rindex(".") :]) or mimetypes.guess_type(name)[0] or "text/plain"
    return web.Response(body=wanted.read_bytes(), content_type=kind, headers=HEADERS)


def is_from_elsewhere(request: web.Request) -> bool:
    """Tell whether another web page, open in the same browser, is behind a request that acts for people here."""
    origin = request.headers.get("Origin")
    host = request.headers.get("Host", "").rpartition(":")[0] or request.headers.get("Host", "")
    return host not in AT_HOME or (origin is not None and origin != f"http://{request.headers['Host']}")
