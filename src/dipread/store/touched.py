"""Which stories the catalogue is to read anew: noted by whoever changes what it knows of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dipread.store.connection import Connection


def touch(connection: sqlite3.Connection, stories: Iterable[int]) -> None:
    """Note that what the catalogue knows of these stories may have changed, inside a transaction."""
    connection.executemany("INSERT INTO touched (story) VALUES (?)", [(each,) for each in stories])


def last_note(archive: Connection) -> int:
    """The number of the last note in `touched`, those cleared away included; 0 when there was none."""
    rows = archive.rows("SELECT seq FROM sqlite_sequence WHERE name = 'touched'")
    return int(rows[0][0]) if rows else 0
