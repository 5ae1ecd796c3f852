"""Stories that go with a feed: out of sight at once, out of the file only when a month has passed.

What the reader made something of stays: stories with a note, a star, a tag, a verdict, a place in the brief,
and those that a feed which stays has brought too. Until they are cleaned away, the others are only set apart,
and come back when the feed does, when another brings them, or when the reader does something with them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from pyroaring import BitMap

from dipread.model import Removal
from dipread.store.connection import Connection
from dipread.store.touched import touch

KEPT = timedelta(days=30)
SLICE = 200
_OF_A_FEED = "SELECT DISTINCT story FROM feed_stories WHERE feed = ?"
_SHARED = (
    "SELECT DISTINCT mine.story FROM feed_stories mine JOIN feed_stories other"
    " ON other.story = mine.story AND other.feed <> mine.feed"
    " JOIN feeds f ON f.id = other.feed WHERE mine.feed = ? AND NOT f.removed"
)
_OWN = (
    "SELECT story FROM annotations UNION SELECT story FROM own_tags UNION SELECT story FROM basket"
    " UNION SELECT story FROM verdicts UNION SELECT story FROM commitments"
    " UNION SELECT story FROM states WHERE starred"
)
_MADE = ("removed", "tags", "states", "feed_stories", "revisions")
"""What hangs on a story that the reader made nothing of, and goes with it."""


class Removals:
    """Takes the stories of feeds away, brings them back, and in the end deletes them."""

    def __init__(self, archive: Connection) -> None:
        self._archive = archive

    def of(self, url: str) -> Removal:
        """What would go with a feed and what would stay."""
        with self._archive.reading():
            brought, shared, own = self._sorted(url)
        return Removal(
            len(brought - shared - own), len(brought & own), len((brought & shared) - own)
        )

    def take_away(self, url: str) -> None:
        """Set the stories of a feed apart, inside a transaction."""
        brought, shared, own = self._sorted(url)
        gone = brought - shared - own
        connection = self._archive.connection
        connection.execute("UPDATE feeds SET removed = 1 WHERE url = ?", (url,))
        moment = int(self._archive.now().timestamp())
        connection.executemany(
            "INSERT OR IGNORE INTO removed (story, since) VALUES (?, ?)",
            [(each, moment) for each in gone],
        )
        touch(connection, gone)

    def bring_back(self, url: str) -> None:
        """Have the stories of a feed again, as far as they are not cleaned away, inside a transaction."""
        brought_back(self._archive.connection, "url = ?", (url,))

    def waiting(self) -> int:
        """How many stories are set apart."""
        return int(self._archive.rows("SELECT count(*) FROM removed")[0][0])

    def clean(self, before: datetime) -> Iterator[int]:
        """Delete the stories that were set apart before a moment, some at a time; yields how many each time.

        Story numbers are never given twice, so the last story of all stays until there is a later one.
        """
        while gone := self._next(before):
            with _unchecked(self._archive.connection), self._archive.transaction() as connection:
                gone = self._next(before)  # again: one of them may have come back
                self._archive.indexing.forget(gone)
                numbers = [(each,) for each in gone]
                for table in _MADE:
                    connection.executemany(f"DELETE FROM {table} WHERE story = ?", numbers)
                connection.executemany("DELETE FROM stories WHERE id = ?", numbers)
                touch(connection, gone)
                connection.execute(
                    "UPDATE feeds SET etag = '', modified = '', body = x'', entries = 0"
                    " WHERE removed AND id NOT IN (SELECT feed FROM feed_stories)"
                )
            yield len(gone)

    def _next(self, before: datetime) -> BitMap:
        rows = self._archive.rows(
            f"SELECT story FROM removed WHERE since < ? AND story NOT IN ({_OWN})"
            " AND story < (SELECT max(id) FROM stories) ORDER BY story LIMIT ?",
            (int(before.timestamp()), SLICE),
        )
        return BitMap(story for (story,) in rows)

    def _sorted(self, url: str) -> tuple[BitMap, BitMap, BitMap]:
        """The stories that a feed brought; those that a feed which stays brought too; those of the reader's."""
        rows = self._archive.rows("SELECT id FROM feeds WHERE url = ?", (url,))
        feed = rows[0] if rows else (0,)
        of_a_feed, shared, own = (
            BitMap(story for (story,) in self._archive.rows(sql, args))
            for sql, args in ((_OF_A_FEED, feed), (_SHARED, feed), (_OWN, ()))
        )
        return of_a_feed, shared, own


@contextmanager
def _unchecked(connection: sqlite3.Connection) -> Iterator[None]:
    """For each text that goes, SQLite would look through all of the archive for what refers to it."""
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def wanted_again(connection: sqlite3.Connection, stories: Iterable[int]) -> None:
    """Bring stories back that are set apart: something was done with them, inside a transaction."""
    if connection.execute("SELECT 1 FROM removed LIMIT 1").fetchone():
        back = [(each,) for each in stories]
        connection.executemany("DELETE FROM removed WHERE story = ?", back)
        touch(connection, (story for (story,) in back))


def brought_back(connection: sqlite3.Connection, which: str, args: tuple[object, ...] = ()) -> None:
    """Bring the stories of some removed feeds back, inside a transaction."""
    feeds = connection.execute(f"SELECT id FROM feeds WHERE removed AND {which}", args).fetchall()
    for feed in feeds:
        connection.execute("UPDATE feeds SET removed = 0 WHERE id = ?", feed)
        back = connection.execute(
            f"SELECT story FROM removed WHERE story IN ({_OF_A_FEED})", feed
        ).fetchall()
        wanted_again(connection, (story for (story,) in back))
