"""The way out, against a real server on loopback: what goes well."""

from __future__ import annotations

import gzip
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from dipread import __version__
from tests.servers import FEED, reply_to

if TYPE_CHECKING:
    from tests.conftest import FeedServer


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


def test_a_compressed_answer_that_is_not_called_so_is_unpacked(server: FeedServer) -> None:
    url = server.serve(
        "/feed.gz", gzip.compress(FEED), headers={"Content-Type": "application/gzip"}
    )
    assert (reply_to(url).body, reply_to(url).problem) == (FEED, "")


@pytest.mark.parametrize("coding", ["identity", "none", "UTF-8"])
def test_an_answer_that_is_not_compressed_may_be_called_so(server: FeedServer, coding: str) -> None:
    url = server.serve("/feed", FEED, headers={"Content-Encoding": coding})
    assert (reply_to(url).body, reply_to(url).problem) == (FEED, "")


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
