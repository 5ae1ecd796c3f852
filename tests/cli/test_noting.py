"""Notes, the journal, and copies of the archive, from the command line."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from .conftest import Run


@pytest.fixture
def desk(tmp_path: Path, sample: bytes) -> Path:
    """A sample desk of this test's own."""
    database = tmp_path / "desk.db"
    database.write_bytes(sample)
    return database


@pytest.fixture
def story(dipread: Run, desk: Path) -> int:
    done = dipread("list", "pair:JP-IT sector:minerals", "--format", "jsonl", "--db", desk)
    return int(json.loads(done.stdout.splitlines()[0])["id"])


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
    assert dipread("undo", "--db", desk).stdout == "question deleted\n"
    assert listed("whose")[0]["id"] == uuid
    assert dipread("redo", "--db", desk).stdout == "question deleted\n"
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


def test_a_backup_brings_everything_back(
    dipread: Run, desk: Path, story: int, tmp_path: Path
) -> None:
    dipread("note", "add", story, "kept", "--db", desk)
    copy = tmp_path / "copy.db"
    assert dipread("backup", copy, "--db", desk).stdout == f"{copy}\n"
    assert dipread("backup", copy, "--db", desk).returncode == 2
    dipread("note", "add", story, "later", "--db", desk)
    done = dipread("restore", copy, "--db", desk)
    assert done.returncode == 0, done.stderr
    listed = dipread("note", "list", "--db", desk).stdout
    assert "kept" in listed
    assert "later" not in listed
    (before,) = (tmp_path / "home" / "data" / "backups").glob("before-restore-*.db")
    assert "later" in dipread("note", "list", "--db", before).stdout


OWN = {
    "config.toml": 'author = "A. Rossi"\n',
    "keys.toml": 'preset = "vim"\n',
    "rules.d/mine.toml": "# none yet\n",
    "templates/mine.toml": "# none yet\n",
}


def write_settings(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def test_a_backup_holds_the_settings_and_brings_them_back(
    dipread: Run, desk: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "home" / "config"
    write_settings(folder, OWN)
    secrets = folder / "secrets.toml"
    secrets.touch(0o600)
    secrets.write_text('"https://a.invalid/" = "ann:hunter2"\n')
    copy = tmp_path / "copy.db"
    done = dipread("backup", copy, "--db", desk)
    assert f"files of settings: {', '.join(OWN)}" in done.stderr
    assert "passwords of feeds (secrets.toml) are not" in done.stderr
    assert b"hunter2" not in copy.read_bytes()
    elsewhere = tmp_path / "dotfiles-keys.toml"
    elsewhere.write_text("# edited\n")
    (folder / "keys.toml").unlink()
    (folder / "keys.toml").symlink_to(elsewhere)
    write_settings(folder, {"config.toml": 'author = "B"\n', "rules.d/later.toml": "# mine\n"})
    (folder / "rules.d" / "mine.toml").unlink()

    assert dipread("restore", copy, "--archive-only", "--db", desk).returncode == 0
    assert (folder / "config.toml").read_text() == 'author = "B"\n'
    done = dipread("restore", copy, "--db", desk)
    assert done.returncode == 0, done.stderr
    assert "settings as they were then: config.toml, keys.toml, rules.d/mine.toml" in done.stderr
    assert "left as they are: rules.d/later.toml" in done.stderr
    assert {name: (folder / name).read_text() for name in OWN} == OWN
    assert (folder / "keys.toml").is_symlink()
    assert (folder / "rules.d" / "later.toml").read_text() == "# mine\n"
    assert secrets.read_text() == '"https://a.invalid/" = "ann:hunter2"\n'
    with sqlite3.connect(desk) as archive:
        assert not archive.execute(
            "SELECT 1 FROM sqlite_master WHERE name LIKE 'files%'"
        ).fetchall()
    *_, last = sorted((tmp_path / "home" / "data" / "backups").glob("before-restore-*.db"))
    assert dipread("restore", last, "--db", desk).returncode == 0
    assert (folder / "config.toml").read_text() == 'author = "B"\n'


def test_a_copy_from_before_settings_were_in_it_is_as_good(
    dipread: Run, desk: Path, tmp_path: Path, sample: bytes
) -> None:
    folder = tmp_path / "home" / "config"
    write_settings(folder, OWN)
    (tmp_path / "old.db").write_bytes(sample)
    done = dipread("restore", "old.db", "--db", desk)
    assert done.returncode == 0, done.stderr
    assert "settings" not in done.stderr
    assert {name: (folder / name).read_text() for name in OWN} == OWN


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("SET name = '../../.bashrc'", "no file of settings"),
        ("SET name = '/etc/x.toml'", "no file of settings"),
        ("SET name = 'rules.d/../../x.toml'", "no file of settings"),
        ("SET name = 'secrets.toml'", "no file of settings"),
        ("SET body = x'00'", "is not as it was saved"),
        ("SET body = 'text'", "is not as it was saved"),
        ("SET body = x'ff', sha256 = hash(x'ff')", "not UTF-8 text"),
    ],
)
def test_settings_in_a_copy_that_are_not_sound_replace_nothing(
    dipread: Run, desk: Path, tmp_path: Path, change: str, said: str
) -> None:
    write_settings(tmp_path / "home" / "config", {"config.toml": OWN["config.toml"]})
    copy = tmp_path / "copy.db"
    assert dipread("backup", copy, "--db", desk).returncode == 0
    with sqlite3.connect(copy) as tampered:
        tampered.create_function("hash", 1, lambda body: hashlib.sha256(body).digest())
        tampered.execute(f"UPDATE files_beside {change}")
    before = desk.read_bytes()
    done = dipread("restore", copy, "--db", desk)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert desk.read_bytes() == before
    assert not (tmp_path / "home" / "data" / "backups").exists()


@pytest.mark.parametrize("how", ["text", "foreign", "cut", "newer", "missing"])
def test_a_copy_that_is_not_sound_replaces_nothing(
    dipread: Run, desk: Path, tmp_path: Path, sample: bytes, how: str
) -> None:
    copy = tmp_path / "copy.db"
    if how == "text":
        copy.write_text("no database")
    elif how == "foreign":
        with sqlite3.connect(copy) as other:
            other.execute("CREATE TABLE x (y)")
    elif how == "cut":
        copy.write_bytes(sample[: len(sample) // 2])
    elif how == "newer":
        copy.write_bytes(sample)
        with sqlite3.connect(copy) as newer:
            newer.execute("PRAGMA user_version = 999")
    before = desk.read_bytes()
    done = dipread("restore", copy, "--db", desk)
    assert done.returncode == (6 if how == "newer" else 1)
    assert "Traceback" not in done.stderr
    assert str(copy) in done.stderr
    assert desk.read_bytes() == before
