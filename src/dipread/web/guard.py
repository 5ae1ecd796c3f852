"""Who may ask: a browser that was given the address, for the very host and port that is served."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self';"
    " img-src 'self' data:; connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
"""Nothing from elsewhere; xterm.js, which textual-serve brings along, sets styles in the page."""
_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def guard(host: str) -> Middleware:
    """A middleware that refuses whoever names another host or comes from another page.

    `host` has its port with it, such as `127.0.0.1:8765`. Another name that leads here (DNS rebinding)
    is refused, and so is a socket that says no origin, as pages always do.
    """

    @web.middleware
    async def only_ours(request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        is_socket = request.headers.get("Upgrade", "").lower() == "websocket"
        if request.headers.get("Host") != host:
            raise web.HTTPForbidden(text="This is not the host that you mean.\n")
        if origin != f"http://{host}" and (is_socket or origin is not None):
            raise web.HTTPForbidden(text="Only the page that is served here may ask.\n")
        if request.method not in ("GET", "HEAD"):
            raise web.HTTPMethodNotAllowed(request.method, ("GET", "HEAD"))
        return await handler(request)

    return only_ours


def protecting(host: str) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """What tells the browser to load nothing from elsewhere, and to tell nobody where it was."""
    headers = {**_HEADERS, "Content-Security-Policy": _POLICY.format(host=host)}

    async def protect(request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(headers)

    return protect
