"""What a reader says became of commitments: by the story and the very words, whatever rules find them."""

from __future__ import annotations

from typing import get_args

from pyroaring import BitMap

from dipread.errors import UsageError
from dipread.model import Standing, StoryId
from dipread.store.connection import Connection
from dipread.store.journal import Change, Journal

STANDINGS: tuple[Standing, ...] = get_args(Standing)


class Promises:
    """The status of commitments, with its source and what is due when."""

    def __init__(self, archive: Connection, journal: Journal) -> None:
        self._archive = archive
        self._journal = journal
        journal.keepers["commitment"] = self._put

    def kept(self) -> dict[tuple[StoryId, str], tuple[Standing, str, str]]:
        """Status, source and due of each commitment that something was said of."""
        rows = self._archive.rows("SELECT story, words, status, source, due FROM commitments")
        return {
            (StoryId(story), words): (status, source, due or "")
            for story, words, status, source, due in rows
        }

    def say(self, story: StoryId, words: str, status: str, source: str = "", due: str = "") -> None:
        """Say how a commitment stands. Raises UsageError when there is no such standing."""
        if status not in STANDINGS:
            raise UsageError(
                f"'{status}' is no standing of a commitment", f"There are: {', '.join(STANDINGS)}."
            )
        before = self.kept().get((story, words))
        after = (status, source, due)
        if before == after:
            return
        with self._archive.transaction():
            self._journal.write(
                f"commitment {status}",
                Change("commitment", words, before and list(before), list(after), BitMap([story])),
            )

    def _put(self, change: Change) -> None:
        connection = self._archive.connection
        for story in change.stories:
            connection.execute(
                "DELETE FROM commitments WHERE story = ? AND words = ?", (story, change.key)
            )
            if change.after is not None:
                connection.execute(
                    "INSERT INTO commitments (story, words, status, source, due) VALUES (?, ?, ?, ?, ?)",
                    (story, change.key, *change.after),
                )
