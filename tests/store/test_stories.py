"""Asking for stories: their order, a window of rows, one whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from dipread.model import Feed, FeedId, Has, Link, Story, StoryId, Tag
from dipread.store import Saved, Store

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
Deliver = Callable[..., Saved]
MakeStory = Callable[..., Story]


def test_ids_come_newest_first_and_no_more_than_asked_for(
    store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    ages = [3, 1, 2]
    deliver(wire, *(story(str(age), published=NOW - timedelta(days=age)) for age in ages))
    rows = store.stories.rows(store.stories.find())
    assert [row.title for row in rows] == ["Story 1", "Story 2", "Story 3"]
    assert len(store.stories.find(limit=2)) == 2
    assert len(store.stories.find(limit=0)) == 0


def test_rows_come_in_the_order_asked_for_without_those_that_are_no_more(
    store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    deliver(wire, *(story(str(number)) for number in range(5)))
    ids = list(store.stories.find())
    asked = [ids[3], 999, ids[0], ids[4]]
    assert [row.id for row in store.stories.rows(asked)] == [ids[3], ids[0], ids[4]]
    assert store.stories.rows([]) == []


def test_a_row_says_what_a_line_needs(
    store: Store, wire: FeedId, echo: FeedId, story: MakeStory
) -> None:
    def tags(_: Story) -> tuple[Tag, ...]:
        return (
            Tag("country", "JP", 2.0, 0.9, (), "actor", about=True),
            Tag("country", "JP", 1.0, 0.9, (), "venue"),
            Tag("country", "IT", 3.0, 0.9, (), "mention"),
            Tag("country", "CH", 9.0, 0.9, (), "dateline"),
            Tag("sector", "trade", 1.0, 0.9, ()),
        )

    store.ingest.save(wire, [story("a", "One"), story("b", published=NOW)], tags, "r")
    store.ingest.save(echo, [story("a", "One")], tags, "r")
    undated, dated = sorted(store.stories.rows(store.stories.find()), key=lambda row: row.title)
    assert (undated.countries, undated.sectors) == (("JP", "IT"), ("trade",))
    assert (undated.feed, undated.feeds, dated.feeds) == ("Wire", 2, 1)
    assert (undated.when, undated.date_known, dated.date_known) == (NOW, False, True)
    assert (undated.read, undated.starred, undated.notes, undated.revisions) == (False, False, 0, 1)
    store.states.mark_read([undated.id], True)
    store.annotations.add(undated.id, "note", None, NOW)
    (row,) = store.stories.rows([undated.id])
    assert (row.read, row.notes) == (True, 1)


def test_a_story_comes_out_as_it_went_in(
    store: Store, wire: FeedId, deliver: Deliver, feed: Callable[..., Feed]
) -> None:
    whole = Story(
        uid="u",
        guid="g",
        link="https://wire.example/a",
        title="Title ‘’ \U0001f1ef\U0001f1f5",
        text="One.\n\nTwo.",
        published=datetime(2026, 8, 1, 1, 2, 3, tzinfo=UTC),
        published_raw="Sat, 01 Aug 2026",
        zone_known=False,
        lang="ja",
        authors=("A", "B"),
        categories=("c",),
        media=("https://wire.example/a.jpg",),
        links=(Link(0, 4, "https://wire.example/one"),),
    )
    deliver(wire, whole)
    (known,) = store.stories.find()
    detail = store.stories.detail(StoryId(known))
    assert detail is not None
    assert detail.story == whole
    assert detail.feeds == (feed(),)


def test_a_story_that_is_no_more_has_no_detail(store: Store) -> None:
    assert store.stories.detail(StoryId(1)) is None


def test_facets_of_nothing_are_empty(store: Store) -> None:
    assert store.stories.facets(Has("is", ("read",))).counts == {
        "country": {},
        "sector": {},
        "event": {},
        "feed": {},
    }
