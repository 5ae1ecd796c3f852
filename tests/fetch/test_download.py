"""The way out, against a real server on loopback that is as bad as servers get."""

from __future__ import annotations

import gzip
import re
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dipread import __version__
from dipread.fetch import Reply, Request, WayOut, download, host_of
from dipread.fetch.transfer import trusted_certificates

if TYPE_CHECKING:
    from tests.conftest import FeedServer

FEED = b"<rss version='2.0'><channel><title>T</title></channel></rss>"


def ours(server: FeedServer) -> WayOut:
    """The way out of a reader who allowed this server."""
    return WayOut(allowed=frozenset({server.address}))


def reply_to(
    url: str, etag: str = "", modified: str = "", hosts: dict[str, str] | None = None, **more: Any
) -> Reply:
    """The only reply to one request, of a reader who allowed its server."""
    way = WayOut(hosts or {}, frozenset({host_of(url)}))
    (reply,) = download([Request(url, etag, modified, **more)], way)
    return reply


def wait_for(event: threading.Event) -> Callable[[BaseHTTPRequestHandler], None]:
    """No answer until the event."""

    def wait(_: BaseHTTPRequestHandler) -> None:
        event.wait()

    return wait


def cut_connection(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def raw(answer: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer of just these bytes, after which the server hangs up."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(answer)
        cut_connection(handler)

    return send


# --------------------------------------------------------------------------------- what goes well


def test_a_feed_is_fetched_with_what_its_server_says_of_it(server: FeedServer) -> None:
    url = server.serve(
        "/feed",
        FEED,
        headers={"ETag": '"a-1"', "Last-Modified": "Tue, 03 Mar 2026 10:00:00 GMT",
                 "Content-Type": "application/rss+xml; charset=utf-8"},
    )  # fmt: skip
    reply = reply_to(url)
    assert (reply.url, reply.address, reply.status, reply.problem) == (url, url, 200, "")
    assert (reply.body, reply.size) == (FEED, len(FEED))
    assert (reply.etag, reply.modified) == ('"a-1"', "Tue, 03 Mar 2026 10:00:00 GMT")
    assert reply.content_type == "application/rss+xml; charset=utf-8"


def test_a_request_says_who_asks_and_nothing_of_the_reader(server: FeedServer) -> None:
    reply_to(server.serve("/feed", FEED, headers={"Set-Cookie": "a=b"}))
    reply_to(server.url("/feed"))
    for _, headers in server.asked:
        assert headers["user-agent"] == f"dipread/{__version__}"
        assert headers["accept-encoding"] == "gzip"
        assert set(headers) == {"host", "user-agent", "accept", "accept-encoding"}


@pytest.mark.parametrize("etag", ['"a-1"', 'W/"x y"', "unquoted", '"caf\xe9"', '""'])
def test_validators_go_back_byte_for_byte_and_304_is_no_change(
    server: FeedServer, etag: str
) -> None:
    modified = "tuesday,  03 march 2026"

    def answer(handler: BaseHTTPRequestHandler) -> None:
        known = (handler.headers["If-None-Match"], handler.headers["If-Modified-Since"])
        handler.send_response(304 if known == (etag, modified) else 200)
        handler.send_header("ETag", etag)
        handler.send_header("Last-Modified", modified)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    server.answers["/feed"] = answer
    first = reply_to(server.url("/feed"))
    assert (first.status, first.etag, first.modified) == (200, etag, modified)
    second = reply_to(server.url("/feed"), first.etag, first.modified)
    assert (second.status, second.body, second.problem) == (304, None, "")
    assert (second.etag, second.modified) == (etag, modified)


def test_a_compressed_answer_is_unpacked(server: FeedServer) -> None:
    url = server.serve("/feed", gzip.compress(FEED), headers={"Content-Encoding": "gzip"})
    assert reply_to(url).body == FEED


def test_redirects_are_followed_and_their_headers_forgotten(server: FeedServer) -> None:
    for step in range(5):
        server.serve(f"/{step}", b"moved", 301, {"Location": f"/{step + 1}", "ETag": f'"{step}"'})
    server.serve("/5", FEED)
    reply = reply_to(server.url("/0"))
    assert (reply.body, reply.status, reply.etag) == (FEED, 200, "")
    assert (reply.url, reply.address) == (server.url("/0"), server.url("/5"))


def test_what_is_meant_for_one_host_can_be_sent_to_another(server: FeedServer) -> None:
    server.serve("/feed", FEED)
    reply = reply_to("http://desk.example/feed", hosts={"desk.example": server.address})
    assert (reply.body, reply.problem) == (FEED, "")
    assert server.asked[0][1]["host"] == "desk.example"


# ---------------------------------------------------------------------------------- what goes wrong

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


@pytest.mark.parametrize(
    ("location", "problem"),
    [
        ("/feed", "redirected more than 5 times"),
        ("file:///etc/hosts", "leads off the web"),
        ("ftp://a.example/feed", "leads off the web"),
        ("javascript:alert(1)", "leads off the web"),
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


def test_one_broken_feed_never_stops_the_others(server: FeedServer) -> None:
    requests = []
    for number in range(12):
        requests.append(Request(server.serve(f"/good/{number}", FEED)))
        server.answers[f"/bad/{number}"] = raw(b"" if number % 2 else b"nonsense")
        requests.append(Request(server.url(f"/bad/{number}")))
    replies = list(download(requests, ours(server)))
    assert sorted(reply.url for reply in replies) == sorted(request.url for request in requests)
    assert sum(reply.body == FEED for reply in replies) == 12
    assert sum(bool(reply.problem) for reply in replies) == 12


# ------------------------------------------------------------------------------------ many at once


class Crowd:
    """Counts who is being answered at the same time, and answers when all who can come have come."""

    def __init__(self, size: int) -> None:
        self.most: dict[str, int] = {}
        self._now: dict[str, int] = {}
        self._lock = threading.Lock()
        self._full = threading.Barrier(size)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        host = handler.headers["Host"]
        with self._lock:
            for name in (host, "all"):
                self._now[name] = self._now.get(name, 0) + 1
                self.most[name] = max(self.most.get(name, 0), self._now[name])
        self._full.wait()
        with self._lock:
            for name in (host, "all"):
                self._now[name] -= 1
        handler.send_response(200)
        handler.send_header("Content-Length", "0")
        handler.end_headers()


@pytest.mark.parametrize(("hosts", "at_once"), [(1, 2), (3, 6), (12, 16)])
def test_no_more_than_sixteen_are_asked_at_once_and_two_of_a_host(
    server: FeedServer, hosts: int, at_once: int
) -> None:
    crowd = Crowd(at_once)
    names = [f"host{number}.example" for number in range(hosts)]
    requests = []
    for number in range(48):
        server.answers[f"/{number}"] = crowd.answer
        requests.append(Request(f"http://{names[number % hosts]}/{number}"))
    replies = list(download(requests, WayOut(dict.fromkeys(names, server.address))))
    assert {reply.problem for reply in replies} == {""}
    assert len(replies) == 48
    assert crowd.most.pop("all") == at_once
    assert max(crowd.most.values()) <= 2


def test_a_reader_who_stops_early_leaves_no_connection_behind(server: FeedServer) -> None:
    requests = [Request(server.serve(f"/{number}", FEED)) for number in range(20)]
    replies = download(requests, ours(server))
    next(replies)
    replies.close()  # type: ignore[attr-defined]
    assert len(server.asked) < 20


# ----------------------------------------------------------------------------- where it may not lead


def test_a_private_address_is_not_connected_to(server: FeedServer) -> None:
    (reply,) = download([Request(server.serve("/feed", FEED))])
    assert (reply.body, reply.problem) == (None, "leads into a private network (127.0.0.1)")
    assert server.asked == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f.1", "localhost", "[::ffff:7f00:1]"]
)
def test_a_redirect_into_a_private_network_is_not_followed(server: FeedServer, host: str) -> None:
    other = type(server)()
    try:
        port = other.address.rpartition(":")[2]
        url = server.serve("/feed", b"", 302, {"Location": f"http://{host}:{port}/hit"})
        reply = reply_to(url)
        assert reply.body is None
        assert reply.problem.startswith(("leads into a private network", "can't connect"))
        assert other.asked == []
    finally:
        other.close()


def test_what_began_in_secret_does_not_go_on_in_the_open(
    tmp_path: Path, server: FeedServer
) -> None:
    server.serve("/feed", FEED)
    answer = f"HTTP/1.0 302 Found\r\nLocation: {server.url('/feed')}\r\n\r\n".encode()
    with signed_by_itself(tmp_path, answer) as (address, _):
        way = WayOut({"localhost": address}, frozenset({server.address}))
        (reply,) = download([Request("https://localhost/feed", trusting=True)], way)
    assert (reply.body, reply.problem) == (None, "leads from https to unprotected http")
    assert server.asked == []


def test_a_proxy_of_the_environment_is_not_used(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert reply_to(server.serve("/feed", FEED)).body == FEED


def test_a_password_goes_to_its_own_server_and_to_no_other(server: FeedServer) -> None:
    server.serve("/feed", FEED)
    server.serve("/away", b"", 302, {"Location": "http://other.example/feed"})
    hosts = dict.fromkeys(["desk.example", "other.example"], server.address)
    reply = reply_to("http://desk.example/away", hosts=hosts, secret="ann:hunter2")
    assert reply.body == FEED
    first, second = (headers.get("authorization") for _, headers in server.asked)
    assert (first, second) == ("Basic YW5uOmh1bnRlcjI=", None)


def test_a_token_is_asked_with_and_shown_to_nobody(server: FeedServer) -> None:
    url = server.serve("/feed?a=1", FEED)
    server.answers["/feed?a=1&token=s3cret"] = server.answers["/feed?a=1"]
    request = Request(url, secret="?token=s3cret")
    (reply,) = download([request], ours(server))
    assert (reply.body, reply.address) == (FEED, url)
    assert "s3cret" not in repr(request) + repr(reply)


def test_a_server_may_be_told_another_name(server: FeedServer) -> None:
    reply_to(server.serve("/feed", FEED), agent="Mozilla/5.0 (of this feed)")
    assert server.asked[0][1]["user-agent"] == "Mozilla/5.0 (of this feed)"


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((301,), True), ((308, 301), True), ((302,), False), ((301, 302), False)],
)
def test_a_feed_has_moved_only_when_every_hop_says_so_for_good(
    server: FeedServer, statuses: tuple[int, ...], moved: bool
) -> None:
    for step, status in enumerate(statuses):
        server.serve(f"/{step}", b"", status, {"Location": f"/{step + 1}"})
    server.serve(f"/{len(statuses)}", FEED)
    assert reply_to(server.url("/0")).moved == (server.url(f"/{len(statuses)}") if moved else "")


def test_a_feed_that_moved_and_has_not_changed_has_moved_all_the_same(server: FeedServer) -> None:
    server.serve("/old", b"", 301, {"Location": "/new"})
    server.serve("/new", b"", 304)
    reply = reply_to(server.url("/old"), '"a"')
    assert (reply.status, reply.moved) == (304, server.url("/new"))


def test_a_host_that_asks_for_patience_is_not_asked_for_its_other_feeds(server: FeedServer) -> None:
    names = {"busy.example": server.address, "calm.example": server.address}
    for number in range(6):
        server.serve(f"/{number}", b"", 429, {"Retry-After": "600"})
    server.serve("/calm", FEED)
    requests = [Request(f"http://busy.example/{number}") for number in range(6)]
    replies = list(download([*requests, Request("http://calm.example/calm")], WayOut(names)))
    assert len(replies) == 7
    assert sum(reply.wait == timedelta(minutes=10) for reply in replies) == 6
    assert sum(headers["host"] == "busy.example" for _, headers in server.asked) <= 2


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


# --------------------------------------------------------------------------------- who is trusted


@contextmanager
def signed_by_itself(
    folder: Path, answer: bytes = b"HTTP/1.0 200 OK\r\n\r\n" + FEED
) -> Iterator[tuple[str, Path]]:
    """A server with a certificate that nobody vouches for: its address and the certificate."""
    certificate, key = folder / "cert.pem", folder / "key.pem"
    command = (
        f"openssl req -x509 -newkey rsa:2048 -nodes -keyout {key} -out {certificate} -days 2"
        " -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    subprocess.run(command.split(), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:  # closed: the test is over
                    return
                try:
                    with context.wrap_socket(connection, server_side=True) as secure:
                        secure.recv(4_096)
                        secure.sendall(answer)
                        secure.unwrap()
                except OSError:  # the client hung up on us, as it should
                    connection.close()

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"127.0.0.1:{listener.getsockname()[1]}", certificate
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


def test_a_certificate_nobody_vouches_for_is_refused_unless_the_system_trusts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with signed_by_itself(tmp_path) as (address, certificate):
        hosts = {"localhost": address}
        refused = reply_to("https://localhost/feed", hosts=hosts)
        assert refused.problem.startswith("its certificate is not trusted (")
        assert refused.body is None
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        trusted_certificates.cache_clear()
        trusted = reply_to("https://localhost/feed", hosts=hosts)
    trusted_certificates.cache_clear()
    assert (trusted.body, trusted.problem) == (FEED, "")
