"""Nobody gets the screen but the page that was served for the address given."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit

import aiohttp
import pytest

EVIL = "http://evil.example"


def origin_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def test_the_address_is_on_this_machine_and_can_not_be_guessed(address: str) -> None:
    assert address.startswith("http://127.0.0.1:")
    assert len(urlsplit(address).path.strip("/")) >= 32


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("", {}, 200),
        ("static/js/textual.js", {}, 200),
        ("page/dipread.css", {}, 200),
        ("", {"Host": "evil.example"}, 403),
        ("", {"Host": "localhost"}, 403),
        ("", {"Origin": EVIL}, 403),
        ("", {"Origin": "null"}, 403),
        ("../", {}, 404),
        ("../ws", {}, 404),
        ("../static/js/textual.js", {}, 404),
        ("page/../../../../../etc/passwd", {}, 404),
    ],
)
async def test_who_may_see_what(
    address: str, path: str, headers: dict[str, str], status: int
) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(address + path, headers=headers) as answer,
    ):
        assert answer.status == status
        if status == 200:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "http" not in policy
            assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_nothing_can_be_posted(address: str) -> None:
    async with aiohttp.ClientSession() as session, session.post(address) as answer:
        assert answer.status == 405


async def test_the_page_names_no_address_but_its_own(address: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        page = await answer.text()
    for link in page.split('"'):
        if "://" in link:
            assert origin_of(link.replace("ws:", "http:")) == origin_of(address)


@pytest.mark.parametrize("headers", [{}, {"Origin": EVIL}, {"Origin": "null"}])
async def test_a_socket_from_another_page_is_refused(address: str, headers: dict[str, str]) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"{address}ws", headers=headers)
    assert refused.value.status == 403


async def test_the_socket_of_the_page_gets_the_screen(address: str) -> None:
    headers = {"Origin": origin_of(address)}
    seen = b""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{address}ws?width=80&height=24", headers=headers) as screen,
    ):
        while b"dipread" not in seen:
            seen += await screen.receive_bytes(timeout=60)
        await screen.send_json(["stdin", "q"])


def test_a_port_that_is_taken_is_said(address: str) -> None:
    port = str(urlsplit(address).port)
    done = subprocess.run(
        [sys.executable, "-m", "dipread", "serve", "--port", port],
        env={**os.environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert f"port {port} can't be served on" in done.stderr
    assert "Traceback" not in done.stderr
