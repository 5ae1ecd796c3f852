"""Ten feeds that are as hostile as feeds get among two hundred: the others are all stored, and each fails with a word."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dipread.config import load_config
from dipread.library import Library
from dipread.model import Feed
from tests.listing import listed
from tests.servers import cut_connection

if TYPE_CHECKING:
    from tests.conftest import FeedServer

GOOD = 190
STORIES = 3


def rss(name: str) -> bytes:
    items = "".join(
        f"<item><guid>{name}-{number}</guid><title>Talks {number} in Oslo ({name})</title></item>"
        for number in range(STORIES)
    )
    return f"<rss version='2.0'><channel><title>{name}</title>{items}</channel></rss>".encode()


def sent(
    body: bytes, status: int = 200, **headers: str
) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer of these bytes."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return send


def hang(handler: BaseHTTPRequestHandler) -> None:
    """No answer until the other end gives up."""
    handler.connection.recv(1)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A body that never ends, in chunks."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        handler.wfile.write(b"400\r\n" + b" " * 1_024 + b"\r\n")


ENTITIES = (
    b"<!DOCTYPE rss [\n<!ENTITY a \"" + b"A" * 200_000 + b"\">\n]>\n<rss version='2.0'><channel><title>"
    + b"&a;" * 60_000 + b"</title></channel></rss>"
)  # fmt: skip
BLANK = b"<?xml version='1.0'?>" + b"\n" * 300_000 + b"<rss><channel><item/></channel></rss>"
DEEP = b'{"items": ' + b"[" * 100_000
HOSTILE: dict[str, tuple[Callable[[BaseHTTPRequestHandler], None], str]] = {
    "hang": (hang, "no full answer within"),
    "endless": (drip, "larger than"),
    "bomb": (sent(gzip.compress(b" " * 30_000_000), Content_Encoding="gzip"), "larger than"),
    "cut": (cut_connection, "hung up"),
    "inside": (sent(b"", 302, Location="http://10.0.0.1/feed"), "leads into a private network"),
    "circle": (sent(b"", 302, Location="/feed"), "redirected more than"),
    "entities": (sent(ENTITIES), "not readable"),
    "blank": (sent(BLANK), "not readable"),
    "deep": (sent(DEEP), "not a feed"),
    "page": (sent(b"<html><title>Sign in</title></html>"), "not a feed but a web page"),
}


def test_ten_hostile_feeds_among_two_hundred_keep_nothing_from_the_others(
    tmp_path: Path, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dipread.fetch.transfer.TOTAL_SECONDS", 3)
    monkeypatch.setattr("dipread.fetch.body.BODY_BYTES", 2_000_000)
    monkeypatch.setattr("dipread.feeds.readers.PARSE_WAIT", 2.0)
    names = [f"g{number}" for number in range(GOOD)]
    for place, name in enumerate(HOSTILE):
        names.insert(place * 20, name)  # one before every nineteen

    def answer(handler: BaseHTTPRequestHandler) -> None:
        name = handler.headers["Host"].partition(".")[0]
        how = HOSTILE[name][0] if name in HOSTILE else sent(rss(name))
        how(handler)

    server.answers["/feed"] = answer
    feeds = (
        Feed(f"http://{name}.example/feed", name, name, "INT", "press", "en", "G") for name in names
    )
    config = load_config({"DIPREAD_HOME": str(tmp_path)})._replace(listed=listed(feeds))
    library = Library(config, hosts={f"{name}.example": server.address for name in names})
    told = {each.feed.title: each.problem for each in library.refresh()}
    assert len(told) == GOOD + len(HOSTILE) == 200
    assert {name for name, problem in told.items() if problem} == set(HOSTILE)
    for name, (_, words) in HOSTILE.items():
        assert words in told[name]
    with library.open() as store:
        whole = [each for each in store.feeds.health() if each.stories == STORIES]
        assert len(whole) == GOOD
        assert store.stories.count() == GOOD * STORIES
        assert [each.fault for each in store.examination.findings()] == ["", "", "", ""]
