"""The index of words is filled behind the stories, and what is not in it yet is found all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dipread.model import And, FeedId, Has, Story, Words
from dipread.store import Saved, Store

from .conftest import make_feed, make_story

Deliver = Callable[..., Saved]
MakeStory = Callable[..., Story]


def found(store: Store, *words: str) -> set[str]:
    ids = store.stories.find(And(tuple(Words(each) for each in words)))
    return {row.title for row in store.stories.rows(ids)}


def test_stories_are_found_before_they_are_indexed_and_after(
    store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    deliver(wire, story("a", "Grain talks", "In Odesa."), story("b", "日伊首脳会談", "東京で"))
    for behind in (2, 0):
        assert store.indexing.behind() == behind
        assert found(store, "grain", "odesa") == {"Grain talks"}
        assert found(store, "首脳") == {"日伊首脳会談"}
        assert found(store, "rice") == set()
        assert sum(store.indexing.catch_up()) == behind


def test_a_story_that_changes_before_it_is_indexed_is_found_by_its_new_words(
    store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    deliver(wire, story("a", "Grain talks"))
    assert found(store, "grain") == {"Grain talks"}
    deliver(wire, story("a", "Rice talks"))
    for _ in range(2):
        assert (found(store, "grain"), found(store, "rice")) == (set(), {"Rice talks"})
        list(store.indexing.catch_up())
    deliver(wire, story("a", "Wheat talks"))
    assert (found(store, "rice"), found(store, "wheat")) == (set(), {"Wheat talks"})
    assert [each.fault for each in store.examination.findings()] == ["", "", "", ""]


def test_another_may_index_while_somebody_searches(
    path: Path, store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    deliver(wire, *(story(str(number), f"Talks {number}") for number in range(30)))
    with Store(path) as other:
        assert len(found(other, "talks")) == 30
        store.indexing.index_some(10)
        assert len(found(other, "talks")) == 30
        deliver(wire, story("more", "Talks again"))
        store.indexing.index_some(15)
        assert len(found(other, "talks")) == 31
        assert len(other.stories.find(Has("title", ("talks",)))) == 31


def test_a_slice_is_a_transaction_of_its_own(
    store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    deliver(wire, *(story(str(number)) for number in range(25)))
    assert [store.indexing.index_some(10) for _ in range(4)] == [10, 10, 5, 0]
    assert not store.connection.in_transaction


def test_between_two_slices_others_are_let_in(
    path: Path, store: Store, wire: FeedId, deliver: Deliver, story: MakeStory
) -> None:
    deliver(wire, *(story(str(number)) for number in range(250)))
    paused: list[float] = []
    with Store(path) as other:

        def write(seconds: float) -> None:
            paused.append(seconds)
            with other.transaction() as connection:
                connection.execute("UPDATE feeds SET title = 'let in'")

        assert list(store.indexing.catch_up(write)) == [100, 100, 50]
    assert len(paused) == 3


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"), st.sampled_from(["grain", "rice", "oil"]), st.integers(0, 3)
        )
    )
)
def test_whatever_is_indexed_meanwhile_the_same_stories_are_found(
    tmp_path_factory: object, steps: list[tuple[str, str, int]]
) -> None:
    with Store(Path(tmp_path_factory.mktemp("archive")) / "a.db") as store:  # type: ignore[attr-defined]
        feed = store.feeds.add(make_feed())
        now: dict[str, str] = {}
        for uid, word, slices in steps:
            now[uid] = word
            store.ingest.save(feed, [make_story(uid, f"{word} {uid}")], lambda _: (), "r")
            store.indexing.index_some(max(1, slices)) if slices else None
            for sought in ("grain", "rice", "oil"):
                expected = {f"{sought} {each}" for each, has in now.items() if has == sought}
                assert found(store, sought) == expected
