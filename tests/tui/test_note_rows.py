"""The notes of a list: read page by page as they come in sight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from dipread.model import Annotation, Noted, StoryId
from dipread.tui.rows.note_rows import PAGE, NoteRows

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
UUIDS = [f"note-{number}" for number in range(10 * PAGE + 1)]
GONE = UUIDS[PAGE]


def note(uuid: str) -> Noted:
    return Noted(Annotation(uuid, StoryId(1), 1, uuid, NOW, NOW), "Title", "", "Wire", NOW, ())


@pytest.fixture
def asked() -> list[Sequence[str]]:
    """Every page that was asked for."""
    return []


@pytest.fixture
def rows(asked: list[Sequence[str]]) -> NoteRows:
    def read(uuids: Sequence[str]) -> Sequence[Noted]:
        asked.append(uuids)
        return [note(each) for each in uuids if each != GONE]

    return NoteRows(UUIDS, read)


def test_only_pages_that_are_looked_at_are_read_and_each_once(
    rows: NoteRows, asked: list[Sequence[str]]
) -> None:
    assert len(rows) == len(UUIDS)
    assert asked == []
    assert rows[3] == note(UUIDS[3])
    assert rows[PAGE - 1] == note(UUIDS[PAGE - 1])
    assert rows[-1] == note(UUIDS[-1])
    assert asked == [UUIDS[:PAGE], UUIDS[-1:]]


def test_a_note_deleted_meanwhile_leaves_its_place_empty(rows: NoteRows) -> None:
    assert rows[PAGE] is None
    assert rows[PAGE + 1] == note(UUIDS[PAGE + 1])
    assert rows[PAGE - 1 : PAGE + 1] == [note(UUIDS[PAGE - 1]), None]


def test_a_note_is_found_by_its_id_without_being_read(
    rows: NoteRows, asked: list[Sequence[str]]
) -> None:
    assert rows.place_of(UUIDS[300]) == 300
    assert rows.place_of("another") is None
    assert asked == []
    with pytest.raises(IndexError):
        rows[len(UUIDS)]
