"""Many feeds at once: how many, how few to a host, and none for another's fault."""

from __future__ import annotations

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from dipread.fetch import Request, WayOut, download
from tests.servers import FEED, ours, raw

if TYPE_CHECKING:
    from tests.conftest import FeedServer


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
