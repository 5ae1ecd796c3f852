"""The archive as one file to put away, and brought back: checked before it replaces anything.

The files that the reader wrote beside it lie in the same file, in a table that no archive in use has. So a
copy is an archive too, and one from before there was such a table is as good.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from dipread.config import unfinished
from dipread.errors import StoreDamaged, StoreError, StoreTooNew
from dipread.store.opening import APPLICATION_ID, VERSION, explained, open_database
from dipread.store.still import about, has_log, read_only_address, standing_still


class Copied(NamedTuple):
    """What a saved archive holds: so many stories, and by name the files that were saved with it."""

    stories: int
    files: Mapping[str, bytes]


def save_copy(database: Path, copy: Path, files: Mapping[str, bytes]) -> Copied:
    """Write the archive, as it is at one moment, and some files into one; what is in it.

    The file appears whole or not at all. Raises StoreError.
    """
    try:
        handle, name = unfinished(copy.parent)
        os.close(handle)
    except OSError as fault:
        raise StoreError(
            f"{copy.parent}: can't be written to: {fault.strerror}", "Name another file."
        ) from None
    made = Path(name)
    try:
        source = open_database(database, still=standing_still(database) is not None)
        target = sqlite3.connect(made)
        try:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
            _put_files(target, files)
        finally:
            target.close()
            source.close()
        copied = check_copy(made)
        with made.open("rb") as file:
            os.fsync(file.fileno())
        made.replace(copy)
    except sqlite3.Error as fault:
        raise explained(fault, copy) from None
    finally:
        made.unlink(missing_ok=True)
    return copied


def check_copy(copy: Path) -> Copied:
    """What a saved archive holds. Raises StoreError unless it is ours, whole and not too new."""
    if not copy.is_file():
        raise StoreError(f"{copy}: there is no such file", "Name a file that dipread backup wrote.")
    try:
        connection = _read_only(copy)
        try:
            application, version = connection.execute(
                "SELECT (SELECT * FROM pragma_application_id), (SELECT * FROM pragma_user_version)"
            ).fetchone()
            if application != APPLICATION_ID:
                raise StoreError(
                    f"{copy}: not a dipread archive", "Name a file that dipread backup wrote."
                )
            if version > VERSION:
                raise StoreTooNew(
                    f"{copy}: written by a newer dipread (its version {version}, ours {VERSION})",
                    "Upgrade dipread; nothing was changed.",
                )
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
            if found != ["ok"]:
                raise StoreDamaged(f"{copy}: damaged: {found[0]}", "Nothing was changed.")
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise StoreDamaged(
                    f"{copy}: damaged: something in it refers to nothing", "Nothing was changed."
                )
            (stories,) = connection.execute("SELECT count(*) FROM stories").fetchone()
            return Copied(stories, _files_in(connection, copy))
        finally:
            connection.close()
    except sqlite3.Error as fault:
        raise StoreDamaged(f"{copy}: damaged: {fault}", "Nothing was changed.") from None


def take_copy(copy: Path, database: Path) -> None:
    """Put a saved archive, which has been checked, in the place of the one that is there.

    All of it or nothing, whoever has the archive open meanwhile: it is one transaction. An archive of an
    earlier dipread is then brought up to date. Raises StoreError.
    """
    try:
        source = _read_only(copy)
        try:
            target = open_database(database)
            try:
                source.backup(target)
                target.execute(f"DROP TABLE IF EXISTS {_FILES}")
            finally:
                target.close()
        finally:
            source.close()
    except sqlite3.Error as fault:
        raise explained(fault, database) from None
    open_database(database).close()


def put_aside(database: Path, place: Path) -> None:
    """Move a database that can't be read, with its log, to where it is in nobody's way. Raises StoreError."""
    try:
        for beside in ("-wal", "-shm", ""):
            file = database.with_name(database.name + beside)
            if file.exists():
                shutil.move(file, place.with_name(place.name + beside))
    except OSError as fault:
        raise StoreError(
            f"{database}: can't be moved to {place}: {fault.strerror}", "Move it away yourself."
        ) from None


_FILES = "files_beside"


def _put_files(target: sqlite3.Connection, files: Mapping[str, bytes]) -> None:
    with target:
        target.execute(f"DROP TABLE IF EXISTS {_FILES}")  # when it is a copy that is copied
        target.execute(
            f"CREATE TABLE {_FILES} (name TEXT PRIMARY KEY, sha256 BLOB NOT NULL, body BLOB NOT NULL)"
        )
        target.executemany(
            f"INSERT INTO {_FILES} VALUES (?, ?, ?)",
            [(name, hashlib.sha256(body).digest(), body) for name, body in sorted(files.items())],
        )


def _files_in(connection: sqlite3.Connection, copy: Path) -> dict[str, bytes]:
    if not connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (_FILES,)
    ).fetchone():
        return {}
    found = {}
    for name, digest, body in connection.execute(f"SELECT name, sha256, body FROM {_FILES}"):
        if not isinstance(body, bytes) or hashlib.sha256(body).digest() != digest:
            raise StoreError(
                f"{copy}: damaged: {name!r} is not as it was saved", "Nothing was changed."
            )
        found[str(name)] = body
    return found


def _read_only(copy: Path) -> sqlite3.Connection:
    """A connection that leaves no trace beside the file; one that was in use may have its log there."""
    return sqlite3.connect(read_only_address(copy, still=not has_log(about(copy))), uri=True)
