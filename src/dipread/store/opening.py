"""Opening a database: ours and sound, or refused with a word and left untouched."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from dipread.errors import DipreadError, StoreBusy, StoreDamaged, StoreError, StoreTooNew
from dipread.store.still import about, has_log, read_only_address

APPLICATION_ID = 0x64697072  # "dipr", so that no other program's database is taken for ours
VERSION = 12  # how many migrations this program knows; kept in the file as user_version
BUSY_SECONDS = 5.0
SMALL = 16_000_000
PAGE_BYTES = 8_192  # of a new file: five packed texts of 400 words go in one, and but two in a half

_SETTINGS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",
)


def open_database(path: Path, *, still: bool = False) -> sqlite3.Connection:
    """A connection to the dipread database at `path`, made or brought up to date if need be.

    One that stands `still` (see still.py) is only read, and nothing is put beside it.

    Raises StoreError (damaged, foreign, unwritable), StoreTooNew or StoreBusy; the file is then as before.
    An older database is copied into the folder `backups` beside it first.
    """
    _make_folder(path)
    try:
        _look_before(path)
        connection = _connect(path, still)
    except sqlite3.Error as fault:
        raise explained(fault, path) from None
    try:
        known = _check(connection, path)
        _keep_a_log(connection)
        for setting in _SETTINGS:
            connection.execute(setting)
        if known is None or known < VERSION:
            if known is not None:
                keep_copy(connection, path, known)
            _migrate(connection, path)
    except sqlite3.Error as fault:
        connection.close()
        raise explained(fault, path) from None
    except DipreadError:
        connection.close()
        raise
    return connection


def explained(fault: sqlite3.Error, path: Path) -> StoreError:
    """What a database error means to the person at the desk."""
    said = str(fault)
    if _is_busy(fault):
        return StoreBusy(
            f"{path}: another program is writing to the database",
            "Wait for it to finish, then try again.",
        )
    if "readonly" in said or "read-only" in said:
        return StoreError(
            f"{path}: the database can't be written to",
            "Check its permissions, or choose another with --db.",
        )
    if "full" in said or getattr(fault, "sqlite_errorname", "") == "SQLITE_IOERR_SHMSIZE":
        return StoreError(
            f"{path}: the disk is full", "Nothing was lost. Make room, then try again."
        )
    if "I/O" in said:
        return StoreError(
            f"{path}: can't be read or written ({said})", "See whether the disk is full or fails."
        )
    if "malformed" in said:
        return _damaged(path, said)
    if "not a database" in said:
        return StoreDamaged(
            f"{path}: not a dipread database, or a damaged one ({said})",
            "It was left untouched. Bring back a copy (dipread restore FILE), or choose another with --db.",
        )
    return StoreError(f"{path}: {said}", "Choose another file with --db.")


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise StoreError(
            f"{path.parent}: the folder can't be made: {fault.strerror}",
            "Choose another place with --db or DIPREAD_HOME.",
        ) from None
    if path.is_dir():
        raise StoreError(f"{path}: is a folder, not a database", "Name a file with --db.")


def _connect(path: Path, still: bool) -> sqlite3.Connection:
    if not path.exists():
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as fault:
            raise StoreError(
                f"{path}: can't be made: {fault.strerror}",
                "Choose another place with --db or DIPREAD_HOME.",
            ) from None
    return sqlite3.connect(
        read_only_address(path, still=True) if still else path,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        uri=still,
    )


def _look_before(path: Path) -> None:
    """Refuse what is not ours without a connection that may write: to close one tidies up the file.

    A file that nobody has a log of is looked at as one that does not change, which leaves no trace beside it;
    should it have changed meanwhile, it is looked at again.
    """
    if not path.exists():
        return
    before = about(path)
    alone = not has_log(before)
    try:
        _look(path, still=alone)
    except (sqlite3.Error, StoreError):
        if not alone or about(path) == before:
            raise
        _look(path, still=False)


def _look(path: Path, *, still: bool) -> None:
    address = read_only_address(path, still=still)
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)
    try:
        if _check(connection, path) is not None:
            _check_pages(connection, path)
    except sqlite3.OperationalError:
        pass  # what a crash left half done can only be read by one who may write: the next look tells
    finally:
        connection.close()


_sound: set[tuple[int, int]] = set()
"""Files whose pages this process has looked over."""


def _check_pages(connection: sqlite3.Connection, path: Path) -> None:
    """Look a database over once, where that takes no time that anybody notices; `dipread doctor` does the others."""
    file = path.stat()
    if file.st_size > SMALL or (file.st_dev, file.st_ino) in _sound:
        return
    _raise_if_damaged(connection, path)
    _sound.add((file.st_dev, file.st_ino))


def _raise_if_damaged(connection: sqlite3.Connection, path: Path) -> None:
    (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise _damaged(path, said.splitlines()[-1])


def _damaged(path: Path, said: str) -> StoreDamaged:
    return StoreDamaged(
        f"{path}: the database is damaged ({said})",
        "It was left untouched. Bring back a copy made before: dipread restore FILE",
    )


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Write ahead into a log, so that reading never waits for writing; the file remembers."""
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")  # heeded before anything is in the file
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as fault:
        if not _is_busy(fault):
            raise
        # Two who open a new file at once: SQLite does not wait here, and one of them is enough.


def _is_busy(fault: sqlite3.Error) -> bool:
    return "locked" in str(fault) or "busy" in str(fault)


def _check(connection: sqlite3.Connection, path: Path) -> int | None:
    """The version of the database, None of a new one; raises unless it is ours, sound and not newer than we are."""
    application, version, tables, active = connection.execute(
        "SELECT (SELECT * FROM pragma_application_id), (SELECT * FROM pragma_user_version), count(*),"
        " count(CASE WHEN type IN ('trigger', 'view') THEN 1 END) FROM sqlite_master"
    ).fetchone()
    if not tables and not application:
        return None
    if application != APPLICATION_ID:
        raise StoreError(
            f"{path}: a database of another program",
            "It was left untouched. Choose another file with --db.",
        )
    if active:  # a database that somebody else has had their hands on
        raise StoreError(
            f"{path}: holds triggers or views, which dipread never makes",
            "It was left untouched. Don't use a database that you had from others.",
        )
    if version > VERSION:
        raise StoreTooNew(
            f"{path}: written by a newer dipread (its version {version}, ours {VERSION})",
            "Upgrade dipread; the database was left untouched.",
        )
    return int(version)


def keep_copy(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy the database as it is into the folder `backups` beside it; returns the copy. Raises StoreError."""
    copy = path.parent / "backups" / f"{path.stem}-version-{version}{path.suffix}"
    try:
        copy.parent.mkdir(mode=0o700, exist_ok=True)
        new = copy.with_name(copy.name + ".new")
        new.unlink(missing_ok=True)
        os.close(os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(new)) as target:
            connection.backup(target)
        new.replace(copy)
    except OSError as fault:
        raise StoreError(
            f"{copy}: the database can't be copied before it is brought up to date: {fault.strerror}",
            "Make room or the folder writable; the database was left untouched.",
        ) from None
    return copy


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the tables up to date: all of it and sound, or not at all."""
    from sqlite_utils import Database  # heavy to import, and needed only on the day of an upgrade

    from dipread.store.schema import migrations

    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("SELECT * FROM pragma_user_version").fetchone()[0] < VERSION:
            migrations.apply(Database(connection))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
            _raise_if_damaged(connection, path)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
