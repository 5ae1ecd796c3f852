"""A headless Chromium, told what to do over its DevTools protocol."""

from __future__ import annotations

import asyncio
import base64
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
COMMAND = shutil.which("chromium") or shutil.which("chromium-browser")
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--remote-debugging-port=0", "--remote-allow-origins=*", "--window-size=1280,800"),
)


class Page:
    """The one page of a browser: where it went, what it asked for, and what its sockets were sent."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self.asked_for: list[str] = []
        self.said: list[str] = []
        self._changed = asyncio.Event()

    async def listen(self) -> None:
        """Take in what the browser says, until it says no more."""
        async for message in self._socket:
            told = message.json()
            if "id" in told:
                self._waiting.pop(told["id"]).set_result(told.get("result", {}))
                continue
            self._note(told["method"], told["params"])
            self._changed.set()

    def _note(self, method: str, params: Mapping[str, Any]) -> None:
        match method:
            case "Network.requestWillBeSent":
                self.asked_for.append(params["request"]["url"])
            case "Network.webSocketCreated":
                self.asked_for.append(params["url"])
            case "Network.webSocketFrameReceived":
                data = params["response"]["payloadData"]
                binary = params["response"]["opcode"] == 2
                self.said.append(
                    base64.b64decode(data).decode("utf-8", "replace") if binary else data
                )

    async def do(self, method: str, **params: object) -> Any:
        """Have the browser do something; what it answers."""
        number = next(self._numbers)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        answer = self._waiting[number]
        await self._socket.send_json({"id": number, "method": method, "params": params})
        return await asyncio.wait_for(answer, 30)

    async def shown(self, words: str) -> None:
        """Wait until the page was sent these words, in whatever colours."""
        async with asyncio.timeout(60):
            while words not in _COLOURS.sub("", "".join(self.said)):
                self._changed.clear()
                await self._changed.wait()

    async def click(self, x: int, y: int) -> None:
        """Click somewhere."""
        for deed in ("mousePressed", "mouseReleased"):
            await self.do(
                "Input.dispatchMouseEvent", type=deed, x=x, y=y, button="left", clickCount=1
            )

    async def press(self, key: str) -> None:
        """Press a letter."""
        await self.do("Input.dispatchKeyEvent", type="keyDown", key=key, text=key)
        await self.do("Input.dispatchKeyEvent", type="keyUp", key=key)

    async def picture(self) -> bytes:
        """What it looks like, as PNG."""
        return base64.b64decode((await self.do("Page.captureScreenshot", format="png"))["data"])


@asynccontextmanager
async def browsing(folder: Path, address: str) -> AsyncIterator[Page]:
    """A browser on an address, with a new profile in `folder`."""
    assert COMMAND
    browser = subprocess.Popen(
        [COMMAND, *_FLAGS, f"--user-data-dir={folder}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert browser.stderr
        port = ""
        for line in browser.stderr:
            if "DevTools listening on " in line:
                port = line.partition("127.0.0.1:")[2].partition("/")[0]
                break
        async with aiohttp.ClientSession() as session:
            tabs = await (await session.get(f"http://127.0.0.1:{port}/json")).json()
            tab = next(each for each in tabs if each["type"] == "page")
            async with session.ws_connect(tab["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                page = Page(socket)
                listening = asyncio.create_task(page.listen())
                await page.do("Network.enable")
                await page.do("Page.enable")
                await page.do("Page.navigate", url=address)
                yield page
                listening.cancel()
    finally:
        browser.terminate()
        browser.wait(20)
        if browser.stderr:
            browser.stderr.close()
