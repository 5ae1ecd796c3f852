"""The archive brought from one set of rules to another, some stories at a time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from dipread.model import FeedId, Story, StoryId, Tag
from dipread.store import Store

from .test_tagging import codes, teller

Tell = Callable[[Story], tuple[Tag, ...]]


@pytest.fixture
def five(store: Store, wire: FeedId, story: Callable[..., Story]) -> None:
    """Five stories that the rules "old" hold for trade."""
    store.ingest.save(wire, [story(str(each)) for each in range(5)], teller("trade"), "old")


@pytest.mark.usefixtures("five")
def test_each_story_is_tagged_anew_once_and_a_stop_loses_nothing(store: Store) -> None:
    asked: list[str] = []

    def tag(one: Story) -> tuple[Tag, ...]:
        asked.append(one.title)
        return teller("energy")(one)

    assert store.retagging.counts() == {"old": 5}
    assert store.retagging.retag_some("old", "new", tag, most=2) == (2, 2)
    assert store.retagging.counts() == {"old": 3, "new": 2}
    while store.retagging.retag_some("old", "new", tag, most=2).looked:
        pass
    assert len(asked) == 5
    assert len(set(asked)) == 5
    assert all(codes(store, each) == {"energy"} for each in range(1, 6))


@pytest.mark.usefixtures("five")
def test_a_story_that_the_change_does_not_touch_keeps_its_tags(store: Store) -> None:
    done = store.retagging.retag_some(
        "old", "new", teller("energy"), lambda story: story.title == "Story 3"
    )
    assert done == (5, 1)
    assert sorted(codes(store, each) == {"energy"} for each in range(1, 6)) == [*[False] * 4, True]
    assert store.retagging.counts() == {"new": 5}


@pytest.mark.usefixtures("five")
def test_rules_that_fail_on_one_story_leave_the_whole_lot_as_it_was(store: Store) -> None:
    def tag(one: Story) -> tuple[Tag, ...]:
        if one.title == "Story 1":
            raise ValueError("a broken rule")
        return teller("energy")(one)

    with pytest.raises(ValueError, match="a broken rule"):
        store.retagging.retag_some("old", "new", tag)
    assert store.retagging.counts() == {"old": 5}
    assert all(codes(store, each) == {"trade"} for each in range(1, 6))


@pytest.mark.usefixtures("five")
def test_words_that_change_while_a_story_is_tagged_are_left_to_who_changed_them(
    store: Store, wire: FeedId, story: Callable[..., Story]
) -> None:
    def tag(one: Story) -> tuple[Tag, ...]:
        if one.title == "Story 2":
            store.ingest.save(wire, [story("2", "Another title")], teller("law"), "old")
        return teller("energy")(one)

    store.retagging.retag_some("old", "new", tag)
    assert store.retagging.counts() == {"old": 1, "new": 4}
    assert sum(codes(store, each) == {"law"} for each in range(1, 6)) == 1


def test_rules_are_remembered_until_no_story_has_their_tags(
    store: Store, wire: FeedId, story: Callable[..., Story]
) -> None:
    store.retagging.remember("old", "edition", {"mine.toml": "# é"})
    store.retagging.remember("old", "another", {})
    store.retagging.remember("new", "edition", {})
    assert store.retagging.remembered("old") == ("edition", {"mine.toml": "# é"})
    assert store.retagging.remembered("unheard") is None
    store.ingest.save(wire, [story("1")], teller("trade"), "old")
    store.retagging.forget_unused("new")
    assert store.retagging.remembered("old")
    store.retagging.retag_some("old", "new", teller("trade"))
    store.retagging.forget_unused("new")
    assert store.retagging.remembered("old") is None
    assert store.retagging.remembered("new") == ("edition", {})


@pytest.mark.usefixtures("five")
def test_stories_are_read_newest_first_and_no_more_than_asked(store: Store) -> None:
    ids = [number for some in store.retagging.stories() for number, _ in some]
    assert ids == [5, 4, 3, 2, 1]
    assert [number for some in store.retagging.stories(2) for number, _ in some] == [5, 4]
    assert list(store.retagging.stories(0)) == []
    story = store.retagging.story(StoryId(5))
    assert story
    assert list(store.retagging.stories(1)) == [[(5, story)]]
    tags = store.retagging.tags([StoryId(5), StoryId(4)])
    assert {number: [tag.code for tag in each] for number, each in tags.items()} == {
        5: ["trade"],
        4: ["trade"],
    }


def test_reading_and_marking_go_on_while_another_connection_retags(
    path: Path, store: Store, wire: FeedId, story: Callable[..., Story]
) -> None:
    stories = [story(str(each)) for each in range(600)]
    store.ingest.save(wire, stories, teller("trade"), "rules-0")
    faults: list[Exception] = []
    rounds = 6

    def retag() -> None:
        with Store(path) as other:
            try:
                for each in range(rounds):
                    while other.retagging.retag_some(
                        f"rules-{each}", f"rules-{each + 1}", teller("trade", f"s{each}"), most=50
                    ).looked:
                        pass
            except Exception as fault:  # told below, where the test can see it
                faults.append(fault)

    worker = threading.Thread(target=retag)
    worker.start()
    marked = 0
    while worker.is_alive():
        chosen = StoryId(marked % 600 + 1)
        assert store.stories.count() == 600
        assert store.stories.detail(chosen)
        store.states.mark_read([chosen], marked % 2 == 0)
        marked += 1
    worker.join()
    assert faults == []
    assert marked
    assert store.retagging.counts() == {f"rules-{rounds}": 600}
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
