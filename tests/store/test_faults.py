"""What may happen to a database: ended programs, other programs, full disks, damage, and hands of strangers."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from dipread.errors import StoreBusy, StoreError, StoreTooNew
from dipread.model import FeedId, Story
from dipread.store import Saved, Store, only_fetch, opening

BUSY_DESK = Path(__file__).with_name("busy_desk.py")


@pytest.fixture
def sound(
    path: Path,
    store: Store,
    wire: FeedId,
    deliver: Callable[..., Saved],
    story: Callable[..., Story],
) -> Path:
    """A database with some stories, closed."""
    deliver(wire, *(story(str(number), text="Words. " * 90) for number in range(200)))
    list(store.indexing.catch_up())
    store.close()
    return path


def test_a_program_ended_at_any_moment_loses_no_acknowledged_note(tmp_path: Path) -> None:
    database, acknowledged = tmp_path / "d.db", tmp_path / "notes"
    command = [sys.executable, str(BUSY_DESK), str(database), str(acknowledged), "100000"]
    told = 0
    for turn in range(4):
        with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
            while len(acknowledged.read_bytes() if acknowledged.exists() else b"") < told + 37 * (
                turn + 2
            ):
                assert process.poll() is None, process.stderr and process.stderr.read()
            process.send_signal(signal.SIGKILL)
        notes = acknowledged.read_text(encoding="utf-8").split("\n")[:-1]
        told = acknowledged.stat().st_size
        with Store(database) as store:
            kept = {each for (each,) in store.rows("SELECT uuid FROM annotations")}
            assert set(notes) <= kept
            assert not store.rows("SELECT owner FROM stories GROUP BY owner HAVING count(*) % 10")
            list(store.indexing.catch_up())
            assert [each.fault for each in store.examination.findings()] == ["", "", "", ""]


def test_four_who_write_at_once_are_all_let_in(tmp_path: Path) -> None:
    database = tmp_path / "d.db"
    with Store(database):
        pass
    rounds = int(os.environ.get("DIPREAD_ROUNDS", "15"))
    writers = [
        subprocess.Popen(
            [
                sys.executable,
                str(BUSY_DESK),
                str(database),
                str(tmp_path / f"n{number}"),
                str(rounds),
            ],
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    said = [each.communicate()[1] for each in writers]
    assert said == [""] * 4
    assert [each.returncode for each in writers] == [0] * 4
    with Store(database) as store:
        assert store.rows("SELECT count(*) FROM annotations") == [(4 * rounds,)]
        assert store.stories.count() == 40 * rounds


def damaged(path: Path, at: float, with_what: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(int(path.stat().st_size * at) & ~4095)
        file.write(with_what)


def sealed(path: Path) -> None:
    """Nothing of a log left beside it."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


FAULTS: dict[str, tuple[Callable[[Path], object], type[StoreError], str]] = {
    "no database": (lambda p: p.write_bytes(b"not a database\n" * 500), StoreError, "not a dipread database"),
    "no header": (lambda p: damaged(p, 0, b"\0" * 16), StoreError, "not a dipread database"),
    "a page of noise": (lambda p: damaged(p, 0.5, os.urandom(4096)), StoreError, "damaged"),
    "cut in two": (lambda p: os.truncate(p, p.stat().st_size // 2), StoreError, "damaged|malformed"),
    "newer": (lambda p: run(p, "PRAGMA user_version = 9999"), StoreTooNew, "newer dipread"),
    "another's": (lambda p: run(p, "PRAGMA application_id = 7"), StoreError, "another program"),
    "a trigger": (
        lambda p: run(p, "CREATE TRIGGER t AFTER INSERT ON stories BEGIN SELECT load_extension('x'); END"),
        StoreError,
        "triggers",
    ),
}  # fmt: skip


def run(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(("harm", "kind", "said"), FAULTS.values(), ids=FAULTS)
def test_a_database_that_is_not_sound_is_refused_and_left_as_it_was(
    sound: Path, harm: Callable[[Path], object], kind: type[StoreError], said: str
) -> None:
    sealed(sound)
    harm(sound)
    before = sound.read_bytes()
    with pytest.raises(kind, match=said) as fault:
        Store(sound)
    assert str(sound) in fault.value.message
    assert fault.value.hint
    assert sound.read_bytes() == before
    assert list(sound.parent.iterdir()) == [sound]


def test_what_changes_while_it_is_looked_at_is_looked_at_again(
    sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed(sound)
    looked: list[bool] = []
    look = opening._look

    def hurried(path: Path, *, still: bool) -> None:
        looked.append(still)
        if still:  # another program writes, and what was read of it is of two minds
            run(path, "UPDATE feeds SET title = 'Wire, renamed'")
            raise sqlite3.DatabaseError("database disk image is malformed")
        look(path, still=still)

    monkeypatch.setattr(opening, "_look", hurried)
    with Store(sound) as store:
        assert store.stories.count() == 200
    assert looked == [True, False]


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        Store(tmp_path)


def test_what_may_only_be_read_is_not_called_unsound(sound: Path) -> None:
    with Store(sound) as store:
        store.connection.execute("PRAGMA query_only = ON")
        assert [each.fault for each in store.examination.findings()] == ["", "", "", ""]


def test_who_finds_the_database_taken_waits_and_then_says_so(
    sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dipread.store.opening.BUSY_SECONDS", 0.1)
    other = sqlite3.connect(sound, isolation_level=None)
    with Store(sound) as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="another program is writing"):
            store.states.star([store.stories.find()[0]], True)  # type: ignore[attr-defined]
        other.execute("ROLLBACK")
        assert store.stories.count() == 200
    other.close()


FULL = """
import resource, signal, sys
from pathlib import Path
from dipread.errors import StoreError
from dipread.model import Story
from dipread.store import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path = Path(sys.argv[1])
with Store(path) as store:
    feed = store.feeds.subscriptions()[0].id
    most = path.stat().st_size + 200_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    try:
        for number in range(200):
            some = [Story(f"x{number}-{each}", "", "", f"T {number} {each}", "noise %d " % each * 900) for each in range(20)]
            store.ingest.save(feed, some, lambda story: (), "r")
    except StoreError as fault:
        print(fault.message.rpartition(": ")[2] if "disk" not in fault.message else "the disk is full")
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    count = store.stories.count()
    assert count % 20 == 0, count
    store.ingest.save(feed, [Story("after", "", "", "After", "")], lambda story: (), "r")
    list(store.indexing.catch_up())
    assert [each.fault for each in store.examination.findings()] == ["", "", "", ""]
"""


def test_a_full_disk_loses_nothing_and_all_goes_on_when_there_is_room(sound: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(sound)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.strip() in ("the disk is full", "can't be read or written (disk I/O error)")


def test_a_disk_so_full_that_nothing_can_be_read_is_called_full(path: Path) -> None:
    fault = sqlite3.OperationalError("disk I/O error")
    fault.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"  # no room for the memory that readers share
    assert opening.explained(fault, path).message == f"{path}: the disk is full"


def test_what_only_the_reader_should_see_only_the_reader_can(tmp_path: Path) -> None:
    place = tmp_path / "new" / "dipread.db"
    with Store(place) as store:
        with store.transaction() as connection:
            connection.execute("INSERT INTO touched (story) VALUES (1)")
        for each in place.parent.iterdir():
            assert each.stat().st_mode & 0o077 == 0, each
    assert place.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("version", [0, 3])
def test_an_older_database_is_copied_before_it_is_brought_up_to_date(
    sound: Path, version: int
) -> None:
    run(sound, f"PRAGMA user_version = {version}")
    with Store(sound) as store:
        assert store.stories.count() == 200
    (copy,) = (sound.parent / "backups").iterdir()
    assert copy.name == f"dipread-version-{version}.db"
    assert copy.stat().st_mode & 0o077 == 0
    connection = sqlite3.connect(copy)
    assert connection.execute("PRAGMA user_version").fetchone() == (version,)
    assert connection.execute("SELECT count(*) FROM stories").fetchone() == (200,)
    connection.close()


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(sound, "PRAGMA user_version = 3")
    shutil.rmtree(sound.parent / "backups", ignore_errors=True)

    def broken(*_: object) -> None:
        raise StoreError("not sound")

    monkeypatch.setattr("dipread.store.opening._raise_if_damaged", broken)
    monkeypatch.setattr("dipread.store.opening._check_pages", lambda *_: None)
    with pytest.raises(StoreError, match="not sound"):
        Store(sound)
    connection = sqlite3.connect(sound)
    assert connection.execute("PRAGMA user_version").fetchone() == (3,)
    connection.close()


def test_only_one_fetches_and_the_other_is_told_to_wait(path: Path) -> None:
    told: list[str] = []
    held, ready = threading.Event(), threading.Event()

    def other() -> None:
        with only_fetch(path, lambda: None):
            ready.set()
            held.wait()

    thread = threading.Thread(target=other)
    thread.start()
    ready.wait()

    def waiting() -> None:
        told.append("wait")
        held.set()

    with only_fetch(path, waiting, lambda _: thread.join()):
        assert told == ["wait"]
    with only_fetch(path, lambda: told.append("again")):
        assert told == ["wait"]
