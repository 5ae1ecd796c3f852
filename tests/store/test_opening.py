"""A database is ours and sound, or it is refused and stays as it was."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from dipread.errors import StoreBusy, StoreDamaged, StoreError, StoreTooNew
from dipread.store import Store, opening
from dipread.store.opening import APPLICATION_ID, VERSION, open_database
from dipread.store.schema import migrations


def pragma(path: Path, name: str) -> object:
    connection = open_database(path)
    value = connection.execute(f"PRAGMA {name}").fetchone()[0]
    connection.close()
    return value


def test_a_new_database_and_its_folder_are_the_readers_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "dipread.db"
    connection = open_database(path)
    connection.execute("UPDATE feeds SET title = ''")
    modes = {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()}
    connection.close()
    assert set(modes.values()) == {0o600}
    assert set(modes) == {"dipread.db", "dipread.db-wal", "dipread.db-shm"}
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("application_id", APPLICATION_ID),
        ("user_version", VERSION),
        ("page_size", opening.PAGE_BYTES),
    ],
)
def test_every_connection_keeps_the_same_promises(path: Path, name: str, value: object) -> None:
    assert pragma(path, name) == value
    assert pragma(path, name) == value


def test_the_version_counts_the_migrations() -> None:
    from sqlite_utils import Database

    assert len(migrations.pending(Database(memory=True))) == VERSION


def test_opening_again_writes_nothing(path: Path) -> None:
    open_database(path).close()
    before = path.read_bytes()
    open_database(path).close()
    assert path.read_bytes() == before


# ----------------------------------------------------------------------------------- what is refused


def good_database(path: Path) -> bytes:
    open_database(path).close()
    return path.read_bytes()


def another_programs(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()


def another_programs_empty(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA application_id = 77")
    connection.close()


def newer(path: Path) -> None:
    open_database(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()


REFUSED: dict[str, tuple[Callable[[Path], object], type[StoreError], str]] = {
    "a text": (lambda path: path.write_text("dear diary\n" * 99), StoreDamaged, "not a dipread"),
    "a short text": (lambda path: path.write_text("dear diary"), StoreDamaged, "not a dipread"),
    "noise": (lambda path: path.write_bytes(os.urandom(8_192)), StoreDamaged, "not a dipread"),
    "a damaged head": (
        lambda path: path.write_bytes(b"x" * 16 + good_database(path)[16:]),
        StoreDamaged,
        "not a dipread",
    ),
    "a damaged list of tables": (
        lambda path: path.write_bytes((head := good_database(path))[:100] + b"\xff" * 900 + head[1_000:]),
        StoreDamaged,
        "damaged",
    ),
    "a cut file": (lambda path: path.write_bytes(good_database(path)[:9_000]), StoreDamaged, "damaged"),
    "another program's": (another_programs, StoreError, "of another program"),
    "another program's, empty": (another_programs_empty, StoreError, "of another program"),
    "a newer one": (newer, StoreTooNew, "newer dipread"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "error", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_ours_is_refused_and_stays_as_it_was(
    path: Path, make: Callable[[Path], object], error: type[StoreError], said: str
) -> None:
    make(path)
    before = path.read_bytes()
    with pytest.raises(error, match=said) as caught:
        Store(path)
    assert type(caught.value) is error
    assert str(path) in caught.value.message
    assert caught.value.hint
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_another_programs_unwritten_log_is_left_to_it(tmp_path: Path) -> None:
    theirs = sqlite3.connect(tmp_path / "theirs.db", isolation_level=None)
    theirs.execute("PRAGMA journal_mode = WAL")
    theirs.execute("CREATE TABLE bookmarks (url TEXT)")
    names = ("theirs.db", "theirs.db-wal")
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in names:  # as a crash would leave them
        (copy / name).write_bytes((tmp_path / name).read_bytes())
    theirs.close()
    before = [(copy / name).read_bytes() for name in names]
    with pytest.raises(StoreError, match="of another program"):
        Store(copy / "theirs.db")
    assert [(copy / name).read_bytes() for name in names] == before


def test_a_log_that_a_crash_left_behind_is_read(tmp_path: Path) -> None:
    crashed = open_database(tmp_path / "a.db")
    crashed.execute("PRAGMA wal_autocheckpoint = 0")
    crashed.execute("INSERT INTO states (story) SELECT 1 WHERE 0")
    crashed.execute("CREATE TABLE mark (x)")
    for suffix in ("", "-wal"):
        (tmp_path / f"b.db{suffix}").write_bytes((tmp_path / f"a.db{suffix}").read_bytes())
    crashed.close()
    left = open_database(tmp_path / "b.db")
    assert left.execute("SELECT count(*) FROM mark").fetchone() == (0,)
    left.close()


@pytest.mark.parametrize("place", ["file/below.db", "file/a/b.db", "folder"])
def test_a_place_where_no_database_can_be_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match=r"can't be made|is a folder") as caught:
        Store(tmp_path / place)
    assert "--db" in caught.value.hint
    assert (tmp_path / "file").read_text() == "x"
    assert list((tmp_path / "folder").iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="/proc is Linux's")
@pytest.mark.parametrize("place", ["/proc/dipread.db", "/proc/dipread/dipread.db"])
def test_where_nobody_may_write_nothing_is_written(place: str) -> None:
    with pytest.raises(StoreError, match="can't be made") as caught:
        Store(Path(place))
    assert caught.value.hint


# ------------------------------------------------------------------------------- migrations, and others


def test_a_migration_that_fails_is_as_if_it_had_never_begun(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(opening, "APPLICATION_ID", "no number")  # fails when all tables are made
        with pytest.raises(StoreError):
            open_database(path)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    connection.close()
    assert pragma(path, "user_version") == VERSION


def test_threads_that_open_a_new_database_at_once_all_get_it(tmp_path: Path) -> None:
    for attempt in range(10):
        path = tmp_path / str(attempt) / "dipread.db"
        together = threading.Barrier(4)
        opened: list[object] = []

        def open_it(path: Path = path, together: threading.Barrier = together) -> None:
            together.wait()
            try:
                open_database(path).close()
                opened.append("yes")  # noqa: B023
            except StoreError as fault:
                opened.append(fault)  # noqa: B023

        threads = [threading.Thread(target=open_it) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert opened == ["yes"] * 4
        assert pragma(path, "user_version") == VERSION


def test_processes_that_open_a_new_database_at_once_all_get_it(path: Path) -> None:
    code = "import sys, pathlib; from dipread.store import Store; sys.stdin.readline();"
    code += "Store(pathlib.Path(sys.argv[1])).close()"
    processes = [
        subprocess.Popen([sys.executable, "-c", code, path], stdin=subprocess.PIPE)
        for _ in range(3)
    ]
    for process in processes:
        process.communicate(b"\n")
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert pragma(path, "user_version") == VERSION


def test_a_new_database_waits_for_the_one_who_makes_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreBusy) as caught:
        open_database(path)
    assert caught.value.exit_code == 5
    other.close()
