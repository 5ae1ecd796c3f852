"""Feeds fetched for real: over a week of good and bad servers, and beside feeds that kill their readers."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dipread.config import load_config
from dipread.delivery import Desk
from dipread.jobs import Job, Rules
from dipread.library import Library
from dipread.model import Feed
from dipread.readers import Readers
from tests.listing import listed

if TYPE_CHECKING:
    from tests.conftest import FeedServer

START = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
STEP = timedelta(hours=3)
STEPS = 7 * 8


def a_feed(name: str) -> Feed:
    return Feed(f"http://{name}.example/feed", name, name, "INT", "press", "en", "G", 60)


def rss(name: str, stories: int) -> bytes:
    items = "".join(
        f"<item><guid>{name}-{number}</guid><title>Talks {number} in Oslo</title>"
        f"<pubDate>{format_datetime(START + number * timedelta(hours=12))}</pubDate></item>"
        for number in range(stories)
    )
    return f"<rss version='2.0'><channel><title>{name}</title>{items}</channel></rss>".encode()


@pytest.fixture
def clock() -> list[datetime]:
    return [START]


@pytest.fixture
def desk(tmp_path: Path, server: FeedServer, clock: list[datetime]) -> Callable[..., Library]:
    """A library on feeds of these names, each on a host of its own that this server stands for."""

    def make(*names: str) -> Library:
        config = load_config({"DIPREAD_HOME": str(tmp_path)})
        config = config._replace(listed=listed(map(a_feed, names)))
        hosts = {f"{name}.example": server.address for name in (*names, "new")}
        return Library(config, lambda: clock[0], hosts)

    return make


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
        stories = 1 + int((self.clock[0] - START) / timedelta(hours=12))
        tag = f'"{stories}"'
        if handler.headers["If-None-Match"] == tag:
            return self._send(handler, 304)
        self._send(handler, 200, rss("good", stories), ETag=tag)

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
    names = ("good", "fails", "flaky", "moves", "busy", "ends", "mute")
    library, week = desk(*names), Week(clock)
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
    assert on("fails", 0) <= 7
    assert all(on("fails", day) <= 2 for day in range(2, 7))
    assert all(on("flaky", day) == 8 for day in range(7))
    assert all(on("busy", day) <= 2 for day in range(7))
    assert sum(on("ends", day) for day in range(3, 7)) == 1
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
        }
        assert {name: each.stories for name, each in health.items()} == {
            "good": 14, "fails": 0, "flaky": 2, "moves": 2, "busy": 1, "ends": 3, "mute": 6,
        }  # fmt: skip
        assert health["fails"].failing_since == START
        assert health["good"].usual_gap == timedelta(hours=12)
        assert health["moves"].moved_to == "http://new.example/feed"
        assert [each.url for each in library.config.feeds] == [a_feed(name).url for name in names]
        clock[0] += timedelta(days=30)
        assert {each.state for each in store.feeds.health() if each.feed.title == "good"} == {
            "silent"
        }


# ------------------------------------------------------------------------- readers that are killed


BLANK = b"<?xml version='1.0'?>" + b"\n" * 300_000 + b"<rss><channel><item/></channel></rss>"
ENTITIES = (
    b"<?xml version='1.0'?>\n<!DOCTYPE rss [\n<!ENTITY a \"" + b"A" * 200_000 + b"\">\n]>\n"
    b"<rss version='2.0'><channel><title>" + b"&a;" * 60_000 + b"</title></channel></rss>"
)  # fmt: skip


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dipread.readers.PARSE_WAIT", 2.0)


def test_a_feed_that_keeps_a_parser_busy_is_given_up_and_the_others_are_stored(
    desk: Callable[..., Library], server: FeedServer, impatient: None
) -> None:
    good = [f"g{number}" for number in range(30)]
    library = desk("blank", "entities", *good)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        name = handler.headers["Host"].partition(".")[0]
        body = {"blank": BLANK, "entities": ENTITIES}.get(name) or rss(name, 3)
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    server.answers["/feed"] = answer
    outcomes = {each.feed.title: each for each in library.refresh()}
    for name in ("blank", "entities"):
        assert outcomes[name].status == "error"
        assert outcomes[name].problem.startswith("not readable")
    assert {outcomes[name].new for name in good} == {3}
    assert not [thread for thread in threading.enumerate() if thread.name in ("reader", "download")]


def test_a_body_that_came_before_is_not_read_again(
    desk: Callable[..., Library], server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = desk("a")
    server.serve("/feed", rss("a", 2))
    assert [(each.status, each.new) for each in library.refresh()] == [("ok", 2)]

    def none(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("dipread.readers.Readers.give", none)
    (outcome,) = library.refresh()
    assert (outcome.status, outcome.new, outcome.entries) == ("ok", 0, 2)


def test_of_a_changed_feed_only_what_changed_is_read_again(
    desk: Callable[..., Library], server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = desk("a")
    given: list[Job] = []
    give = Readers.give

    def noted(readers: Readers, key: str, job: Job) -> None:
        given.append(job)
        give(readers, key, job)

    monkeypatch.setattr(Readers, "give", noted)
    server.serve("/feed", rss("a", 3))
    assert [each.new for each in library.refresh()] == [3]
    server.serve("/feed", rss("a", 4).replace(b"Talks 1 in Oslo", b"Talks 1 in Bergen"))
    (outcome,) = library.refresh()
    assert (outcome.status, outcome.new, outcome.updated, outcome.entries) == ("ok", 1, 1, 4)
    parsed = Desk(Rules({}, Path(), Path())).parse(given[-1])
    assert [each.title for each in parsed.stories] == ["Talks 1 in Bergen", "Talks 3 in Oslo"]
    assert len(parsed.repeated) == 2
    server.serve("/feed", rss("a", 4))
    (outcome,) = library.refresh()
    assert (outcome.new, outcome.updated, outcome.entries) == (0, 1, 4)


def test_who_stops_a_refresh_leaves_no_process_and_no_thread(
    desk: Callable[..., Library], server: FeedServer
) -> None:
    library = desk(*(f"g{number}" for number in range(20)))
    server.serve("/feed", rss("a", 2))
    outcomes = library.refresh()
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert not [thread for thread in threading.enumerate() if thread.name in ("reader", "download")]
    with library.open() as store:
        assert [each.fault for each in store.examination.findings()] == ["", "", "", ""]


def test_an_answer_cut_in_the_middle_is_partly_kept_and_asked_for_again(
    desk: Callable[..., Library], server: FeedServer
) -> None:
    library = desk("cut")
    whole = rss("cut", 4)
    server.serve("/feed", whole[: whole.index(b"Talks 3")], headers={"ETag": '"half"'})
    (outcome,) = library.refresh()
    assert (outcome.status, outcome.problem) == ("partial", "cut off in the middle")
    with library.open() as store:
        assert store.feeds.subscriptions()[0].etag == ""
    server.serve("/feed", whole)
    (outcome,) = library.refresh()
    assert (outcome.status, outcome.entries) == ("ok", 4)
