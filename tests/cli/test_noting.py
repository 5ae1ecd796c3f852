"""Notes, the journal, and copies of the archive, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run


def test_a_note_is_written_listed_changed_done_and_brought_back(
    dipread: Run, desk: Path, story: int
) -> None:
    added = dipread(
        *("note", "add", story, "Which mines?", "--quote", "critical minerals", "--db", desk),
        *("--type", "question", "--tag", "#follow-up", "--due", "2030-01-04"),
    )
    assert added.returncode == 0, added.stderr
    uuid = added.stdout.strip()

    def listed(*asked: object) -> list[dict[str, object]]:
        done = dipread("note", "list", *asked, "--format", "jsonl", "--db", desk)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    (note,) = listed("--type", "question", "--due", "2030-01-04", "--open")
    assert (note["id"], note["quote"], note["tags"]) == (uuid, "critical minerals", ["follow-up"])
    assert listed("--tag", "other") == []
    assert dipread("note", "edit", uuid[:8], "Whose mines?", "--db", desk).returncode == 0
    assert dipread("note", "done", uuid[:8], "--db", desk).returncode == 0
    assert listed("--open") == []
    assert listed("whose MINES")[0]["done"]
    shown = dipread("note", "show", uuid[:8], "--db", desk).stdout
    assert "before: Which mines?" in shown
    assert dipread("note", "remove", uuid[:8], "--db", desk).returncode == 0
    assert listed() == []
    assert dipread("undo", "--db", desk).stdout == "undone: question deleted\n"
    assert listed("whose")[0]["id"] == uuid
    assert dipread("redo", "--db", desk).stdout == "done again: question deleted\n"
    log = dipread("log", "--format", "jsonl", "--db", desk).stdout.splitlines()
    entries = [json.loads(line) for line in log]
    assert [each["how"] for each in entries] == ["redo", "undo", "do", "do", "do", "do"]
    assert entries[-1]["after"]["note"] == "Which mines?"
    assert entries[-1]["links"][0].startswith("https://")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("add", "99999", "x"), 1, "no story has the number"),
        (("add", "STORY", "x", "--quote", "no such words"), 1, "does not say"),
        (("add", "STORY", "x", "--quote", "the"), 1, "Quote some words more"),
        (("add", "STORY", ""), 2, "the note is empty"),
        (("add", "STORY", "x", "--due", "soon"), 2, "is no day"),
        (("add", "STORY", "x", "--tag", "two words"), 2, "is no tag"),
        (("edit", "zzzz", "x"), 1, "no note has the id"),
        (("import", "none.jsonl"), 2, "none.jsonl"),
    ],
)
def test_what_cannot_be_noted_is_said(
    dipread: Run, desk: Path, story: int, arguments: tuple[str, ...], code: int, said: str
) -> None:
    given = [str(story) if each == "STORY" else each for each in arguments]
    done = dipread("note", *given, "--db", desk)
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert dipread("undo", "--db", desk).returncode == 1


def test_a_long_note_is_written_in_the_editor(
    dipread: Run, desk: Path, story: int, tmp_path: Path
) -> None:
    script = tmp_path / "edit it"
    script.write_text('#!/bin/sh\nprintf "Long\\nnote" >> "$1"\n')
    script.chmod(0o755)
    env = {"EDITOR": f"'{script}'"}
    uuid = dipread("note", "add", story, "--db", desk, env=env).stdout.strip()
    dipread("note", "edit", uuid, "--db", desk, env=env)
    line = json.loads(dipread("note", "list", "--format", "jsonl", "--db", desk).stdout)
    assert line["note"] == "Long\nnoteLong\nnote"
    failed = dipread("note", "edit", uuid, "--db", desk, env={"EDITOR": "false"})
    assert failed.returncode == 1
    assert "kept in" in failed.stderr


def test_notes_go_to_another_archive_and_come_back_equal(
    dipread: Run, desk: Path, story: int, tmp_path: Path, sample: bytes
) -> None:
    dipread("note", "add", story, "one", "--quote", "critical minerals", "--db", desk)
    dipread("note", "add", story, "two", "--type", "fact", "--tag", "x", "--db", desk)
    exported = dipread("export", "--format", "jsonl", "-o", "notes.jsonl", "--db", desk)
    assert exported.returncode == 0, exported.stderr
    other = tmp_path / "other.db"
    other.write_bytes(sample)
    taken = dipread("note", "import", "notes.jsonl", "--db", other)
    assert "2 notes taken in, 0 were here already" in taken.stderr
    again = dipread("note", "import", "notes.jsonl", "--db", other)
    assert "0 notes taken in, 2 were here already" in again.stderr
    back = dipread("export", "--format", "jsonl", "--db", other)
    assert back.stdout == (tmp_path / "notes.jsonl").read_text(encoding="utf-8")
    empty = dipread("note", "import", "notes.jsonl", "--db", tmp_path / "empty.db")
    assert empty.returncode == 3
    assert empty.stderr.count("no such story here") == 2
