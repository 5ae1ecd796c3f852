"""Files shared with the person who edits them."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dipread.errors import DipreadError
from dipread.export import bundles, difference, file_name, write_document
from dipread.export.blocks import BLOCK
from dipread.export.files import NAME_BYTES
from dipread.model import Annotation, Exported, ExportPlan, StoryDetail

from .conftest import NOW, VOCABULARY, detail, flavour, made, one_bundle

LATER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def noted(note: str) -> StoryDetail:
    one = detail()
    return replace(one, annotations=(Annotation("a-9", one.id, 1, note, NOW, NOW),))


def exported(
    story: StoryDetail, folder: Path, now: datetime = NOW, *, dry: bool = False
) -> Exported:
    return write_document(one_bundle(story), made(story, now=now), folder, now, dry=dry)


def write(story: StoryDetail, folder: Path, now: datetime = NOW) -> tuple[str, Path]:
    done = exported(story, folder, now)
    return done.did, Path(done.path)


def name_of(story: StoryDetail) -> str:
    return file_name(one_bundle(story))


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
    assert text.startswith("My preface.\n\n---\ntitle:")
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
    path = tmp_path / name_of(detail())
    path.write_bytes(theirs)
    did, beside = write(detail(), tmp_path)
    assert did == "beside"
    assert path.read_bytes() == theirs
    assert beside.name == path.stem + "-2.md"
    assert write(detail(), tmp_path) == ("unchanged", beside)


def test_a_folder_in_the_way_is_another_s_too(tmp_path: Path) -> None:
    (tmp_path / name_of(detail())).mkdir()
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
    name = name_of(replace(one, story=replace(one.story, title=title)))
    assert len(name.encode()) <= NAME_BYTES
    assert re.fullmatch(r"2026-11-20-[\w-]+-7\.md", name)


def test_file_names_keep_words_of_any_script() -> None:
    one = detail()
    assert (
        name_of(replace(one, story=replace(one.story, title="../日伊首脳: 160 years?")))
        == "2026-11-20-日伊首脳-160-years-7.md"
    )


def test_a_dry_run_tells_the_difference_and_writes_nothing(tmp_path: Path) -> None:
    new = tmp_path / "new"
    assert "+# Japan and Italy agree\n" in difference(exported(detail(), new, dry=True))
    assert not new.exists()
    _, path = write(noted("First thought."), tmp_path)
    before = path.read_text()
    told = difference(exported(noted("Second thought."), tmp_path, LATER, dry=True))
    assert "-- **Note:** First thought.\n" in told
    assert "+- **Note:** Second thought.\n" in told
    assert path.read_text() == before
    assert difference(exported(noted("First thought."), tmp_path, LATER, dry=True)) == ""


def test_one_edited_note_does_not_hold_up_the_others(tmp_path: Path) -> None:
    one = detail()
    other = Annotation("b-2", one.id, 1, "Second.", NOW, NOW)
    both = replace(noted("First."), annotations=(*noted("First.").annotations, other))
    _, path = write(both, tmp_path)
    path.write_text(path.read_text().replace("Second.", "Second, as I see it."))
    first, second = both.annotations
    later = replace(
        both, annotations=(replace(first, note="First anew."), replace(second, note="2nd anew."))
    )
    assert write(later, tmp_path, LATER)[0] == "appended"
    text = path.read_text()
    assert "First.\n" not in text
    assert text.index("First anew.") < text.index("as I see it.") < text.index("2nd anew.")
    assert text.count("Exported again") == 1


def test_a_new_note_comes_after_the_one_before_it_and_one_that_is_no_more_is_kept(
    tmp_path: Path,
) -> None:
    one = detail()
    notes = [Annotation(f"{name}-1", one.id, 1, name, NOW, NOW) for name in ("aa", "bb", "cc")]
    _, path = write(replace(one, annotations=(notes[0], notes[2])), tmp_path)
    assert write(replace(one, annotations=tuple(notes)), tmp_path)[0] == "rewritten"
    text = path.read_text()
    assert text.index("Note:** aa") < text.index("Note:** bb") < text.index("Note:** cc")
    write(replace(one, annotations=(notes[1],)), tmp_path)
    assert "Note:** aa" in path.read_text()


def test_front_matter_is_brought_up_to_date_until_it_is_edited(tmp_path: Path) -> None:
    _, path = write(detail(title="One"), tmp_path)
    other = replace(detail(title="One"), tags=())
    assert write(other, tmp_path, LATER)[0] == "rewritten"
    assert "pairs:" not in path.read_text().split("---")[1]
    assert 'generated: "2026-12-01T09:00:00Z"' in path.read_text()
    path.write_text(path.read_text().replace("title: One", "title: Mine"))
    assert write(detail(title="One"), tmp_path, LATER)[0] == "rewritten"
    front = path.read_text().split("---")[1]
    assert "title: Mine" in front
    assert "pairs:" not in front


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from(["note", "edit", "around", "drop"]), max_size=8),
    st.integers(0, 3),
)
def test_whatever_is_edited_and_exported_again_the_reader_s_words_are_kept(
    steps: list[str], seed: int
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        story, mine = noted(f"Note {seed}."), []
        _, path = write(story, folder)
        for number, step in enumerate(steps):
            text = path.read_text()
            if step == "note":
                story = noted(f"Note {seed}-{number}.")
            elif step == "edit":
                mine.append(f"EDIT{number}")
                path.write_text(text.replace("**Written:**", f"EDIT{number} **Written:**"))
            elif step == "around":
                mine.append(f"AROUND{number}")
                path.write_text(text + f"AROUND{number}\n")
            else:
                story = replace(story, annotations=())
            write(story, folder, LATER)
            after = path.read_text()
            assert all(words in after for words in mine)
            assert all(f"**Note:** {each.note}\n" in after for each in story.annotations)
            assert write(story, folder, LATER)[0] == "unchanged"


def test_a_kill_between_the_steps_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    """A process that exports one of two versions over and over, killed at a moment of chance."""
    _, path = write(noted("First thought."), tmp_path)
    old = path.read_text()
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from tests.export.test_files import noted, write, LATER\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    for words in ('Second thought.', 'First thought.'):\n"
        "        write(noted(words), Path(sys.argv[1]), LATER)\n"
    )
    root = str(Path(__file__).parents[2])
    for step in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)],
            stdout=subprocess.PIPE,
            cwd=root,
            env={**os.environ, "PYTHONPATH": f"{root}/src:{root}"},
        )
        assert process.stdout
        process.stdout.readline()
        for _ in range(step * 2_000):
            pass
        process.kill()
        process.wait()
        process.stdout.close()
        text = path.read_text()
        for block in BLOCK.finditer(text):
            assert hashlib.sha256(block["text"].encode()).hexdigest() == block["hash"]
        assert text.endswith("<!-- dipread:end -->\n")
        assert len(BLOCK.findall(text)) == len(BLOCK.findall(old))


KILLED_AT = {
    "before the bytes are safe": "os.fsync",
    "before the new file takes the old one's place": "pathlib.Path.replace",
}
DIES = """
import os, signal, sys
from pathlib import Path
from unittest.mock import patch
from tests.export.test_files import LATER, noted, write

def dies(*_):
    os.kill(os.getpid(), signal.SIGKILL)

with patch(sys.argv[2], dies):
    write(noted("Second thought."), Path(sys.argv[1]), LATER)
"""


@pytest.mark.parametrize("step", KILLED_AT.values(), ids=KILLED_AT)
def test_a_kill_at_each_step_leaves_the_old_file_and_the_next_export_the_new(
    tmp_path: Path, step: str
) -> None:
    _, path = write(noted("First thought."), tmp_path)
    path.write_text(path.read_text() + "My own end.\n")
    old = path.read_bytes()
    root = str(Path(__file__).parents[2])
    killed = subprocess.run(
        [sys.executable, "-c", DIES, str(tmp_path), step],
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root}/src:{root}"},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert path.read_bytes() == old
    assert write(noted("Second thought."), tmp_path, LATER) == ("rewritten", path)
    assert "Second thought." in path.read_text()
    assert path.read_text().endswith("My own end.\n")
    assert [each.name for each in tmp_path.glob("*.md")] == [path.name]


def test_groups_make_a_file_each_with_sections(tmp_path: Path) -> None:
    files = list(bundles([detail()], "pair", VOCABULARY))
    assert [(each.id, each.title) for each in files] == [
        ("pair-IT-JP", "Annotations: Italy–Japan (IT-JP)")
    ]
    assert [each.title for each in files[0].sections] == ["Critical minerals"]
    assert file_name(files[0]) == "pair-it-jp.md"
    plan = ExportPlan("plain", "pair")
    text = made(detail(), plan, flavour("plain")).whole()
    assert "\n## Critical minerals\n" in text
    assert [
        file_name(each)
        for group in ("day", "week", "country", "sector", "none")
        for each in bundles([detail(), replace(detail(), tags=())], group, VOCABULARY)  # type: ignore[arg-type]
    ] == [
        *("day-2026-11-20.md", "week-2026-w47.md", "country-jp.md", "country-without.md"),
        *("sector-minerals.md", "sector-without.md", "none-all.md"),
    ]


def test_the_properties_of_a_page_come_first_and_are_kept_up_to_date(tmp_path: Path) -> None:
    plan = ExportPlan("logseq")

    def put(title: str) -> str:
        story = replace(detail(title=title), id=detail().id)
        bundle = one_bundle(detail())
        done = write_document(bundle, made(story, plan, flavour("logseq")), tmp_path, LATER)
        return Path(done.path).read_text()

    assert put("One").startswith("title:: One\ntype:: dipread-story/1\n")
    assert put("Two").startswith("title:: Two\n")
    path = next(tmp_path.glob("*.md"))
    path.write_text(path.read_text().replace("title:: Two", "title:: Mine"))
    assert put("Three").startswith("title:: Mine\n")
