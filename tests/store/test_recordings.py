"""Recorded feeds, from a server's bytes to the archive, as they are and as they changed in a day."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dipread.fetch import Reply, Request, WayOut, download, parse_feed
from dipread.model import Feed, Outcome, Story, StoryId, Tag
from dipread.store import Answer, Saved, Store
from dipread.store.identity import link_key, text_hash

from ..recordings import DUPLICATES

if TYPE_CHECKING:
    from tests.conftest import FeedServer

SERIES = ["nyt", "banglatribune", "indiatoday", "nyt_home", "mehr", "bbc_world", "aljazeera"]


def untagged(_: Story) -> tuple[Tag, ...]:
    return ()


@pytest.fixture
def recordings(shared: Path) -> dict[str, int]:
    """How many items each recorded feed holds, by file name."""
    with (shared / "data/feeds/MANIFEST.tsv").open(encoding="utf-8") as file:
        return {row["file"]: int(row["items"]) for row in csv.DictReader(file, delimiter="\t")}


@pytest.fixture
def publisher(server: FeedServer, shared: Path, recordings: dict[str, int]) -> dict[str, str]:
    """Serves every recording under a host of its own, and knows its own ETags; url by file name."""
    urls = {}
    for number, name in enumerate(recordings):
        body = (shared / "data/feeds" / name).read_bytes()
        _serve(server, f"/{name}", body, f'"{number}"')
        urls[f"http://host{number}.example/{name}"] = name
    return urls


def _serve(server: FeedServer, path: str, body: bytes, etag: str) -> None:
    server.serve(path, body, headers={"ETag": etag})
    fresh = server.answers[path]
    server.serve(path, b"", 304, {"ETag": etag})
    unchanged = server.answers[path]
    server.answers[path] = lambda handler: (
        unchanged if handler.headers["If-None-Match"] == etag else fresh
    )(handler)


def fetch_all(store: Store, server: FeedServer, urls: dict[str, str]) -> dict[str, Reply]:
    """Ask for every feed as the archive last knew it; replies by file name."""
    asked = [
        Request(each.feed.url, each.etag, each.modified) for each in store.feeds.subscriptions()
    ]
    hosts = {url.split("/")[2]: server.address for url in urls}
    return {urls[reply.url]: reply for reply in download(asked, WayOut(hosts))}


def test_every_recording_goes_all_the_way_into_the_archive_once(
    store: Store,
    server: FeedServer,
    publisher: dict[str, str],
    recordings: dict[str, int],
) -> None:
    store.feeds.sync(
        [Feed(url, name, "P", "INT", "press", "en", "G") for url, name in publisher.items()]
    )
    listed = {publisher[each.feed.url]: each for each in store.feeds.subscriptions()}

    first = fetch_all(store, server, publisher)
    assert {reply.problem for reply in first.values()} == {""}
    for name, reply in first.items():
        saved = take_in(store, listed[name].id, reply)
        store.feeds.record(listed[name], Outcome(listed[name].feed, "ok"), Answer(reply.etag))
        assert saved.entries == recordings[name] - DUPLICATES.get(name, 0), name
    held = {name: store.feeds.entries(each.id) for name, each in listed.items()}
    assert held == {name: items - DUPLICATES.get(name, 0) for name, items in recordings.items()}

    second = fetch_all(store, server, publisher)
    assert Counter((reply.status, reply.body) for reply in second.values()) == {
        (304, None): len(recordings)
    }

    before = store.connection.total_changes
    for name, reply in first.items():
        assert take_in(store, listed[name].id, reply).fresh == (), name
    assert store.connection.total_changes == before


def take_in(store: Store, feed: int, reply: Reply) -> Saved:
    assert reply.body is not None
    stories = parse_feed(reply.body, reply.address, reply.content_type).stories
    return store.ingest.save(feed, stories, untagged, "none")  # type: ignore[arg-type]


@pytest.mark.parametrize("series", SERIES)
def test_a_feed_followed_through_a_day_holds_each_story_once_with_all_its_wordings(
    store: Store, shared: Path, feed: Callable[..., Feed], series: str
) -> None:
    known = store.feeds.add(feed())
    wordings: dict[str, set[str]] = {}
    last: dict[str, str] = {}
    reported = Counter[str]()
    for snapshot in range(7):
        path = shared / f"data/feeds/hav_{series}_2026-08-13_{snapshot}.xml"
        stories = parse_feed(path.read_bytes(), "https://followed.example/").stories
        saved = store.ingest.save(known, stories, untagged, "none")
        reported.update(each.how for each in saved.fresh)
        for story in stories[::-1]:  # of what stands twice in a delivery, the first is taken
            last[link_key(story.link)] = text_hash(story)
        for link in {link_key(story.link) for story in stories}:
            wordings.setdefault(link, set()).add(last[link])

    details = [store.stories.detail(StoryId(each)) for each in store.stories.find()]
    held = {link_key(each.story.link): each for each in details if each is not None}
    assert len(held) == len(details) == len(wordings) == reported["new"]
    assert {link: each.revisions for link, each in held.items()} == {
        link: len(each) for link, each in wordings.items()
    }
    assert {link: text_hash(each.story) for link, each in held.items()} == last
    assert reported["changed"] >= sum(len(each) - 1 for each in wordings.values())
