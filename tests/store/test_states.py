"""Read and starred, story by story."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dipread.errors import StoreError
from dipread.model import FeedId, Has, Story, StoryId
from dipread.store import Saved, Store


def states(store: Store) -> list[tuple[bool, bool]]:
    rows = store.stories.rows(sorted(store.stories.find()))
    return [(row.read, row.starred) for row in rows]


@pytest.fixture
def ids(
    store: Store, wire: FeedId, deliver: Callable[..., Saved], story: Callable[..., Story]
) -> list[StoryId]:
    return sorted(each.id for each in deliver(wire, story("a"), story("b")).fresh)


def test_a_mark_changes_only_itself_and_only_its_stories(store: Store, ids: list[StoryId]) -> None:
    store.states.mark_read(ids[:1], True)
    store.states.star(ids, True)
    assert states(store) == [(True, True), (False, True)]
    store.states.mark_read(ids, False)
    store.states.star(ids[1:], False)
    assert states(store) == [(False, True), (False, False)]


def test_marking_nothing_is_nothing(store: Store, ids: list[StoryId]) -> None:
    store.states.mark_read([], True)
    assert states(store) == [(False, False), (False, False)]


def test_marks_on_a_story_that_is_no_more_undo_the_whole_stroke(
    store: Store, ids: list[StoryId]
) -> None:
    with pytest.raises(StoreError):
        store.states.star([*ids, StoryId(99)], True)
    assert states(store) == [(False, False), (False, False)]


def test_own_tags_are_counted_and_found(store: Store, ids: list[StoryId]) -> None:
    store.states.tag(ids, "follow-up", True)
    store.states.tag(ids[:1], "brief", True)
    assert store.states.tags() == {"follow-up": 2, "brief": 1}
    assert list(store.states.tagged("brief")) == ids[:1]
    detail = store.stories.detail(ids[0])
    assert detail
    assert detail.own_tags == ("brief", "follow-up")
    store.states.tag(ids, "follow-up", False)
    assert store.states.tags() == {"brief": 1}


def test_the_catalogue_keeps_in_step_with_marks(store: Store, ids: list[StoryId]) -> None:
    unread, starred = Has("is", ("unread",)), Has("is", ("starred",))
    assert len(store.stories.find(unread)) == 2
    store.states.mark_read(ids, True)
    store.states.star(ids[:1], True)
    store.states.mark_read(ids[:1], False)
    assert list(store.stories.find(unread)) == ids[:1] == list(store.stories.find(starred))
    assert store.catalogue.differences(store) == []
    store.catalogue.save(store, after=0)
    with Store(store.path) as other:
        assert other.catalogue.differences(other) == []
        other.states.star(ids, True)  # before its catalogue has read anything
        assert len(other.stories.find(starred)) == 2
    store.states.star(ids[1:], False)  # a note of another's is still to be read
    assert list(store.stories.find(starred)) == ids[:1]
    assert store.catalogue.differences(store) == []
