"""The catalogue says what the tables say, whoever changed them and whenever it was written down."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipread.errors import StoreError
from dipread.model import Annotation, Feed, FeedId, Has, StoryId, Words
from dipread.store import Catalogue, Store, catalogue
from dipread.store.touched import touch
from tests.store.conftest import Deliver, first_word, make_story

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
WORDS = ("trade", "energy", "law")
DEEDS = ("deliver", "change", "read", "star", "note", "unnote", "judge", "retag", "save", "look", "reopen")  # fmt: skip


class Desk:
    """Two programs on one archive, each with a catalogue of its own, and a die."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path = path
        self.dice = random.Random(seed)
        self.stores = [Store(path, lambda: NOW) for _ in range(2)]
        self.feed = self.stores[0].feeds.add(
            Feed("https://wire.example/", "Wire", "W", "FR", "wire", "fr", "G")
        )
        self.notes: list[Annotation] = []
        self.number = 0

    def do(self, deed: str) -> None:
        """Do one thing, by either program."""
        store = self.dice.choice(self.stores)
        ids = [StoryId(each) for each in store.stories.find()]
        if deed == "deliver" or not ids:
            self.number += 1
            word = self.dice.choice(WORDS)
            store.ingest.save(self.feed, [make_story(str(self.number), f"{word} talks")], first_word, "r")  # fmt: skip
            return
        story = self.dice.choice(ids)
        yes = self.dice.random() < 0.5
        match deed:
            case "change":
                detail = store.stories.detail(story)
                assert detail
                told = f"{self.dice.choice(WORDS)} again {self.dice.random()}"
                store.ingest.save(self.feed, [make_story(detail.story.uid, told)], first_word, "r")
            case "read":
                store.states.mark_read([story], yes)
            case "star":
                store.states.star([story], yes)
            case "note":
                self.notes.append(store.annotations.add(story, "note", None, NOW))
            case "unnote" if self.notes:
                store.annotations.remove(self.notes.pop().uuid)
            case "judge":
                word = self.dice.choice(WORDS)
                store.tagging.judge(story, "sector", word, yes, first_word, "r")
            case "retag":
                before = next(iter(store.retagging.counts()))
                store.retagging.retag_some(before, str(self.dice.random()), first_word, most=2)
            case "save":
                store.catalogue.save(store, after=-1)
            case "reopen":
                self.stores.remove(store)
                store.close()
                self.stores.append(Store(self.path, lambda: NOW))

    def close(self) -> None:
        """Give the file back."""
        for each in self.stores:
            each.close()


@settings(max_examples=60)
@given(st.lists(st.sampled_from(DEEDS), min_size=1, max_size=14), st.integers(0, 9))
def test_it_stays_in_step_whatever_is_done(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[str], seed: int
) -> None:
    desk = Desk(tmp_path_factory.mktemp("desk") / "dipread.db", seed)
    try:
        for deed in deeds:
            desk.do(deed)
            for store in desk.stores:
                assert store.catalogue.differences(store) == []
    finally:
        desk.close()


def test_after_a_change_of_nearly_everything_the_tables_are_read_whole(
    path: Path, store: Store, wire: FeedId, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(wire, *(make_story(str(n), f"{WORDS[n % 3]} talks") for n in range(30)))
    store.catalogue.save(store, after=-1)
    monkeypatch.setattr(catalogue, "WHOLESALE", 10)
    monkeypatch.setattr(catalogue, "AT_A_TIME", 7)
    deliver(wire, *(make_story(str(n), "energy again") for n in range(30)))
    assert store.catalogue.differences(store) == []
    store.catalogue.save(store, after=-1)
    with Store(path, lambda: NOW) as other:
        assert other.catalogue.differences(other) == []
        assert store.rows("SELECT code FROM catalogue WHERE shelf = 'sector'") == [("energy",)]


def test_blobs_that_do_not_fit_the_tables_are_told(
    store: Store, wire: FeedId, deliver: Deliver, story: Callable[..., object]
) -> None:
    deliver(wire, make_story("a", "trade talks"), make_story("b", "law talks"))
    store.catalogue.save(store, after=-1)
    with store.transaction() as connection:
        connection.execute("UPDATE catalogue SET stories = (SELECT stories FROM catalogue WHERE code = 'law')"
                           " WHERE code = 'trade'")  # fmt: skip
    other = Catalogue()
    assert other.differences(store) == ["sector:trade"]


def test_a_writing_down_that_fails_is_made_up_for_by_the_next(
    path: Path, store: Store, wire: FeedId, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(wire, make_story("a", "trade talks"))
    store.catalogue.save(store, after=-1)
    deliver(wire, make_story("b", "trade again"))
    with store.transaction() as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON catalogue WHEN new.shelf = 'upto'"
            " BEGIN SELECT raise(ABORT, 'database or disk is full'); END"
        )
    with pytest.raises(StoreError, match="the disk is full"):
        store.catalogue.save(store, after=-1)
    with store.transaction() as connection:
        connection.execute("DROP TRIGGER full")
    deliver(wire, make_story("c", "law talks"))
    store.catalogue.save(store, after=-1)
    with Store(path, lambda: NOW) as other:
        assert other.catalogue.differences(other) == []
        assert len(other.stories.find(Has("sector", ("trade",)))) == 2


def test_a_reading_that_is_interrupted_is_begun_again(
    path: Path, store: Store, wire: FeedId, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(wire, *(make_story(str(n), f"{WORDS[n % 3]} talks") for n in range(9)))
    whole = catalogue.entries

    def stopped(*asked: object) -> Iterator[object]:
        yield from islice(whole(*asked), 4)  # type: ignore[arg-type]
        raise StoreError("interrupted")

    with Store(path, lambda: NOW) as other:
        for saved in (False, True):
            with monkeypatch.context() as patch:
                patch.setattr(catalogue, "entries", stopped)
                with pytest.raises(StoreError, match="interrupted"):
                    other.stories.find(Has("sector", ("trade",)))
            assert other.catalogue.differences(other) == []
            other.catalogue.save(other, after=-1)
            assert other.catalogue.differences(other) == []
            deliver(wire, make_story(f"more {saved}", "trade talks"))


def test_it_is_written_down_only_when_much_has_changed(
    path: Path, store: Store, wire: FeedId, deliver: Deliver
) -> None:
    assert store.catalogue.save(store, after=2)  # there is none yet
    deliver(wire, make_story("a", "trade talks"), make_story("b", "law talks"))
    assert not store.catalogue.save(store, after=2)
    deliver(wire, make_story("c", "trade talks"))
    assert store.catalogue.save(store, after=2)
    assert store.rows("SELECT count(*) FROM touched") == [(0,)]
    with Store(path, lambda: NOW) as other:
        assert len(other.stories.find(Has("sector", ("trade",)))) == 2
        assert other.catalogue.differences(other) == []


def test_the_newest_are_found_though_an_early_story_was_given_a_later_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "BLOCK", 2)
    feed = store.feeds.add(Feed("https://wire.example/", "Wire", "W", "FR", "wire", "fr", "G"))

    def deliver(number: int, day: int) -> None:
        told = make_story(str(number), "talks", published=datetime(2026, 8, day, tzinfo=UTC))
        store.ingest.save(feed, [told], first_word, "r")

    for number in range(1, 8):
        deliver(number, number)
    assert store.stories.newest(Words("talks"), 1) == [7]
    store.connection.execute("UPDATE stories SET shown_at = shown_at + 864000 WHERE id = 1")
    touch(store.connection, [1])
    assert store.stories.newest(Words("talks"), 1) == [1]
