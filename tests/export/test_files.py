"""Files shared with the person who edits them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.errors import DipreadError
from dipread.export import write_story
from dipread.export.files import NAME_BYTES, file_name
from dipread.model import Annotation, StoryDetail

from .test_markdown import NOW, VOCABULARY, detail

LATER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def noted(note: str) -> StoryDetail:
    one = detail()
    return replace(one, annotations=(Annotation("a-9", one.id, 1, note, NOW, NOW),))


def write(story: StoryDetail, folder: Path, now: datetime = NOW) -> tuple[str, Path]:
    exported = write_story(story, folder, VOCABULARY, now)
    return exported.did, Path(exported.path)


def test_writing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    did, path = write(detail(), tmp_path / "new" / "folder")
    assert did == "written"
    before = path.read_bytes()
    assert write(detail(), path.parent, LATER) == ("unchanged", path)
    assert path.read_bytes() == before


def test_an_untouched_block_is_rewritten_and_the_text_around_it_kept(tmp_path: Path) -> None:
    _, path = write(noted("First thought."), tmp_path)
    path.write_text("My preface.\n\n" + path.read_text() + "\nMy own end.\n")
    assert write(noted("Second thought."), tmp_path, LATER) == ("rewritten", path)
    text = path.read_text()
    assert text.startswith("My preface.\n\n---\n")
    assert text.endswith("\nMy own end.\n")
    assert "Second thought." in text
    assert "First thought." not in text


def test_an_edited_block_is_kept_and_a_dated_one_added(tmp_path: Path) -> None:
    _, path = write(noted("First thought."), tmp_path)
    path.write_text(path.read_text().replace("First thought.", "What I meant."))
    assert write(noted("Second thought."), tmp_path, LATER) == ("appended", path)
    text = path.read_text()
    assert text.index("What I meant.") < text.index("01 Dec 2026") < text.index("Second thought.")
    assert write(noted("Second thought."), tmp_path, LATER)[0] == "unchanged"
    assert write(noted("Third thought."), tmp_path, LATER)[0] == "rewritten"
    assert "What I meant." in path.read_text()


@pytest.mark.parametrize(
    "theirs",
    [b"my own notes\n", b"", b"\xff\xfe binary", b"<!-- dipread:begin id=story-8 sha256=00 -->"],
)
def test_a_file_that_dipread_did_not_write_is_left_alone(tmp_path: Path, theirs: bytes) -> None:
    path = tmp_path / file_name(detail())
    path.write_bytes(theirs)
    did, beside = write(detail(), tmp_path)
    assert did == "beside"
    assert path.read_bytes() == theirs
    assert beside.name == path.stem + "-2.md"
    assert write(detail(), tmp_path) == ("unchanged", beside)


def test_a_folder_in_the_way_is_another_s_too(tmp_path: Path) -> None:
    (tmp_path / file_name(detail())).mkdir()
    assert write(detail(), tmp_path)[0] == "beside"


def test_a_folder_that_can_t_be_written_to_is_said_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DipreadError) as caught:
        write(detail(), tmp_path / "file" / "below")
    assert str(tmp_path / "file") in caught.value.message
    assert "-o" in caught.value.hint


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = write(noted("First thought."), tmp_path)
    before = path.read_text()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dipread.config.written.os.fsync", full)
    with pytest.raises(DipreadError, match="No space left"):
        write(noted("Second thought."), tmp_path, LATER)
    assert path.read_text() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@given(st.text())
def test_any_title_makes_a_harmless_file_name(title: str) -> None:
    one = detail()
    name = file_name(replace(one, story=replace(one.story, title=title)))
    assert len(name.encode()) <= NAME_BYTES
    assert re.fullmatch(r"2026-11-20-[\w-]+-7\.md", name)


def test_file_names_keep_words_of_any_script() -> None:
    one = detail()
    assert (
        file_name(replace(one, story=replace(one.story, title="../日伊首脳: 160 years?")))
        == "2026-11-20-日伊首脳-160-years-7.md"
    )
