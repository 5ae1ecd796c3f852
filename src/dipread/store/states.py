"""What a reader marked: read, starred, and tags of the reader's own."""

from __future__ import annotations

from collections.abc import Sequence

from pyroaring import BitMap

from dipread.model import StoryId
from dipread.store.catalogue import Catalogue, touch
from dipread.store.connection import Connection


class States:
    """Read, starred and own tags, story by story; kept whatever a feed does to the story."""

    def __init__(self, archive: Connection, catalogue: Catalogue) -> None:
        self._archive = archive
        self._catalogue = catalogue

    def mark_read(self, stories: Sequence[StoryId], read: bool) -> None:
        """Mark stories read or unread."""
        self._set("read", stories, read)

    def star(self, stories: Sequence[StoryId], starred: bool) -> None:
        """Give stories a star or take it off."""
        self._set("starred", stories, starred)

    def tag(self, stories: Sequence[StoryId], tag: str, given: bool) -> None:
        """Give stories a tag of the reader's own, or take it off."""
        sql = (
            "INSERT OR IGNORE INTO own_tags (story, tag) VALUES (?, ?)"
            if given
            else "DELETE FROM own_tags WHERE story = ? AND tag = ?"
        )
        with self._archive.transaction() as connection:
            connection.executemany(sql, [(story, tag) for story in stories])

    def tagged(self, tag: str) -> BitMap:
        """The stories that were given a tag by `tag`."""
        rows = self._archive.rows("SELECT story FROM own_tags WHERE tag = ?", (tag,))
        return BitMap(story for (story,) in rows)

    def tags(self) -> dict[str, int]:
        """The reader's own tags, and how many stories have each; most first."""
        rows = self._archive.rows(
            "SELECT tag, count(*) FROM own_tags GROUP BY tag ORDER BY count(*) DESC, tag"
        )
        return dict(rows)

    def _set(self, column: str, stories: Sequence[StoryId], value: bool) -> None:
        with self._archive.transaction() as connection:
            before = self._catalogue.latest(self._archive)
            connection.executemany(
                f"INSERT INTO states (story, {column}) VALUES (?, ?)"
                f" ON CONFLICT (story) DO UPDATE SET {column} = excluded.{column}",
                [(story, int(value)) for story in stories],
            )
            touch(connection, stories)
            after = self._catalogue.latest(self._archive)
        self._catalogue.mark(column, BitMap(stories), value, range(before, after))
