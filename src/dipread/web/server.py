"""The server: textual-serve's, behind a guard, with a page of our own."""

from __future__ import annotations

import asyncio
import logging
import secrets
import shlex
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

from aiohttp import web
from textual_serve.server import Server

from dipread.web.guard import guard, protecting

HOST = "127.0.0.1"
MOST_SESSIONS = 4
_PAGE = Path(__file__).parent / "page"


class WebDesk(Server):
    """Runs `command` for each browser that opens its address; `said` is told that address when it is served."""

    def __init__(self, command: Sequence[str], port: int, said: Callable[[str], None]) -> None:
        super().__init__(
            shlex.join(command), HOST, port, title="dipread", templates_path=str(_PAGE)
        )
        self.token = secrets.token_urlsafe(24)
        self._said = said
        self._sessions = 0

    @property
    def address(self) -> str:
        """What to open in the browser."""
        return f"{self.public_url}/{self.token}/"

    def serve(self, debug: bool = False) -> None:
        """Serve until told to end by Ctrl-C or a signal. Raises OSError when the port can't be had."""
        logging.basicConfig(level=logging.WARNING, format="dipread: %(message)s")
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        ended = asyncio.Event()
        for each in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(each, ended.set)
        runner = web.AppRunner(await self._make_app(), access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, self.host, self.port).start()
            self._said(self.address)
            await ended.wait()
        finally:
            await runner.cleanup()

    async def _make_app(self) -> web.Application:
        inner = await super()._make_app()
        inner.router.add_static("/page", _PAGE, name="page")
        host = f"{HOST}:{self.port}"
        outer = web.Application(middlewares=[guard(host)])
        outer.on_response_prepare.append(protecting(host))
        outer.add_subapp(f"/{self.token}", inner)
        return outer

    async def on_startup(self, app: web.Application) -> None:
        """Nothing: the address is said once somebody listens there."""

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One session; there may be a few at a time."""
        if self._sessions >= MOST_SESSIONS:
            raise web.HTTPTooManyRequests(text="So many sessions are open already.\n")
        self._sessions += 1
        try:
            return await super().handle_websocket(request)
        finally:
            self._sessions -= 1
