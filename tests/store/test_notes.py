"""All notes at once: which are meant, which lost their place, and how one gets a place again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from dipread.errors import DipreadError
from dipread.model import FeedId, Has, NoteFilter, Story, StoryId, Tally
from dipread.model.anchor import quote_of
from dipread.store import Saved, Store

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
TEXT = "Rome and Tokyo sign a pact on minerals. Talks go on in May."


@pytest.fixture
def talks(
    store: Store, wire: FeedId, deliver: Callable[..., Saved], story: Callable[..., Story]
) -> StoryId:
    return deliver(wire, story("a", "Trade talks", TEXT)).fresh[0].id


def quoted(words: str, text: str = TEXT) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def test_notes_are_found_by_type_tag_due_and_words(store: Store, talks: StoryId) -> None:
    add = store.annotations.add
    plain = add(talks, "Ask Rome. #Visit-Prep", None, NOW).uuid
    later = NOW + timedelta(minutes=1)
    ask = add(talks, "Which mines?", None, later, type="question", tags=("follow-up",)).uuid
    todo = add(talks, "call", None, NOW, type="to-do", due=date(2026, 9, 3)).uuid
    store.annotations.finish(add(talks, "done", None, NOW, due=date(2026, 9, 2)).uuid, NOW)
    find = store.notes.find
    assert len(find()) == 4
    assert find()[0] == ask
    assert find(NoteFilter(type="question")) == [ask]
    assert find(NoteFilter(tag="#visit-prep")) == [plain]
    assert find(NoteFilter(tag="follow-up")) == [ask] == find(NoteFilter(words="MINES"))
    assert find(NoteFilter(due=date(2026, 9, 3), open=True)) == [todo]
    assert find(NoteFilter(due=date(2026, 9, 2), open=True)) == []
    assert store.notes.tally(find()) == Tally(4, 0, {"Visit-Prep": 1, "follow-up": 1})
    assert store.notes.tally([plain]) == Tally(1, 0, {"Visit-Prep": 1})
    assert set(store.stories.find(Has("tag", ("follow-up",)))) == {talks}


def test_a_row_tells_of_the_story_and_of_the_place(store: Store, talks: StoryId) -> None:
    quote = quote_of("text", TEXT, *quoted("a pact on minerals"))
    uuid = store.annotations.add(talks, "", quote, NOW).uuid
    (row,) = store.notes.rows([uuid, "gone"])
    assert (row.title, row.feed, row.place, row.lost) == (
        *("Trade talks", "Wire"),
        (quote.start, quote.end),
        False,
    )


def test_a_quote_moves_with_its_words_and_is_lost_with_them(
    store: Store,
    wire: FeedId,
    talks: StoryId,
    deliver: Callable[..., Saved],
    story: Callable[..., Story],
) -> None:
    pact = quote_of("text", TEXT, *quoted("a pact on minerals"))
    may = quote_of("text", TEXT, *quoted("Talks go on in May"))
    kept = store.annotations.add(talks, "kept", pact, NOW).uuid
    lost = store.annotations.add(talks, "lost", may, NOW).uuid
    longer = TEXT.replace("in May", "in June").replace("Rome", "On Monday Rome")
    deliver(wire, story("a", "Trade talks", longer))
    rows = {row.annotation.uuid: row for row in store.notes.rows([kept, lost])}
    assert rows[kept].place == quoted("a pact on minerals", longer)
    assert (rows[lost].lost, rows[lost].place) == (True, None)
    assert store.notes.find(NoteFilter(orphan=True)) == [lost]
    assert store.notes.tally([kept, lost]) == Tally(2, 1, {})
    assert store.notes.tally([kept]) == Tally(1, 0, {})
    assert set(store.stories.find(Has("is", ("orphan",)))) == {talks}
    assert store.stories.rows([talks])[0].lost == 1

    (first, *_) = store.annotations.candidates(lost)
    assert first.quote.exact == "Talks go on in June"
    assert 0.8 < first.alike < 1
    store.annotations.anchor(lost, first.quote, NOW)
    assert store.notes.find(NoteFilter(orphan=True)) == []
    assert store.annotations.one(lost).quote == first.quote
    assert next(store.annotations.history(lost)).what == "note given its place"


def test_a_note_is_named_by_the_beginning_of_its_id(store: Store, talks: StoryId) -> None:
    note = store.annotations.add(talks, "one", None, NOW)
    assert store.annotations.one(note.uuid[:8]) == note
    for wrong in ("", note.uuid[:3], "zzzzzzzz"):
        with pytest.raises(DipreadError, match="no note has the id"):
            store.annotations.one(wrong)


def test_what_is_in_the_basket_is_asked_for(store: Store, talks: StoryId) -> None:
    assert store.basket.toggle(talks)
    assert set(store.stories.find(Has("is", ("brief",)))) == {talks}
    assert not store.basket.toggle(talks)
    assert not store.stories.find(Has("is", ("brief",)))
