"""Servers that fail, break off, lie and never end: each a problem of its own feed, in words."""

from __future__ import annotations

import gzip
import re
import socket
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from dipread.fetch import Request, download
from tests.servers import FEED, ours, raw, reply_to, wait_for

if TYPE_CHECKING:
    from tests.conftest import FeedServer


REFUSALS = [
    (404, "HTTP 404 Not Found"),
    (410, "HTTP 410 Gone"),
    (500, "HTTP 500 Internal Server Error"),
    (799, "HTTP 799 an unknown answer"),
]


@pytest.mark.parametrize(("status", "problem"), REFUSALS)
def test_a_refusal_is_named_and_the_validators_kept(
    server: FeedServer, status: int, problem: str
) -> None:
    url = server.serve("/feed", b"sorry", status, {"ETag": '"error page"'})
    reply = reply_to(url, '"a"', "b")
    assert (reply.status, reply.problem, reply.body, reply.wait) == (status, problem, None, None)
    assert (reply.etag, reply.modified) == ('"a"', "b")


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("7200", timedelta(hours=2)),
        ("0", timedelta(minutes=1)),
        ("9" * 5_000, timedelta(days=30)),
        ("Thu, 01 Jan 2099 00:00:00 GMT", timedelta(days=30)),
        ("Thu, 01 Jan 2004 00:00:00 GMT", timedelta(minutes=1)),
        ("Thu, 01 Jan 2099 00:00:00 -0000", None),
        ("soon", None),
        ("1e300", None),
        ("Fri, 99 Foo 2026 00:00:00 GMT", None),
        ("Sun, 06 Nov 1994 08:49:37 +9999", None),
        ("-5", None),
        ("²", None),
    ],
)
def test_a_server_that_asks_for_patience_gets_some(
    server: FeedServer, header: str, wait: timedelta | None
) -> None:
    url = server.serve("/feed", b"", 429, {"Retry-After": header.encode().decode("latin-1")})
    reply = reply_to(url)
    assert (reply.problem, reply.wait) == ("HTTP 429 Too Many Requests", wait)


def test_patience_until_a_date_ends_at_that_date(server: FeedServer) -> None:
    until = datetime.now(UTC) + timedelta(days=2)
    url = server.serve("/feed", b"", 503, {"Retry-After": format_datetime(until, usegmt=True)})
    wait = reply_to(url).wait
    assert wait is not None
    assert timedelta(days=1) < wait <= timedelta(days=2)


BROKEN = {
    "hangs up": (b"", "the server hung up without an answer"),
    "talks nonsense": (b"\x16\x03garbage\r\n\r\n", "no web server"),
    "cuts the body": (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<rss>", "was cut off"),
    "breaks a chunk": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nxx",
        "broke off|cut off|[Cc]hunk",
    ),
    "packs badly": (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        "compressed in a broken way",
    ),
    "packs unheard of": (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: zap\r\nContent-Length: 4\r\n\r\nnope",
        "compressed in a way that was not asked for",
    ),
    "packs the packed": (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        "compressed in a way that was not asked for",
    ),
    "threatens with more than there can be": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n" + FEED,
        "larger than 10 MB",
    ),
    "says less than there is": (
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n" + FEED,
        "no web server",
    ),
    "never comes to the answer": (
        b"HTTP/1.1 100 Continue\r\n\r\n" * 3_000,
        "its headers are too large",
    ),
    "begins a header without end": (
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n" + FEED,
        "its headers are too large",
    ),
    "hides a NUL": (b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n" + FEED, "no web server"),
    "is of before 1991": (FEED, "no web server"),
    "changes to another protocol": (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n" + FEED,
        "HTTP 101 Switching Protocols",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("answer", "problem"), BROKEN.values(), ids=BROKEN)
def test_a_server_that_breaks_off_is_a_problem_in_words(
    server: FeedServer, answer: bytes, problem: str
) -> None:
    server.answers["/feed"] = raw(answer)
    reply = reply_to(server.url("/feed"), '"a"')
    assert reply.body is None
    assert reply.etag == '"a"'
    assert re.search(problem, reply.problem)


@pytest.mark.parametrize("status", [404, 302])
def test_what_a_refusal_or_a_redirect_is_packed_in_does_not_matter(
    server: FeedServer, status: int
) -> None:
    url = server.serve(
        "/feed", b"sorry", status, {"Content-Encoding": "br", "Location": server.url("/new")}
    )
    server.serve("/new", FEED)
    reply = reply_to(url)
    assert (reply.body, reply.problem) == (
        (None, "HTTP 404 Not Found") if status == 404 else (FEED, "")
    )


@pytest.mark.parametrize(
    ("location", "problem"),
    [
        ("/feed", "redirected more than 5 times"),
        ("file:///etc/hosts", "leads off the web"),
        ("ftp://a.example/feed", "leads off the web"),
        ("javascript:alert(1)", "leads off the web"),
        ("gopher://a.example:70/_x", "leads off the web"),
        ("", "HTTP 302 Found"),
    ],
)
def test_a_redirect_that_leads_astray_is_not_followed(
    server: FeedServer, location: str, problem: str
) -> None:
    url = server.serve("/feed", b"", 302, {"Location": location})
    reply = reply_to(url)
    assert problem in reply.problem
    assert reply.body is None


@pytest.mark.parametrize(
    "url",
    ["", "nonsense://a", "http://", "http://a b/", "http://a\0b/", "http://\ud800/", "file:///etc/hosts"],
)  # fmt: skip
def test_what_is_no_web_address_is_a_problem_of_that_feed_alone(
    server: FeedServer, url: str
) -> None:
    good = server.serve("/feed", FEED)
    replies = {reply.url: reply for reply in download([Request(url), Request(good)], ours(server))}
    assert replies[url].problem
    assert replies[url].body is None
    assert replies[good].body == FEED


def test_an_answer_without_end_is_cut_at_the_limit(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dipread.fetch.body.BODY_BYTES", 1_000_000)
    bomb = gzip.compress(b"\0" * 20_000_000)
    for path, body, headers in [
        ("/long", b"x" * 1_000_001, {}),
        ("/bomb", bomb, {"Content-Encoding": "gzip"}),
    ]:
        reply = reply_to(server.serve(path, body, headers=headers))
        assert (reply.body, reply.problem) == (None, "larger than 1 MB")
    assert reply_to(server.serve("/just", b"x" * 1_000_000)).size == 1_000_000


def test_headers_without_end_are_cut_at_the_limit(server: FeedServer) -> None:
    flood = "".join(f"X-{number}: {'y' * 900}\r\n" for number in range(100))
    server.answers["/feed"] = raw(f"HTTP/1.1 200 OK\r\n{flood}\r\n".encode())
    reply = reply_to(server.url("/feed"))
    assert (reply.body, reply.problem) == (None, "its headers are too large")


def test_a_server_that_never_answers_is_left_in_time(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dipread.fetch.transfer.TOTAL_SECONDS", 1)
    done = threading.Event()
    server.answers["/silent"] = wait_for(done)
    good = server.serve("/feed", FEED)
    replies = {
        r.url: r for r in download([Request(server.url("/silent")), Request(good)], ours(server))
    }
    done.set()
    assert "no full answer within" in replies[server.url("/silent")].problem
    assert replies[good].body == FEED


def test_where_nobody_listens_there_is_no_connection() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert reply_to(f"http://127.0.0.1:{port}/feed").problem == "can't connect"


def test_validators_that_hold_controls_are_not_kept(server: FeedServer) -> None:
    server.answers["/feed"] = raw(b'HTTP/1.1 200 OK\r\nETag: "\x1b]0;x\x07"\r\n\r\n' + FEED)
    reply = reply_to(server.url("/feed"))
    assert (reply.body, reply.etag) == (FEED, "")


def test_a_packed_answer_that_is_cut_is_a_problem(server: FeedServer) -> None:
    packed = gzip.compress(FEED * 50)
    url = server.serve("/feed", packed[:-12], headers={"Content-Encoding": "gzip"})
    assert (reply_to(url).body, reply_to(url).problem) == (None, "the answer was cut off")


@pytest.mark.parametrize("coding", ["gzip, gzip", "br", "zstd", "deflate"])
def test_only_the_packing_that_was_asked_for_is_unpacked(server: FeedServer, coding: str) -> None:
    url = server.serve("/feed", FEED, headers={"Content-Encoding": coding})
    assert reply_to(url).problem == "compressed in a way that was not asked for"
