"""The texts that a story had, from first to last."""

from __future__ import annotations

from datetime import UTC, datetime

from dipread.model import Revision, StoryId
from dipread.store.codec import unpack_text
from dipread.store.connection import Connection


class Revisions:
    """A publisher's edit keeps the old text; what another feed delivered in other words is not an edit."""

    def __init__(self, archive: Connection) -> None:
        self._archive = archive

    def of(self, story: StoryId) -> tuple[Revision, ...]:
        """The texts of a story in the order they came in, the one of now last."""
        rows = self._archive.rows(
            "SELECT r.id, f.title, r.fetched, r.title, r.text FROM revisions r"
            " JOIN stories s ON s.id = r.story JOIN feeds f ON f.id = r.feed"
            " WHERE r.story = ? AND r.feed = s.owner ORDER BY r.id = s.revision, r.id",
            (story,),
        )
        return tuple(
            Revision(id, feed, datetime.fromtimestamp(fetched, UTC), title, unpack_text(text))
            for id, feed, fetched, title, text in rows
        )
