"""Words of a query in a text: what the index finds is what is marked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.model import And, FeedId, Has, Not, Or, Query, Story, Words
from dipread.store import Saved, Store
from dipread.store.sought import Sought

TEXT = "Le café de Tōkyō: les Cafés ΕΛΛΆΔΑ, U.S.-China 日本とインドが防衛協定に署名"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Words("cafe"), ["café", "Cafés"]),
        (Words("CAFE"), ["café", "Cafés"]),
        (Words("cafe", phrase=True), ["café"]),
        (Words("ελλαδα"), ["ΕΛΛΆΔΑ"]),
        (Words("le"), ["Le"]),
        (Words("tok"), ["Tōkyō"]),
        (Words("防衛"), ["防衛"]),
        (Words("us china"), []),
        (Words("u.s.-china"), ["U.S.-China"]),
        (Words("de tokyo", phrase=True), ["de Tōkyō"]),
        (Or((Words("les"), Words("cafés"))), ["les", "Cafés"]),
        (And((Words("les", phrase=True), Not(Words("cafe")))), ["les"]),
        (Has("title", ("les",)), ["les"]),
        (Has("body", ("les",)), []),
        (Has("title", ("/les/",)), []),
        (Words("…"), []),
    ],
)
def test_words_are_found_as_the_index_folds_them(query: Query, found: list[str]) -> None:
    places = Sought(query).places("title", TEXT)
    assert [TEXT[start:end] for start, end in places] == found


def test_what_overlaps_is_one_place() -> None:
    query = And((Words("joint drill", phrase=True), Words("drill")))
    assert Sought(query).places("text", "a joint drill, drills") == [(2, 13), (15, 21)]


def test_a_query_without_words_seeks_nothing() -> None:
    assert not Sought(Has("country", ("JP",)))
    assert Sought(Words("rice"))


@given(st.text(), st.text(max_size=8), st.booleans())
def test_places_lie_in_the_text_and_in_order(text: str, word: str, phrase: bool) -> None:
    places = Sought(Words(word, phrase)).places("text", text)
    edges = [0, *(edge for place in places for edge in place), len(text)]
    assert edges == sorted(edges)


def test_a_view_gives_its_words(
    store: Store, wire: FeedId, deliver: Callable[..., Saved], story: Callable[..., Story]
) -> None:
    deliver(
        wire, story("a", title="Grain talks"), story("b", title="Rice"), story("c", title="Grains")
    )
    whole = store.stories.find(Words("grain"))
    assert list(store.stories.first(Words("grain"), 1)) == list(whole)[:1]
    assert list(store.stories.first(Words("grain"), 9)) == list(whole)
    assert store.stories.sought(Words("grain")).places("title", "Grain") == [(0, 5)]
