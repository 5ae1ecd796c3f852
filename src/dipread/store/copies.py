"""The archive as one file to put away, and brought back: checked before it replaces anything."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path

from dipread.errors import StoreError, StoreTooNew
from dipread.store.opening import APPLICATION_ID, VERSION, explained, open_database


def save_copy(database: Path, copy: Path) -> int:
    """Write the archive, as it is at one moment, into a file; how many stories are in it.

    The file appears whole or not at all. Raises StoreError.
    """
    try:
        handle, name = tempfile.mkstemp(dir=copy.parent, prefix=".dipread-")
        os.close(handle)
    except OSError as fault:
        raise StoreError(
            f"{copy.parent}: can't be written to: {fault.strerror}", "Name another file."
        ) from None
    made = Path(name)
    try:
        source = open_database(database)
        target = sqlite3.connect(made)
        try:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        finally:
            target.close()
            source.close()
        stories = check_copy(made)
        with made.open("rb") as file:
            os.fsync(file.fileno())
        made.replace(copy)
    except sqlite3.Error as fault:
        raise explained(fault, copy) from None
    finally:
        made.unlink(missing_ok=True)
    return stories


def check_copy(copy: Path) -> int:
    """How many stories a saved archive holds. Raises StoreError unless it is ours, whole and not too new."""
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
                raise StoreError(f"{copy}: damaged: {found[0]}", "Nothing was changed.")
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise StoreError(
                    f"{copy}: damaged: something in it refers to nothing", "Nothing was changed."
                )
            return int(connection.execute("SELECT count(*) FROM stories").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.Error as fault:
        raise StoreError(f"{copy}: damaged: {fault}", "Nothing was changed.") from None


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
            finally:
                target.close()
        finally:
            source.close()
    except sqlite3.Error as fault:
        raise explained(fault, database) from None
    open_database(database).close()


def _read_only(copy: Path) -> sqlite3.Connection:
    """A connection that leaves no trace beside the file; one that was in use may have its log there."""
    log = copy.with_name(copy.name + "-wal")
    trace = "" if log.exists() else "&immutable=1"
    return sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro{trace}", uri=True)
