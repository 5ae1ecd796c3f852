"""The index of words, filled behind the stories: in slices that hold nobody up, the rest searched meanwhile.

To index a story takes longer than to store it. So stories come in without, and whoever fetched them
indexes them when all are stored. Story numbers only grow, and slices are taken in their order: what is
indexed ends at one number, and all beyond it is the tail.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from dipread.store.codec import unpack_text
from dipread.store.words import indexed

if TYPE_CHECKING:
    from dipread.store.connection import Connection

SLICE = 100
"""Stories indexed in one go: some hundredths of a second."""
LONGEST_PAUSE = 0.02
_TEXTS = (
    "SELECT s.id, r.title, r.text, s.revision FROM stories s JOIN revisions r ON r.id = s.revision"
)
_MADE = "INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)"


def indexed_up_to(archive: Connection) -> int:
    """The number of the last story in the index."""
    return int(archive.rows("SELECT coalesce(max(id), 0) FROM search_docsize")[0][0])


class Indexing:
    """Fills the index of words, and searches what is not in it yet."""

    def __init__(self, archive: Connection) -> None:
        self._archive = archive
        self._tail: dict[int, int] = {}
        self._made = False

    def behind(self) -> int:
        """How many stories are not in the index yet."""
        last = indexed_up_to(self._archive)
        return int(self._archive.rows("SELECT count(*) FROM stories WHERE id > ?", (last,))[0][0])

    def catch_up(self, pause: Callable[[float], None] = time.sleep) -> Iterator[int]:
        """Index slice by slice until nothing is left; yields how many were done each time.

        Between two slices it pauses for a moment: SQLite has no queue, and whoever else
        wants to write would find the archive taken again and again.
        """
        start = time.monotonic()
        while done := self.index_some():
            yield done
            pause(min(time.monotonic() - start, LONGEST_PAUSE))
            start = time.monotonic()

    def index_some(self, most: int = SLICE) -> int:
        """Index the next stories, in a transaction of their own; how many there were."""
        with self._archive.transaction() as connection:
            last = indexed_up_to(self._archive)
            rows = connection.execute(
                f"{_TEXTS} WHERE s.id > ? ORDER BY s.id LIMIT ?", (last, most)
            ).fetchall()
            connection.executemany(
                _MADE,
                [(id, indexed(title), indexed(unpack_text(text))) for id, title, text, _ in rows],
            )
        return len(rows)

    def again(self, story: int, old: tuple[str, str], new: tuple[str, str]) -> None:
        """Change the words of a story, inside a transaction; one that is not indexed yet will have the new ones."""
        if story > indexed_up_to(self._archive):
            return
        connection = self._archive.connection
        connection.execute(
            "INSERT INTO search (search, rowid, title, text) VALUES ('delete', ?, ?, ?)",
            (story, *map(indexed, old)),
        )
        connection.execute(_MADE, (story, *map(indexed, new)))

    def forget(self, stories: Iterable[int]) -> None:
        """Take the words of stories out of the index, inside a transaction, before the stories go themselves."""
        last = indexed_up_to(self._archive)
        some = ", ".join(str(each) for each in stories if each <= last)
        connection = self._archive.connection
        rows = connection.execute(f"{_TEXTS} WHERE s.id IN ({some})").fetchall()
        connection.executemany(
            "INSERT INTO search (search, rowid, title, text) VALUES ('delete', ?, ?, ?)",
            [(id, indexed(title), indexed(unpack_text(text))) for id, title, text, _ in rows],
        )

    # ------------------------------------------------------------------------------------- searching

    def unindexed(self, asked: str) -> list[int]:
        """The stories of the tail that match an expression of words, the last that came in first."""
        last = indexed_up_to(self._archive)
        with self._archive.explaining():
            connection = self._archive.connection
            ((newest,),) = connection.execute("SELECT coalesce(max(id), 0) FROM stories").fetchall()
            if newest <= last:
                return []
            self._keep_tail(last)
            rows = connection.execute(
                "SELECT rowid FROM temp.tail WHERE tail MATCH ? AND rowid > ? ORDER BY rowid DESC",
                (asked, last),
            )
            return [story for (story,) in rows]

    def _keep_tail(self, last: int) -> None:
        """Have the words of the tail in a table of this connection alone, in memory, like the index itself."""
        connection = self._archive.connection
        if not self._made:
            connection.execute(
                "CREATE VIRTUAL TABLE temp.tail USING fts5(title, text, tokenize='unicode61 remove_diacritics 2')"
            )
            self._made = True
        wanted = dict(
            connection.execute("SELECT id, revision FROM stories WHERE id > ?", (last,)).fetchall()
        )
        gone = [each for each, words in self._tail.items() if wanted.get(each) != words]
        new = [each for each, words in wanted.items() if self._tail.get(each) != words]
        connection.executemany("DELETE FROM temp.tail WHERE rowid = ?", [(each,) for each in gone])
        for at in range(0, len(new), SLICE):
            some = new[at : at + SLICE]
            rows = connection.execute(
                f"{_TEXTS} WHERE s.id IN ({', '.join(map(str, some))})"
            ).fetchall()
            connection.executemany(
                "INSERT INTO temp.tail (rowid, title, text) VALUES (?, ?, ?)",
                [(id, indexed(title), indexed(unpack_text(text))) for id, title, text, _ in rows],
            )
        self._tail = wanted
