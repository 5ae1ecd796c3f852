"""Words as the index holds them and as they are asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.model import FeedId, Has, Story, Words
from dipread.store import Saved, Store, search
from dipread.store.words import indexed, match_expression

FOUND = [
    ("日伊首脳会談が東京で", "首脳"),
    ("日伊首脳会談が東京で", "会談が"),
    ("中意建交160周年", "160"),
    ("中意建交160周年", "建交"),
    ("ประชุมสุดยอดอาเซียน", "อาเซียน"),
    ("Summit à l'Élysée", "elysee"),
    ("Summit a l'Elysee", "ÉLYSÉE"),
    ("Η Ελλάδα και η Κύπρος", "ελλαδα"),
    ("Королёв и Киев", "королев"),
    ("Straße nach Osten", "STRASSE"),
    ("İstanbul görüşmesi", "istanbul"),
    ("نمی\u200cخواهم", "نمیخواهم"),
    ("مُفاوَضات", "مفاوضات"),
    ("שָׁלוֹם", "שלום"),
    ("Ｇ７サミット", "g7"),
    ("U.S.-China talks", "u.s.-china"),
    ("COVID-19 and after", "covid-19"),
    ("Tariffs rise", "tariff"),
    ("a NUL\x00inside", "inside"),
]
NOT_FOUND = [
    ("日伊首脳会談", "伊日"),
    ("ガス", "カス"),
    ("Tariffs rise", "ariff"),
    ("हिन्दी", "हन्द"),
]


@pytest.mark.parametrize(("title", "word"), FOUND)
def test_a_word_is_found_whatever_its_case_accents_and_script(
    store: Store,
    wire: FeedId,
    deliver: Callable[..., Saved],
    story: Callable[..., Story],
    title: str,
    word: str,
) -> None:
    deliver(wire, story("a", title), story("b", "Something else"))
    assert len(store.stories.find(Words(word))) == 1
    assert len(store.stories.find(Has("title", (word,)))) == 1


@pytest.mark.parametrize(("title", "word"), NOT_FOUND)
def test_another_word_is_not_found(
    store: Store,
    wire: FeedId,
    deliver: Callable[..., Saved],
    story: Callable[..., Story],
    title: str,
    word: str,
) -> None:
    deliver(wire, story("a", title))
    assert len(store.stories.find(Words(word))) == 0


def test_a_word_may_go_on_but_a_phrase_may_not(
    store: Store, wire: FeedId, deliver: Callable[..., Saved], story: Callable[..., Story]
) -> None:
    deliver(wire, story("a", "The trade deals of the year"), story("b", "Deal of trade"))
    assert len(store.stories.find(Words("deal"))) == 2
    assert len(store.stories.find(Words("trade deal", phrase=True))) == 0
    assert len(store.stories.find(Words("trade deals", phrase=True))) == 1
    assert len(store.stories.find(Words("deal*", phrase=True))) == 1


def test_a_word_of_the_text_is_no_word_of_the_title(
    store: Store, wire: FeedId, deliver: Callable[..., Saved], story: Callable[..., Story]
) -> None:
    deliver(wire, story("a", "Talks", "On tariffs."))
    assert len(store.stories.find(Has("title", ("tariffs",)))) == 0
    assert len(store.stories.find(Words("tariffs"))) == 1


@pytest.mark.parametrize("text", ["", "*", "!?", '"', "_", "- -", "§", "^"])
def test_what_holds_no_letter_asks_for_nothing(text: str) -> None:
    assert match_expression(text, phrase=False) == match_expression(text, phrase=True) == ""


INDEX = sqlite3.connect(":memory:")
INDEX.execute("CREATE VIRTUAL TABLE search USING fts5(title, text)")


@given(st.text(), st.booleans(), st.sampled_from(["", "title", "text"]))
def test_whatever_is_typed_is_an_expression_sqlite_reads(
    text: str, phrase: bool, column: str
) -> None:
    text = text.encode("utf-8", "replace").decode()
    expression = match_expression(text, phrase=phrase, column=column)
    if expression:
        INDEX.execute("SELECT * FROM search WHERE search MATCH ?", (expression,)).fetchall()


@given(st.text())
def test_indexing_what_is_indexed_changes_nothing(text: str) -> None:
    assert indexed(indexed(text)) == indexed(text)


TITLES = (
    "Tariffs rise",
    "A tariff falls",
    "TARIFFED goods",
    "Élysée talks",
    "Тарифы растут",
    "関税の話",
)


@pytest.mark.parametrize("most", [0, 1, 2, 100])
@pytest.mark.parametrize(
    "word", ["tariff", "TARIF", "tar", "élys", "elysée", "тариф", "関税", "x-y"]
)
def test_beginnings_find_the_same_newest_stories_spelled_out_or_not(
    store: Store,
    wire: FeedId,
    deliver: Callable[..., Saved],
    story: Callable[..., Story],
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    word: str,
) -> None:
    deliver(wire, *(story(title, title) for title in TITLES))
    monkeypatch.setattr(search, "MOST_ENDINGS", most)
    found = store.stories.find(Words(word)).tolist()
    assert bool(found) == (word != "x-y")
    assert store.stories.newest(Words(word), 10) == found
    assert store.stories.newest(Has("title", (word,)), 10) == found
