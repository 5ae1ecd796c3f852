"""The archive and its settings put into one file, and brought back."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path

import pytest

from .conftest import Run


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


def test_a_fault_in_the_settings_of_today_keeps_nobody_from_those_of_yesterday(
    dipread: Run, desk: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "home" / "config"
    write_settings(folder, OWN)
    copy = tmp_path / "copy.db"
    dipread("backup", copy, "--db", desk)
    write_settings(folder, {"config.toml": "author = \n", "feeds.toml": "[[feed"})
    assert dipread("list", "--db", desk).returncode == 2
    assert dipread("backup", tmp_path / "broken.db", "--db", desk).returncode == 0
    done = dipread("restore", copy, "--db", desk)
    assert done.returncode == 0, done.stderr
    assert {name: (folder / name).read_text() for name in OWN} == OWN
    (before,) = (tmp_path / "home" / "data" / "backups").glob("before-restore-*.db")
    with sqlite3.connect(before) as archive:
        kept = dict(archive.execute("SELECT name, body FROM files_beside").fetchall())
    assert kept["config.toml"] == b"author = \n"


def test_a_damaged_archive_makes_way_for_a_copy_and_is_kept(
    dipread: Run, desk: Path, story: int, tmp_path: Path
) -> None:
    folder = tmp_path / "home" / "config"
    write_settings(folder, OWN)
    dipread("note", "add", story, "kept", "--db", desk)
    copy = tmp_path / "copy.db"
    dipread("backup", copy, "--db", desk)
    write_settings(folder, {"config.toml": 'author = "B"\n'})
    os.truncate(desk, desk.stat().st_size // 2)
    half = desk.read_bytes()
    assert "dipread restore" in dipread("list", "--db", desk).stderr
    done = dipread("restore", copy, "--db", desk)
    assert done.returncode == 0, done.stderr
    assert "kept" in dipread("note", "list", "--db", desk).stdout
    (before,) = (tmp_path / "home" / "data" / "backups").glob("before-restore-*.db")
    assert f"can't be read, and lies as it was in {before}" in done.stderr
    assert before.read_bytes() == half
    assert (folder / "config.toml").read_text() == OWN["config.toml"]
    assert (folder / "config.toml.bak").read_text() == 'author = "B"\n'
