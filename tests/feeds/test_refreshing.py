"""Feeds fetched for real, beside feeds that kill their readers and servers that stop half way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dipread.feeds import refreshing
from dipread.feeds.delivery import Desk
from dipread.feeds.jobs import Job, Rules
from dipread.feeds.readers import Readers
from dipread.library import Library
from tests.listing import rss

if TYPE_CHECKING:
    from tests.conftest import FeedServer

BLANK = b"<?xml version='1.0'?>" + b"\n" * 300_000 + b"<rss><channel><item/></channel></rss>"
ENTITIES = (
    b"<?xml version='1.0'?>\n<!DOCTYPE rss [\n<!ENTITY a \"" + b"A" * 200_000 + b"\">\n]>\n"
    b"<rss version='2.0'><channel><title>" + b"&a;" * 60_000 + b"</title></channel></rss>"
)  # fmt: skip


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dipread.feeds.readers.PARSE_WAIT", 2.0)


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

    monkeypatch.setattr("dipread.feeds.readers.Readers.give", none)
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


def test_what_comes_soon_after_is_written_with_it_and_nothing_more_is_waited_for(
    desk: Callable[..., Library], server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = desk("a", "b", "c", "d")
    server.serve("/feed", rss("a", 2))
    monkeypatch.setattr(
        refreshing, "SOON", 3_600.0
    )  # a feed too few would be waited for until then
    batches: list[int] = []
    batch = refreshing._Round._batch

    def noted(work: refreshing._Round, left: int) -> list[refreshing._Came]:
        came = batch(work, left)
        batches.append(len(came))
        return came

    monkeypatch.setattr(refreshing._Round, "_batch", noted)
    assert {each.status for each in library.refresh()} == {"ok"}
    assert batches == [4]
