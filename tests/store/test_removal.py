"""A feed goes with its stories: out of sight at once, back with one key, and nothing of the reader's with it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipread.model import EVERYTHING, Feed, FeedId, Has, Item, Removal, Story, StoryId, Words
from dipread.store import FollowedList, Listed, Saved, Store, newest_glimpses
from tests.store.conftest import first_word, make_feed, make_story

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
WIRE, ECHO = make_feed(), make_feed("https://echo.example/rss", "Echo")
MADE = ("states", "own_tags", "annotations", "verdicts", "basket", "commitments")


class File:
    """A list of feeds that is no file, and can be held against what the archive listens to."""

    def __init__(self, *feeds: Feed) -> None:
        self.feeds: Sequence[Feed] = feeds

    def relist(self, before: dict[str, object], after: dict[str, object]) -> FollowedList:
        wanted = after["urls"]
        assert isinstance(wanted, list | tuple)
        self.feeds = [each for each in (WIRE, ECHO) if each.url in wanted]
        return FollowedList(" ".join(each.url for each in self.feeds), lambda: self.feeds)


def remove(store: Store, feed: Feed, left: Sequence[Feed] = ()) -> None:
    """Take a feed off the list with its stories."""
    before = Listed({"urls": [*(each.url for each in left), feed.url]}, feed.url)
    after = Listed({"urls": [each.url for each in left]}, feed.url, removed=True)
    with store.transaction():
        store.listing.note(f"{feed.title} removed", before, after)


def again(store: Store) -> Callable[[StoryId], None]:
    return lambda story: store.tagging.again(story, first_word, "rules-1")


def seen(store: Store) -> set[str]:
    """The stories that a reader can come by, by their titles; every way of asking tells the same."""
    found = {row.title for row in store.stories.rows(store.stories.find())}
    assert {row.title for row in store.stories.rows(store.stories.latest(99))} == found
    assert {each.title for each in newest_glimpses(store.path, 99)} == found
    assert {row.title for row in store.stories.rows(store.stories.find(Words("story")))} == found
    assert set(store.stories.newest(Words("story"), 99)) == set(store.stories.find())
    fetched = Has("fetched", ("2026",))
    assert {row.title for row in store.stories.rows(store.stories.find(fetched))} == found
    assert store.stories.count() == len(found)
    assert store.catalogue.differences(store) == []
    return found


def sound(store: Store) -> bool:
    """Whether `dipread doctor` would find the archive well."""
    return not [each for each in store.examination.findings() if each.fault]


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path, lambda: NOW, relist=File(WIRE, ECHO).relist) as store:
        store.feeds.sync([WIRE, ECHO])
        yield store


@pytest.fixture
def wire(store: Store) -> FeedId:
    return store.feeds.subscriptions([WIRE.url])[0].id


@pytest.fixture
def echo(store: Store) -> FeedId:
    return store.feeds.subscriptions([ECHO.url])[0].id


Deliver = Callable[..., Saved]


def ids(saved: Saved) -> list[StoryId]:
    return [each.id for each in sorted(saved.fresh, key=lambda each: each.story.title)]


def test_its_stories_go_and_those_of_the_reader_and_of_other_feeds_stay(
    store: Store, wire: FeedId, echo: FeedId, deliver: Deliver
) -> None:
    a, b, c, *_ = ids(deliver(wire, *map(make_story, "abcdef")))
    deliver(echo, make_story("e"), make_story("x"))
    store.annotations.add(a, "mine", None, NOW)
    store.states.star([b], True)
    store.states.mark_read([c], True)
    for _ in store.indexing.catch_up(lambda pause: None):
        pass
    assert store.removals.of(WIRE.url) == Removal(3, kept=2, shared=1)
    remove(store, WIRE, [ECHO])
    assert seen(store) == {"Story a", "Story b", "Story e", "Story x"}
    assert [each.feed for each in store.feeds.health()] == [ECHO]
    assert store.stories.detail(c) is None
    assert store.stories.facets().counts["feed"] == {"Echo": 2, "Wire": 3}
    assert sound(store)


@pytest.mark.parametrize("indexed", [True, False])
def test_undo_and_redo_go_both_ways_also_on_another_day(
    store: Store, path: Path, wire: FeedId, deliver: Deliver, indexed: bool
) -> None:
    deliver(wire, *map(make_story, "abc"))
    if indexed:
        list(store.indexing.catch_up(lambda pause: None))
    remove(store, WIRE, [ECHO])
    assert seen(store) == set()
    later = Store(path, lambda: NOW + timedelta(days=2), relist=File(ECHO).relist)
    assert seen(later) == set()
    assert later.journal.undo(again(later))
    assert seen(later) == {"Story a", "Story b", "Story c"}
    assert {each.feed.url for each in later.feeds.health()} == {WIRE.url, ECHO.url}
    assert later.journal.redo(again(later))
    assert seen(later) == set()
    assert sound(later)
    later.close()


def test_stories_come_back_with_their_feed_however_it_comes_back(
    store: Store, wire: FeedId, deliver: Deliver
) -> None:
    deliver(wire, make_story("a"))
    remove(store, WIRE, [ECHO])
    assert not deliver(wire, make_story("a")).fresh
    store.feeds.sync([ECHO, WIRE])
    assert seen(store) == {"Story a"}


def test_another_feed_that_brings_a_story_brings_it_back(
    store: Store, wire: FeedId, echo: FeedId, deliver: Deliver
) -> None:
    deliver(wire, make_story("a"), make_story("b"))
    remove(store, WIRE, [ECHO])
    deliver(echo, make_story("a"))
    assert seen(store) == {"Story a"}


def test_of_two_feeds_that_go_one_after_the_other_nothing_is_left(
    store: Store, wire: FeedId, echo: FeedId, deliver: Deliver
) -> None:
    deliver(wire, make_story("a"))
    deliver(echo, make_story("a"))
    remove(store, WIRE, [ECHO])
    assert seen(store) == {"Story a"}
    remove(store, ECHO)
    assert seen(store) == set()
    store.journal.undo(again(store))
    assert seen(store) == {"Story a"}


def test_what_was_cleaned_away_is_gone_from_every_table_and_its_number_is_never_given_again(
    store: Store, path: Path, wire: FeedId, echo: FeedId, deliver: Deliver
) -> None:
    gone = ids(deliver(wire, *map(make_story, "abc")))
    list(store.indexing.catch_up(lambda pause: None))
    store.states.mark_read(gone, True)
    remove(store, WIRE, [ECHO])
    assert list(store.removals.clean(NOW)) == []
    later = NOW + timedelta(seconds=1)
    assert list(store.removals.clean(later)) == [2]  # the last number stays taken
    (kept,) = deliver(echo, make_story("d")).fresh
    assert kept.id > max(gone)
    assert list(store.removals.clean(later)) == [1]
    tables = ("stories", "revisions", "feed_stories", "tags", "search_docsize")
    assert [store.rows(f"SELECT count(*) FROM {each}")[0][0] for each in tables] == [1, 1, 1, 1, 0]
    assert seen(store) == {"Story d"}
    assert sound(store)
    assert store.rows("PRAGMA foreign_keys") == [(1,)]
    assert store.journal.undo(again(store))  # the feed is back, and what it still has can come anew
    assert store.journal.undo(again(store))  # marks of stories that are no more
    assert len(deliver(wire, *map(make_story, "abc")).fresh) == 3
    assert sound(store)


def test_what_was_deleted_from_a_story_that_is_no_more_is_undone_without_it(
    store: Store, wire: FeedId, echo: FeedId, deliver: Deliver
) -> None:
    (a,) = ids(deliver(wire, make_story("a")))
    deliver(echo, make_story("b"))
    note = store.annotations.add(a, "written and deleted", None, NOW)
    store.basket.toggle(a)
    store.basket.toggle(a)
    store.annotations.remove(note.uuid)
    remove(store, WIRE, [ECHO])
    assert list(store.removals.clean(NOW + timedelta(days=31))) == [1]
    while store.journal.undo(again(store)):
        pass
    assert sound(store)
    told = [each.change.before for each in store.annotations.history(note.uuid)]
    assert any(each and each["note"] == "written and deleted" for each in told)


ACTS = st.tuples(
    st.sampled_from(["note", "star", "tag", "brief", "basket", "judge", "promise", "read"]),
    st.integers(0, 7),
)
STEPS = st.lists(
    st.one_of(ACTS, st.tuples(st.sampled_from(["remove", "undo", "redo", "clean"]), st.just(0))),
    max_size=14,
)


@given(STEPS)
@settings(max_examples=60, deadline=None)
def test_whatever_is_done_nothing_of_the_readers_goes_with_a_feed(
    steps: list[tuple[str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        list_ = File(WIRE, ECHO)
        store = Store(Path(folder) / "a.db", lambda: NOW, relist=list_.relist)
        store.feeds.sync([WIRE, ECHO])
        wire, echo = (each.id for each in store.feeds.subscriptions())
        stories = list(map(make_story, "abcdefgh"))
        store.ingest.save(wire, stories, first_word, "rules-1")
        store.ingest.save(echo, [*stories[5:], make_story("z")], first_word, "rules-1")
        numbers = sorted(StoryId(each) for each in store.stories.find())
        for act, at in steps:
            story = numbers[at]
            before = made(store)
            if act == "remove":
                if WIRE in list_.feeds:
                    remove(store, WIRE, [ECHO])
                assert made(store) == before
            elif act == "clean":
                list(store.removals.clean(NOW + timedelta(days=31)))
                assert made(store) == before
            elif act in ("undo", "redo"):
                getattr(store.journal, act)(again(store))
            elif store.stories.detail(story) is not None:
                do(store, act, story)
            for (held,) in store.rows(
                " UNION ".join(f"SELECT story FROM {each}" for each in MADE[1:])
            ):
                assert store.stories.detail(StoryId(held)) is not None
            assert store.catalogue.differences(store) == []
        assert sound(store)
        store.close()


def do(store: Store, act: str, story: StoryId) -> None:
    {
        "note": lambda: store.annotations.add(story, "n", None, NOW),
        "star": lambda: store.states.star([story], True),
        "tag": lambda: store.states.keep_tags(story, ["x"]),
        "brief": lambda: store.states.mark("brief", "", [story], True),
        "basket": lambda: store.basket.keep((), [Item(story, heading="Top", place=1)], "placed"),
        "judge": lambda: store.tagging.judge(story, "sector", "x", True, first_word, "rules-1"),
        "promise": lambda: store.promises.say(story, "will sign", "kept"),
        "read": lambda: store.states.mark_read([story], True),
    }[act]()


def made(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All that a reader made, but for having read what goes."""
    held = {name: sorted(store.rows(f"SELECT * FROM {name}"), key=repr) for name in MADE}
    held["states"] = [row for row in held["states"] if row[2]]
    return held


def test_a_story_that_is_set_apart_is_in_no_answer(
    store: Store, wire: FeedId, deliver: Deliver, story: Callable[..., Story]
) -> None:
    deliver(wire, story("a"), story("b"))
    everything = store.stories.find(EVERYTHING)
    assert len(everything) == 2
    remove(store, WIRE, [ECHO])
    for query in (EVERYTHING, Has("sector", ("story",)), Has("rule", ("first-word",)), Words("a")):
        assert len(store.stories.find(query)) == 0
        assert store.stories.newest(query, 9) == []


def test_a_mark_on_a_story_that_is_set_apart_puts_it_on_no_shelf(
    store: Store, wire: FeedId, deliver: Deliver
) -> None:
    (a,) = ids(deliver(wire, make_story("a")))
    store.stories.find()
    remove(store, WIRE, [ECHO])
    store.stories.find()
    store.states.mark_read([a], True)  # by a screen that has not heard of it yet
    assert store.catalogue.differences(store) == []
    store.journal.undo(again(store))
    store.journal.undo(again(store))
    assert seen(store) == {"Story a"}
