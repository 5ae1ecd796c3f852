"""An archive in a folder of its own, and what goes into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from dipread.model import Evidence, Feed, FeedId, Story, Tag
from dipread.store import Saved, Store


def make_feed(url: str = "https://wire.example/rss", title: str = "Wire") -> Feed:
    return Feed(url, title, f"{title} Ltd", "FR", "wire", "fr", "World press", 30)


def make_story(uid: str, title: str = "", text: str = "", **more: object) -> Story:
    given = {"guid": uid, "link": f"https://wire.example/{uid}", **more}
    return Story(uid, title=title or f"Story {uid}", text=text, **given)  # type: ignore[arg-type]


def first_word(story: Story) -> tuple[Tag, ...]:
    """A tagger: the first word of the headline is a sector, and its own evidence."""
    word = story.title.split(" ")[0]
    evidence = (Evidence("title", 0, len(word), "first-word"),)
    return (Tag("sector", word.lower(), 1.0, 0.9, evidence, slots=(("years", "160"),)),)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "dipread.db"


@pytest.fixture
def store(path: Path, now: Callable[[], datetime]) -> Iterator[Store]:
    with Store(path, now) as store:
        yield store


@pytest.fixture
def wire(store: Store) -> FeedId:
    """A feed of the archive."""
    return store.feeds.add(make_feed(), listed=True)


@pytest.fixture
def echo(store: Store) -> FeedId:
    """Another feed of the archive."""
    return store.feeds.add(make_feed("https://echo.example/rss", "Echo"), listed=True)


@pytest.fixture
def feed() -> Callable[..., Feed]:
    return make_feed


@pytest.fixture
def story() -> Callable[..., Story]:
    return make_story


Deliver = Callable[..., Saved]


@pytest.fixture
def deliver(store: Store) -> Deliver:
    """One delivery of a feed, tagged by first words."""

    def deliver(feed: FeedId, *stories: Story) -> Saved:
        return store.ingest.save(feed, stories, first_word, "rules-1")

    return deliver
