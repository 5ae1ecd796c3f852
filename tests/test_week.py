"""Feeds over a week: servers that fail, move, throttle, vanish and fall silent; and a machine that slept."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from dipread.library import Library
from tests.listing import START, a_feed, rss
from tests.servers import cut_connection

if TYPE_CHECKING:
    from tests.conftest import FeedServer

STEP = timedelta(hours=3)
STEPS = 7 * 8


@pytest.fixture
def nowhere() -> str:
    """A `host:port` where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


class Week:
    """Servers as they are over a week, answering by their host and the time of the test's clock."""

    def __init__(self, clock: list[datetime]) -> None:
        self.clock = clock
        self.asked: Counter[tuple[str, int]] = Counter()
        self.turns: Counter[str] = Counter()

    @property
    def day(self) -> int:
        return (self.clock[0] - START).days

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        name = handler.headers["Host"].partition(".")[0]
        self.asked[name, self.day] += 1
        self.turns[name] += 1
        getattr(self, name)(handler)

    def good(self, handler: BaseHTTPRequestHandler) -> None:
        self._grown(handler, "good")

    def vanishes(self, handler: BaseHTTPRequestHandler) -> None:
        if 2 <= self.day < 5:
            return cut_connection(handler)
        self._grown(handler, "vanishes")

    def rare(self, handler: BaseHTTPRequestHandler) -> None:
        self._grown(handler, "rare")

    def _grown(self, handler: BaseHTTPRequestHandler, name: str) -> None:
        stories = 1 + int((self.clock[0] - START) / timedelta(hours=12))
        tag = f'"{stories}"'
        if handler.headers["If-None-Match"] == tag:
            return self._send(handler, 304)
        self._send(handler, 200, rss(name, stories), ETag=tag)

    def fails(self, handler: BaseHTTPRequestHandler) -> None:
        self._send(handler, 500)

    def flaky(self, handler: BaseHTTPRequestHandler) -> None:
        ill = self.turns["flaky"] % 3 == 0
        self._send(handler, 503 if ill else 200, b"" if ill else rss("flaky", 2))

    def moves(self, handler: BaseHTTPRequestHandler) -> None:
        self._send(handler, 301, Location="http://new.example/feed")

    def new(self, handler: BaseHTTPRequestHandler) -> None:
        self._send(handler, 200, rss("moves", 2))

    def busy(self, handler: BaseHTTPRequestHandler) -> None:
        if self.turns["busy"] % 2:
            return self._send(handler, 200, rss("busy", 1))
        self._send(handler, 429, **{"Retry-After": str(24 * 3_600)})

    def ends(self, handler: BaseHTTPRequestHandler) -> None:
        if self.day < 3:
            return self._send(handler, 200, rss("ends", 3))
        self._send(handler, 410)

    def mute(self, handler: BaseHTTPRequestHandler) -> None:
        self._send(handler, 200, rss("mute", 0) if self.day > 1 else rss("mute", 6))

    def _send(
        self, handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str
    ) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)


def test_over_a_week_every_server_is_spared_as_it_asks_and_nothing_is_lost(
    desk: Callable[..., Library], server: FeedServer, clock: list[datetime]
) -> None:
    names = ("good", "fails", "flaky", "moves", "busy", "ends", "mute", "vanishes")
    hosts = {"new.example": server.address}
    library = desk(*names, a_feed("rare", every=12 * 60), hosts=hosts)
    week = Week(clock)
    server.answers["/feed"] = week.answer
    moved: list[datetime] = []
    for _ in range(STEPS):
        for outcome in library.refresh(only_due=True):
            if outcome.status == "moved":
                moved.append(clock[0])
                assert outcome.moved_to == "http://new.example/feed"
        clock[0] += STEP

    def on(name: str, day: int) -> int:
        return week.asked[name, day]

    assert [on("good", day) for day in range(7)] == [8] * 7
    assert [on("rare", day) for day in range(7)] == [2] * 7
    assert on("fails", 0) <= 7
    assert all(on("fails", day) <= 2 for day in range(2, 7))
    assert all(on("flaky", day) == 8 for day in range(7))
    assert all(on("busy", day) <= 2 for day in range(7))
    assert sum(on("ends", day) for day in range(3, 7)) == 1
    assert [on("vanishes", day) for day in (0, 1, 6)] == [8] * 3
    assert (
        on("vanishes", 2) <= 7
    )  # from the third failure on it is left alone for longer and longer
    assert on("vanishes", 3) <= 3
    assert on("vanishes", 4) <= 2
    assert moved[0] == START + STEP  # at the second good fetch
    with library.open() as store:
        health = {each.feed.title: each for each in store.feeds.health()}
        states = {name: each.state for name, each in health.items()}
        assert states.pop("flaky") in ("ok", "failing")
        assert states.pop("busy") in ("ok", "waiting")
        assert states == {
            "good": "ok",
            "fails": "failing",
            "moves": "ok",
            "ends": "gone",
            "mute": "silent",
            "vanishes": "ok",
            "rare": "ok",
        }
        assert {name: each.stories for name, each in health.items()} == {
            "good": 14, "fails": 0, "flaky": 2, "moves": 2, "busy": 1, "ends": 3, "mute": 6, "vanishes": 14,
            "rare": 14,
        }  # fmt: skip
        assert health["fails"].failing_since == START
        assert health["good"].usual_gap == timedelta(hours=12)
        assert health["moves"].moved_to == "http://new.example/feed"
        assert [each.url for each in library.config.feeds][:-1] == [
            a_feed(name).url for name in names
        ]
        clock[0] += timedelta(days=30)
        assert {each.state for each in store.feeds.health() if each.feed.title == "good"} == {
            "silent"
        }


def test_after_a_sleep_each_feed_is_asked_once_and_not_more(
    desk: Callable[..., Library], server: FeedServer, clock: list[datetime]
) -> None:
    names = [f"g{number}" for number in range(30)]
    library = desk(*names)
    server.serve("/feed", rss("a", 2))
    for pause in (timedelta(), timedelta(days=3), timedelta(minutes=1), timedelta(days=40)):
        clock[0] += pause
        list(library.refresh(only_due=True))
    asked = Counter(headers["host"] for _, headers in server.asked)
    assert set(asked.values()) == {3}  # not the third time, a minute after the second
    assert len(asked) == 30


def test_a_clock_that_went_back_asks_nobody_twice_and_loses_nothing(
    desk: Callable[..., Library], server: FeedServer, clock: list[datetime]
) -> None:
    library = desk("g")
    server.serve("/feed", rss("g", 2))
    list(library.refresh(only_due=True))
    clock[0] -= timedelta(days=3)
    list(library.refresh(only_due=True))
    assert len(server.asked) == 1
    with library.open() as store:
        assert store.stories.count() == 2


def test_without_a_network_feeds_are_tried_seldom_and_come_back_one_by_one(
    desk: Callable[..., Library], clock: list[datetime], nowhere: str
) -> None:
    names = [f"g{number}" for number in range(20)]
    hosts = {f"{name}.example": nowhere for name in names}
    library = desk(*(a_feed(name, every=5) for name in names), hosts=hosts)
    tried: Counter[str] = Counter()
    together: list[int] = []
    for _ in range(24 * 4):  # a day, every quarter of an hour
        failed = [
            each.feed.title for each in library.refresh(only_due=True) if each.status == "error"
        ]
        tried.update(failed)
        together.append(len(failed))
        clock[0] += timedelta(minutes=15)
    assert all(count <= 11 for count in tried.values())
    assert together[:3] == [20, 20, 20]
    assert max(together[-48:]) < 20
