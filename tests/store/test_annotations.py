"""What a reader wrote stays as it was written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from dipread.errors import DipreadError, StoreError
from dipread.model import Annotation, FeedId, Quote, Story, StoryId
from dipread.store import Saved, Store

NOW = datetime(2026, 9, 1, 12, 0, 0, 999, tzinfo=UTC)
NOTE = "“Ja” — ‘no’; DROP TABLE annotations;\n[b]\U0001f1ef\U0001f1f5"


@pytest.fixture
def story_id(
    store: Store, wire: FeedId, deliver: Callable[..., Saved], story: Callable[..., Story]
) -> StoryId:
    return deliver(wire, story("a", "Trade talks", "In Geneva.")).fresh[0].id


def test_a_note_comes_back_as_it_was_written(store: Store, story_id: StoryId) -> None:
    quote = Quote("text", 3, 9, "Geneva", "In ", ".")
    note = store.annotations.add(story_id, NOTE, quote, NOW)
    assert store.annotations.of(story_id) == (note,)
    assert (note.note, note.quote, note.created) == (NOTE, quote, NOW.replace(microsecond=0))
    detail = store.stories.detail(story_id)
    assert detail is not None
    assert note.revision == detail.revision


def test_notes_on_the_whole_come_first_then_the_order_of_the_text(
    store: Store, story_id: StoryId
) -> None:
    quotes = [
        Quote("text", 7, 9, "va"),
        Quote("title", 0, 5, "Trade"),
        None,
        Quote("text", 0, 2, "In"),
    ]
    for number, quote in enumerate(quotes):
        store.annotations.add(story_id, str(number), quote, NOW + timedelta(minutes=number))
    assert [each.note for each in store.annotations.of(story_id)] == ["2", "1", "3", "0"]


def test_a_note_can_be_edited_taken_away_and_put_back(store: Store, story_id: StoryId) -> None:
    note = store.annotations.add(story_id, "one", None, NOW)
    store.annotations.edit(note.uuid, "two", NOW + timedelta(hours=1))
    (edited,) = store.annotations.of(story_id)
    assert (edited.note, edited.created) == ("two", note.created)
    assert edited.edited == note.edited + timedelta(hours=1)
    store.annotations.remove(note.uuid)
    assert store.annotations.of(story_id) == ()
    store.annotations.restore(edited)
    store.annotations.restore(edited)
    assert store.annotations.of(story_id) == (edited,)


def test_a_note_stays_on_the_revision_it_was_written_on(
    store: Store,
    wire: FeedId,
    story_id: StoryId,
    deliver: Callable[..., Saved],
    story: Callable[..., Story],
) -> None:
    first = store.annotations.add(story_id, "one", None, NOW)
    deliver(wire, story("a", "Trade talks", "In Bern."))
    second = store.annotations.add(story_id, "two", None, NOW)
    assert [each.revision for each in store.annotations.of(story_id)] == [
        first.revision,
        second.revision,
    ]
    assert first.revision < second.revision


def test_a_note_on_no_story_is_refused(store: Store) -> None:
    with pytest.raises(DipreadError, match="no story has the number 9") as caught:
        store.annotations.add(StoryId(9), "note", None, NOW)
    assert caught.value.hint
    lost = Annotation("u", StoryId(9), 1, "note", NOW, NOW)
    with pytest.raises(StoreError):
        store.annotations.restore(lost)
    assert store.rows("SELECT count(*) FROM annotations") == [(0,)]
